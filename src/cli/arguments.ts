import { Command } from 'commander';
import type { RelopackError } from '../common/error.ts';
import { asOption, message, option } from '../common/message.ts';
import { nearest } from '../common/suggestions.ts';
import { type OptionRow, optionRows, type RawOptions, usage } from '../options.ts';
import { commandRows, type SharedFlag, sharedRows, verifyRows } from './commands.ts';

/** What a command line asks for. */
export interface Call {
  /** Empty if there is none. */
  command: string;
  operands: string[];
  options: RawOptions;
  flags: ReadonlySet<SharedFlag>;
}

/** An option as it was given. */
type Given =
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
  const rows = commandRows.find(({ name }) => name === command)?.options ?? allRows;
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
    if (!value) throw usage(message`${option(row.name)} needs a value`, 'relopack --help says which.');
    if (row.name === 'include' || row.name === 'exclude') globs.push({ kind: row.name, pattern: value });
    else values.set(row.name, value);
  }
  const [first] = unknown;
  if (first !== undefined) throw unknownOption(first, rows);
  const options = { modules: rest.flatMap(modulesOf), values, globs, directory: '.', sourceDateEpoch };
  return { command, operands: rest, options, flags };
}

/** Whether a flag is among the words, even if they are wrong otherwise. A word after `--` is not an option. */
export function hasFlag(words: readonly string[], name: SharedFlag): boolean {
  const end = words.indexOf('--');
  return words.slice(0, end === -1 ? words.length : end).includes(`--${name}`);
}

/** What the words are: options in their order, words that look like an option and are none, and all others. */
interface Parsed {
  given: Given[];
  unknown: string[];
  operands: string[];
}

/**
 * Sorts the words. It accepts the options of all commands in any place: before the command as well as after it. Values
 * are optional for commander, since it takes no word that looks like an option as an optional value.
 */
function parse(words: readonly string[]): Parsed {
  const program = new Command().helpOption(false);
  const given: Given[] = [];
  const add = (name: string, flags: string, found: (value: string | null) => Given) => {
    program.option(flags).on(`option:${name}`, (value: string | null) => given.push(found(value)));
  };
  for (const row of allRows) {
    if (row.kind === 'switch') {
      add(row.name, flagsOf(row), () => ({ row, value: 'true' }));
      add(`no-${row.name}`, `--no-${row.name}`, () => ({ row, value: 'false' }));
    } else {
      add(row.name, `${flagsOf(row)} [value]`, (value) => ({ row, value: value ?? '' }));
    }
  }
  for (const row of sharedRows) add(row.name, flagsOf(row), () => ({ flag: row.name }));
  return { given, ...program.parseOptions([...words]) };
}

function flagsOf({ name, short }: { name: string; short?: string }): string {
  return short === undefined ? `--${name}` : `-${short}, --${name}`;
}

/** The refusal of a word that looks like an option and is none. */
function unknownOption(word: string, rows: readonly OptionRow[]): RelopackError {
  const [name = ''] = word.split('=');
  const bare = name.replace(/^-+(?:no-)?/, '');
  const names = [...rows, ...sharedRows].map((row) => row.name);
  const known = [...allRows, ...sharedRows].find((row) => row.name === bare);
  if (known !== undefined && word !== name) {
    const both = 'kind' in known ? ` or ${asOption(option(bare, false))}` : '';
    return usage(`${name} takes no value`, `Give ${asOption(option(bare))}${both}.`);
  }
  const [similar] = nearest(bare, names);
  const meant = similar === undefined ? '' : `Did you mean --${similar}? `;
  return usage(`unknown option ${name}`, `${meant}relopack --help lists all options.`);
}

/** The refusal of an option that only another command has. */
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
