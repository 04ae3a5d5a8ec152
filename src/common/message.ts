import { shellWord } from './shell-word.ts';

/** An option that a message names. The command spells it `--verify`, a workflow `verify: true`. */
interface OptionName {
  /** Its name in the table of options. */
  option: string;
  /** The value to give, `true` or `false` for a switch; absent if only the option is named. */
  value?: string | boolean;
}

/** A text for the user, with the options that it names. */
export type Message = string | readonly (string | OptionName)[];

/** Writes an option in the form of a front end. */
export type Spelling = (option: OptionName) => string;

/** Names an option in a `message`. */
export function option(name: string, value?: string | boolean): OptionName {
  return value === undefined ? { option: name } : { option: name, value };
}

/** Writes a message as a template: message`Leave it out with ${option('exclude')}.` */
export function message(
  texts: TemplateStringsArray,
  ...values: readonly (Message | OptionName | number)[]
): Message {
  return texts.flatMap((text, index) => {
    const value = values[index];
    return value === undefined ? [text] : [text, ...partsOf(value)];
  });
}

/** Several messages as one, with the separator between them. */
export function joinMessages(messages: readonly Message[], separator: string): Message {
  return messages.flatMap((part, index) => (index === 0 ? partsOf(part) : [separator, ...partsOf(part)]));
}

/** Writes the message as one text. */
export function spell(message: Message, spelling: Spelling): string {
  return partsOf(message)
    .map((part) => (typeof part === 'string' ? part : spelling(part)))
    .join('');
}

/** As the command has it: `--verify`, `--no-verify`, `--python 3.12`, `--exclude 'GLOB'`. */
export const asOption: Spelling = ({ option: name, value }) => {
  if (value === false) return `--no-${name}`;
  if (value === undefined || value === true) return `--${name}`;
  return `--${name} ${shellWord(value)}`;
};

function partsOf(value: Message | OptionName | number): readonly (string | OptionName)[] {
  if (typeof value === 'string') return [value];
  if (typeof value === 'number') return [String(value)];
  return 'option' in value ? [value] : value;
}
