import { Command, Option } from 'commander';
import type { RelopackError } from '../common/error.ts';
import { asOption, message, option } from '../common/message.ts';
import { nearest } from '../common/suggestions.ts';
import { type OptionRow, optionRows, type RawOptions, usage } from '../options.ts';
import { commandRows, type SharedFlag, sharedRows, verifyRows } from './commands.ts';

/** A command line after reading. */
export interface Call {
  /** Empty if there is none. */
  command: string;
  operands: string[];
  options: RawOptions;
  flags: ReadonlySet<SharedFlag>;
}

/** An option as it was given. */
type GivenOption =
  | { flag: SharedFlag }
  /** The value is empty if it is missing. */
  | { row: OptionRow; value: string };

const allRows: readonly OptionRow[] = [...optionRows, ...verifyRows];

/**
 * Reads the words of the command line. Throws RelopackError 'usage' for an unknown option, an option of another
 * command, and a value that is missing or not expected.
 */
export function readCall(words: readonly string[], sourceDateEpoch: string | undefined): Call {
  const { given, unknown, operands } = parse(words);
  const [command = '', ...rest] = operands;
  const rows = rowsOf(command) ?? allRows;
  const values = new Map<string, string>();
  const globs: RawOptions['globs'] = [];
  const flags = new Set<SharedFlag>();
  for (const one of given) {
    if ('flag' in one) {
      flags.add(one.flag);
      continue;
    }
    const { row, value } = one;
    if (!rows.includes(row)) throw optionOfAnother(command, row, value);
    if (!value || isNextOption(row, value, words)) throw valueMissing(row);
    if (row.name === 'include' || row.name === 'exclude') globs.push({ kind: row.name, pattern: value });
    else values.set(row.name, value);
  }
  const [first] = unknown;
  if (first !== undefined) throw unknownOption(first, unknown.map(rowsOf).find(Boolean) ?? rows);
  const options = { modules: rest.flatMap(modulesOf), values, globs, directory: '.', sourceDateEpoch };
  return { command, operands: rest, options, flags };
}

/** The options of a command; undefined if there is no such command. */
function rowsOf(command: string): readonly OptionRow[] | undefined {
  return commandRows.find(({ name }) => name === command)?.options;
}

/** Whether a flag is among the words, even if they are wrong otherwise. */
export function hasFlag(words: readonly string[], name: SharedFlag): boolean {
  return beforeOperands(words).includes(`--${name}`);
}

/** The words before `--`. No word after it is an option. */
function beforeOperands(words: readonly string[]): readonly string[] {
  const end = words.indexOf('--');
  return words.slice(0, end === -1 ? words.length : end);
}

/** The words, sorted. */
interface Parsed {
  /** In their order. */
  given: GivenOption[];
  /** The first word that looks like an option and is not one, and the operands after it. */
  unknown: string[];
  operands: string[];
}

/**
 * Sorts the words. It accepts the options of all commands in any place: before the command as well as after it. To
 * commander all values are optional, since a word that looks like an option is not the value of another then.
 */
function parse(words: readonly string[]): Parsed {
  const program = new Command().helpOption(false);
  for (const row of allRows) {
    if (row.kind === 'switch') {
      program.addOption(collected(flagsOf(row), 'true', (value) => ({ row, value })));
      program.addOption(collected(`--no-${row.name}`, 'false', (value) => ({ row, value })));
    } else {
      program.addOption(collected(`${flagsOf(row)} [value]`, '', (value) => ({ row, value })));
    }
  }
  for (const { name, ...row } of sharedRows)
    program.addOption(collected(flagsOf({ name, ...row }), '', () => ({ flag: name })));
  const { operands, unknown } = program.parseOptions([...words]);
  const { given = [] } = program.opts<{ given?: GivenOption[] }>();
  // To commander a negative number is an operand.
  const numbers = beforeOperands(words).filter((word) => /^-./.test(word) && operands.includes(word));
  return { given, unknown: [...numbers, ...unknown], operands };
}

/** An option that is added to the list of the given ones. `preset` is its value if the command line has none. */
function collected(flags: string, preset: string, toGiven: (value: string) => GivenOption): Option {
  const one = new Option(flags)
    .preset(preset)
    .argParser((value, previous: GivenOption[] = []) => [...previous, toGiven(value)]);
  one.attributeName = () => 'given';
  return one;
}

/**
 * Whether the value is a word of its own that begins with `-`: it was meant as an option. Commander accepts `-` and
 * negative numbers.
 */
function isNextOption(row: OptionRow, value: string, words: readonly string[]): boolean {
  if (!value.startsWith('-')) return false;
  const names = flagsOf(row).split(', ');
  return beforeOperands(words).some((word, index) => names.includes(word) && words[index + 1] === value);
}

/** The error for an option without its value. */
function valueMissing({ name }: OptionRow): RelopackError {
  return usage(message`${option(name)} needs a value`, 'relopack --help shows the values of each option.');
}

function flagsOf({ name, short }: { name: string; short?: string }): string {
  return short === undefined ? `--${name}` : `-${short}, --${name}`;
}

/** The error for a word that looks like an option and is not one. */
function unknownOption(word: string, rows: readonly OptionRow[]): RelopackError {
  const [name = ''] = word.split('=');
  const bare = name.replace(/^-+(?:no-)?/, '');
  const names = [...rows, ...sharedRows].map((row) => row.name);
  const known = [...allRows, ...sharedRows].find((row) => row.name === bare);
  if (known !== undefined && word !== name) {
    const both = 'kind' in known ? ` or ${asOption(option(bare, false))}` : '';
    return usage(`${name} cannot have a value`, `Give ${asOption(option(bare))}${both}.`);
  }
  const [similar] = nearest(bare, names);
  const meant = similar === undefined ? '' : `Did you mean --${similar}? `;
  return usage(`unknown option ${name}`, `${meant}relopack --help lists all options.`);
}

/** The error for an option that only another command has. */
function optionOfAnother(command: string, { name }: OptionRow, value: string): RelopackError {
  const given = value === 'false' ? option(name, false) : option(name);
  return usage(
    message`${command} has no option ${given}`,
    'relopack --help lists the options of each command.',
  );
}

/** Commas separate modules, as in the action's input. A path is one module. */
function modulesOf(operand: string): string[] {
  return operand.startsWith('/') ? [operand] : operand.split(',').filter((word) => word !== '');
}
