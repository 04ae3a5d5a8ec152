import { RelopackError } from './common/error.ts';
import { type Message, message, option } from './common/message.ts';
import type { PackOptions } from './pack.ts';
import type { Glob } from './plan/files/rules.ts';

/** An option of the command, which is also an input of the action. */
export interface OptionRow {
  name: string;
  /** A `switch` is true or false: `--NAME` or `--no-NAME`. `globs` can be given more than once. */
  kind: 'text' | 'number' | 'switch' | 'globs';
  short?: string;
  /** The placeholder for the value in the help. */
  value?: string;
  /** Empty if there is none. */
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
    help: 'the Python to pack: a version (3.12), a package, a capability or the path of an interpreter',
  },
  {
    name: 'root',
    kind: 'text',
    value: 'DIR',
    default: '/',
    help: 'pack the system that is installed in this directory',
  },
  {
    name: 'dbpath',
    kind: 'text',
    value: 'DIR',
    default: '',
    help: 'the directory of the RPM database, inside the root, if it is not in a usual place',
  },
  {
    name: 'output',
    kind: 'text',
    short: 'o',
    value: 'FILE',
    default: '',
    help: 'the archive to write (PREFIX.tar.gz); an older one is replaced only when the new one is complete',
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
    help: 'pack these files, by archive path, even if they would be left out; the last matching glob wins',
  },
  {
    name: 'exclude',
    kind: 'globs',
    value: 'GLOB',
    default: '',
    help: 'leave these files out, by archive path; the last matching glob wins',
  },
  {
    name: 'bytecode',
    kind: 'switch',
    default: 'true',
    help: 'pack .pyc files, except those for -O and -OO',
  },
  {
    name: 'scripts',
    kind: 'switch',
    default: 'true',
    help: 'pack the console scripts of the packed packages, into bin',
  },
  {
    name: 'tests',
    kind: 'switch',
    default: 'false',
    help: "pack the tests of the packed packages (Python's own tests are in the package python3-test: name it as a module)",
  },
  {
    name: 'compression-level',
    kind: 'number',
    value: '0-9',
    default: '6',
    help: 'the compression level of gzip',
  },
  {
    name: 'verify',
    kind: 'switch',
    default: 'true',
    help: 'check the finished archive before it gets its name',
  },
  {
    name: 'strict',
    kind: 'switch',
    default: 'false',
    help: 'fail if a file was changed since installation, or belongs to no package',
  },
];

/** The longest file name of Linux's file systems (NAME_MAX), in bytes. */
const maxNameBytes = 255;

/** Long enough for any path, and too short to keep a machine busy. */
const maxGlobLength = 1024;

/** The options as a front end got them: nothing is checked yet. */
export interface RawOptions {
  modules: string[];
  /** The values that were given, by the option's name. */
  values: ReadonlyMap<string, string>;
  /** In the order in which they were given. */
  globs: Glob[];
  /** The directory of the archive if no output is named. */
  directory: string;
  sourceDateEpoch: string | undefined;
}

/** Reads and checks the options. Throws RelopackError 'usage', which names the allowed values. */
export function readOptions({ modules, values, globs, directory, sourceDateEpoch }: RawOptions): PackOptions {
  const text = (name: string) => values.get(name) || defaultOf(name);
  const flag = (name: string) => trueOrFalse(name, text(name));
  return {
    modules,
    globs: globs.map(checkGlob),
    directory,
    python: text('python'),
    root: text('root'),
    ...(text('dbpath') === '' ? {} : { dbpath: text('dbpath') }),
    ...(text('output') === '' ? {} : { output: outputFile(text('output')) }),
    ...(text('prefix') === '' ? {} : { prefix: topFolder(text('prefix')) }),
    bytecode: flag('bytecode'),
    scripts: flag('scripts'),
    tests: flag('tests'),
    compressionLevel: wholeNumber(message`${option('compression-level')}`, text('compression-level'), {
      max: 9,
    }),
    verify: flag('verify'),
    strict: flag('strict'),
    latest:
      sourceDateEpoch === undefined
        ? Infinity
        : wholeNumber('SOURCE_DATE_EPOCH', sourceDateEpoch, { max: 2 ** 32 - 1 }),
  };
}

/** The error about a wrong call of the command, or a wrong input of the action. */
export function usage(problem: Message, remedy: Message): RelopackError {
  return new RelopackError('usage', problem, remedy);
}

function defaultOf(name: string): string {
  return optionRows.find((row) => row.name === name)?.default ?? '';
}

/** Reads the value of a switch; `yes` and `no` are accepted too. Throws RelopackError 'usage' for any other value. */
export function trueOrFalse(name: string, value: string): boolean {
  if (/^(?:true|yes)$/i.test(value)) return true;
  if (/^(?:false|no)$/i.test(value)) return false;
  throw usage(`${name} is '${value}'`, 'Allowed values: true, false, yes, no.');
}

/** Reads a whole number from `min` (0 if absent) to `max`. Throws RelopackError 'usage' for any other value. */
export function wholeNumber(name: Message, value: string, range: { min?: number; max: number }): number {
  const { min = 0, max } = range;
  const number = Number(value);
  if (/^\d+$/.test(value) && number >= min && number <= max) return number;
  throw usage(message`${name} is '${value}'`, `Allowed values: whole numbers from ${min} to ${max}.`);
}

/** Refuses the groups and alternatives of regular expressions, some of which would be matched for ever. */
function checkGlob(glob: Glob): Glob {
  const isShort = glob.pattern.length <= maxGlobLength;
  if (isShort && !/[()|]/.test(glob.pattern)) return glob;
  throw usage(
    message`${isShort ? option(glob.kind, glob.pattern) : option(glob.kind)} is not a supported glob`,
    `Allowed values: paths with *, **, ?, [abc] and {one,two}, up to ${maxGlobLength} characters.`,
  );
}

/** Refuses the path of a directory. The archive would get the name of that directory otherwise. */
function outputFile(path: string): string {
  if (isUtf8Name(path) && !/(?:^|\/)\.{0,2}$/.test(path)) return path;
  throw usage(message`${option('output')} is '${path}'`, 'Allowed value: the path of a file, in UTF-8.');
}

function topFolder(prefix: string): string {
  const fits = isUtf8Name(prefix) && !prefix.includes('/') && Buffer.byteLength(prefix) <= maxNameBytes;
  if (fits && prefix !== '.' && prefix !== '..') return prefix;
  throw usage(
    message`${option('prefix')} is '${prefix}'`,
    `Allowed value: one folder name, without a slash, up to ${maxNameBytes} bytes.`,
  );
}

/** Whether the system can have a file of this name. Node replaces bytes that are not UTF-8 by U+FFFD. */
function isUtf8Name(name: string): boolean {
  return name !== '' && !/[\0\ufffd]/.test(name);
}
