import { parseArgs } from 'node:util';
import type { RelopackError } from '../common/error.ts';
import { type Given, type OptionRow, optionRows, unknownOption, usage } from '../options.ts';

/** What a call of the command asks for. */
export interface Call {
  command: string;
  operands: string[];
  given: Given;
  flags: ReadonlySet<string>;
}

/** The options of `verify`. */
export const verifyRows: readonly OptionRow[] = [
  {
    name: 'start',
    kind: 'yes/no',
    default: 'yes',
    help: "start the archive's Python and import the modules; without, nothing of the archive is started",
  },
];

/** What each command takes; the words of any other are refused before its options. */
const rowsOf = new Map<string, readonly OptionRow[]>([
  ['pack', optionRows],
  ['plan', optionRows],
  ['verify', verifyRows],
]);

const allRows = [...optionRows, ...verifyRows];

/** What the terminal alone has: how the result is shown. */
const ownOptions = ['json', 'quiet', 'debug', 'version', 'help'] as const;

/** Splits the words of the command line. Throws 'usage' for what the command does not take, and a value that lacks. */
export function readCall(words: string[], sourceDateEpoch: string | undefined): Call {
  const { tokens, positionals } = parseArgs({
    args: words,
    strict: false,
    allowPositionals: true,
    tokens: true,
    options: Object.fromEntries([
      ...allRows.map(({ name, kind, short }) => {
        const type = kind === 'yes/no' ? ('boolean' as const) : ('string' as const);
        return [name, short === undefined ? { type } : { type, short }] as const;
      }),
      ...ownOptions.map((name) => {
        const type = 'boolean' as const;
        return [name, name === 'help' ? { type, short: 'h' } : { type }] as const;
      }),
    ]),
  });
  const [command = '', ...operands] = positionals;
  const rows = rowsOf.get(command) ?? allRows;
  const values = new Map<string, string>();
  const globs: Given['globs'] = [];
  const flags = new Set<string>();
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const negated = /^no-/.test(token.name) && isYesNo(token.name.slice(3));
    const name = negated ? token.name.slice(3) : token.name;
    const isOwn = ownOptions.some((own) => own === name);
    const row = rows.find((one) => one.name === name);
    if (!isOwn && row === undefined) throw notTaken(command, name, token.rawName, rows);
    const { kind } = row ?? { kind: 'yes/no' };
    if (kind === 'yes/no') {
      if (token.value !== undefined)
        throw usage(`${token.rawName} takes no value`, `Give --${name} or --no-${name}.`);
      if (isOwn) flags.add(name);
      else values.set(name, negated ? 'no' : 'yes');
    } else if (!token.value || (!token.inlineValue && token.value.startsWith('-'))) {
      // What looks like an option is one: --output=-x is for those who mean it.
      throw usage(`${token.rawName} needs a value`, 'relopack --help says which.');
    } else if (name === 'include' || name === 'exclude') {
      globs.push({ kind: name, pattern: token.value });
    } else {
      values.set(name, token.value);
    }
  }
  const given = { modules: operands.flatMap(modulesOf), values, globs, directory: '.', sourceDateEpoch };
  return { command, operands, flags, given };
}

/** Whether a flag stands among the words, were they otherwise wrong. What comes after `--` is no option. */
export function hasFlag(words: readonly string[], name: (typeof ownOptions)[number]): boolean {
  const end = words.indexOf('--');
  return words.slice(0, end === -1 ? words.length : end).includes(`--${name}`);
}

/** The refusal of an option that the command has not, be it another's or nobody's. */
function notTaken(command: string, name: string, rawName: string, rows: readonly OptionRow[]): RelopackError {
  return allRows.some((row) => row.name === name)
    ? usage(`${command} takes no ${rawName}`, 'relopack --help says what each command takes.')
    : unknownOption(rawName, [...rows.map((row) => row.name), ...ownOptions]);
}

/** Commas separate, as in the action's input; a path is taken as it is. */
function modulesOf(operand: string): string[] {
  return operand.startsWith('/') ? [operand] : operand.split(',').filter((word) => word !== '');
}

function isYesNo(name: string): boolean {
  return allRows.some((row) => row.name === name && row.kind === 'yes/no');
}
