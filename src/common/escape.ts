/**
 * Characters that control a terminal, end a line, or change the direction of the text around them (UAX 9). The newline
 * is not one of them.
 */
const controls = /(?!\n)[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu;

/**
 * The beginning of a command for GitHub's runner: a line that begins with `::`. The runner skips white space before it,
 * and .NET ignores characters without width when it compares (actions/runner, ActionCommand.TryParseV2).
 */
const command = /^([\s\p{Cf}]*):(?=:)/gmu;

/** The beginning of an older command, which can be anywhere in a line (ActionCommand.TryParse). */
const olderCommand = '##[';

/**
 * The text in a form that may be printed. Names of files and fields of packages come from anywhere. They could control
 * the user's terminal, or the job of a workflow: its runner looks for commands in all output.
 */
export function printable(text: string): string {
  return text.replace(controls, '?').replace(command, '$1: ').replaceAll(olderCommand, '## [');
}

/** The value as JSON in a form that may be printed. A reader of the JSON gets the same value. */
export function printableJson(value: unknown): string {
  return JSON.stringify(value)
    .replace(controls, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replaceAll(olderCommand, '##\\u005b');
}
