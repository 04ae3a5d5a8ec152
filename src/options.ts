import { RelopackError } from './common/error.ts';
import { nearest } from './common/suggestions.ts';
import type { PackOptions } from './pack.ts';
import type { Glob } from './plan/files/rules.ts';

/** An option of the command, which is also an input of the action. */
export interface OptionRow {
  name: string;
  /** `yes/no` is `--X` or `--no-X`; `globs` may be given more than once. */
  kind: 'text' | 'number' | 'yes/no' | 'globs';
  short?: string;
  /** What the value stands for in the help. */
  value?: string;
  default: string;
  help: string;
}

/** The options of `pack` and `plan`, in the order of the help. */
export const optionRows: readonly OptionRow[] = [
  {
    name: 'python',
    kind: 'text',
    value: 'PYTHON',
    default: 'python3',
    help: 'a version (3.12), a package, a capability or the path of an interpreter',
  },
  {
    name: 'root',
    kind: 'text',
    value: 'DIR',
    default: '/',
    help: 'pack the host that is installed in this directory',
  },
  {
    name: 'dbpath',
    kind: 'text',
    value: 'DIR',
    default: '',
    help: 'the directory of the RPM database, inside the root, where it is not a usual one',
  },
  {
    name: 'output',
    kind: 'text',
    short: 'o',
    value: 'FILE',
    default: '',
    help: 'the archive to write (PREFIX.tar.gz); replaced only when the new one is whole',
  },
  {
    name: 'prefix',
    kind: 'text',
    value: 'NAME',
    default: '',
    help: 'the one top folder of the archive (python3-VERSION-OSID-ARCH)',
  },
  {
    name: 'include',
    kind: 'globs',
    value: 'GLOB',
    default: '',
    help: 'files of the packed packages that would be left out, by archive path; of all globs the last that matches decides',
  },
  {
    name: 'exclude',
    kind: 'globs',
    value: 'GLOB',
    default: '',
    help: 'files to leave out, by archive path',
  },
  {
    name: 'bytecode',
    kind: 'yes/no',
    default: 'yes',
    help: 'pack the .pyc files, without those for -O and -OO',
  },
  {
    name: 'scripts',
    kind: 'yes/no',
    default: 'yes',
    help: 'pack the console scripts of the packed packages, into bin',
  },
  {
    name: 'tests',
    kind: 'yes/no',
    default: 'no',
    help: "pack the tests of the packed packages (Python's own are in python3-test, to be named as a module)",
  },
  { name: 'compression-level', kind: 'number', value: '0-9', default: '6', help: 'of gzip' },
  {
    name: 'verify',
    kind: 'yes/no',
    default: 'yes',
    help: 'check the finished archive before it gets its name',
  },
  {
    name: 'strict',
    kind: 'yes/no',
    default: 'no',
    help: 'take it as an error where a file is not as its package has it, or belongs to none',
  },
];

/** NAME_MAX of Linux's file systems, in bytes. */
const longestName = 255;

/** What a door gathered: the values that were given, by option, and the globs in their order. */
export interface Given {
  modules: string[];
  values: ReadonlyMap<string, string>;
  globs: Glob[];
  /** Where the archive goes if no output is named. */
  directory: string;
  sourceDateEpoch: string | undefined;
}

/** Reads and checks the values. Throws RelopackError 'usage', which names what is allowed. */
export function readOptions({ modules, values, globs, directory, sourceDateEpoch }: Given): PackOptions {
  const text = (name: string) => values.get(name) || defaultOf(name);
  const decide = (name: string) => yesOrNo(name, text(name));
  const optional = (name: 'dbpath' | 'output') => (text(name) === '' ? {} : { [name]: text(name) });
  return {
    modules,
    globs: globs.map(checkGlob),
    directory,
    python: text('python'),
    root: text('root'),
    ...optional('dbpath'),
    ...optional('output'),
    ...(text('prefix') === '' ? {} : { prefix: topFolder(text('prefix')) }),
    bytecode: decide('bytecode'),
    scripts: decide('scripts'),
    tests: decide('tests'),
    compressionLevel: wholeNumber('compression-level', text('compression-level'), 9),
    verify: decide('verify'),
    strict: decide('strict'),
    latest:
      sourceDateEpoch === undefined
        ? Infinity
        : wholeNumber('SOURCE_DATE_EPOCH', sourceDateEpoch, 2 ** 32 - 1),
  };
}

/** The refusal of a name that is not among the known ones. */
export function unknownOption(name: string, known: readonly string[]): RelopackError {
  const similar = nearest(name.replace(/^-+(?:no-)?/, ''), known);
  const meant = similar.length === 0 ? '' : `Did you mean --${similar[0]}? `;
  return usage(`unknown option ${name}`, `${meant}relopack --help lists them all.`);
}

/** A call whose words are wrong. */
export function usage(message: string, remedy: string): RelopackError {
  return new RelopackError('usage', message, remedy);
}

function defaultOf(name: string): string {
  return optionRows.find((row) => row.name === name)?.default ?? '';
}

/** Reads a yes/no value. Throws RelopackError 'usage' for any other. */
export function yesOrNo(name: string, value: string): boolean {
  if (/^(?:yes|true)$/i.test(value)) return true;
  if (/^(?:no|false)$/i.test(value)) return false;
  throw usage(`${name} is '${value}'`, 'Allowed are: yes, no, true, false.');
}

/** Reads a whole number from `least` to `most`. Throws RelopackError 'usage' for any other value. */
export function wholeNumber(name: string, value: string, most: number, least = 0): number {
  const number = Number(value);
  if (/^\d+$/.test(value) && number >= least && number <= most) return number;
  throw usage(`${name} is '${value}'`, `Allowed are: whole numbers from ${least} to ${most}.`);
}

/** Long enough for any path, and too short to keep a machine busy. */
const longestGlob = 1024;

/** Groups and alternatives of regular expressions are no part of it: some of them take for ever to match. */
function checkGlob(glob: Glob): Glob {
  if (glob.pattern.length <= longestGlob && !/[()|]/.test(glob.pattern)) return glob;
  const shown = glob.pattern.length <= longestGlob ? ` '${glob.pattern}'` : '';
  throw usage(
    `${glob.kind}${shown} is not a glob that is understood`,
    `Allowed are: paths with *, **, ?, [abc] and {one,two}, up to ${longestGlob} characters.`,
  );
}

function topFolder(prefix: string): string {
  // Node puts U+FFFD in the place of what is no UTF-8.
  const fits = /^[^/\0\ufffd]+$/.test(prefix) && Buffer.byteLength(prefix) <= longestName;
  if (fits && prefix !== '.' && prefix !== '..') return prefix;
  throw usage(
    `prefix is '${prefix}'`,
    `Allowed is: one folder name, without a slash, up to ${longestName} bytes.`,
  );
}
