import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { openRoot } from '../../../src/host/root.ts';
import { FileFlag } from '../../../src/rpm/package.ts';
import { must } from '../run.ts';
import { stubElf } from './stub.ts';

/** The directory of the database in a skeleton. */
export const skeletonDatabase = '/usr/lib/sysimage/rpm';

interface Recorded {
  path: string;
  mode: number;
  size: number;
  linkTo: string;
  flags: number;
  state: number;
  /** The description by file(1) when it was packaged. */
  kind: string;
  requires: string[];
  provides: string[];
}

const tags = [
  'FILENAMES',
  'FILEMODES',
  'LONGFILESIZES',
  'FILELINKTOS',
  'FILEFLAGS',
  'FILESTATES',
  'FILECLASS',
];
const format = `[${[...tags, 'FILEREQUIRE', 'FILEPROVIDE'].map((tag) => `%{${tag}}`).join('\x1f')}\x1e\n]`;

/** Files that a plan does not read. They are most of the files of a system. */
const unread =
  /^\/usr\/(?:share\/(?:doc|man|info|locale|icons|help)|lib\/(?:modules|firmware|\.build-id)|src)\//;

const soname = /^([^\s()]+\.so[^\s()]*)\(.*\)\(64bit\)$/;
/** The magic number of CPython 3.9 and the flag of an unchecked .pyc, which is fresh whatever its source is. */
const bytecode = Buffer.from([0x61, 0x0d, 0x0d, 0x0a, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);

/**
 * Makes a root from a real RPM database alone: all directories and links, sparse files of the real sizes, and ELF files
 * with the sonames and DT_NEEDED that rpm's generators found in the real ones. It is only good for a plan. `directory`
 * contains the files of the database, which are copied.
 */
export async function makeSkeleton(directory: string, root: string): Promise<void> {
  const database = join(root, skeletonDatabase);
  mkdirSync(database, { recursive: true });
  for (const file of readdirSync(directory)) copyFileSync(join(directory, file), join(database, file));
  const files = await readFiles(database);
  for (const { path, mode } of files) if (isKind(mode, 0o040000)) mkdirSync(root + path, { recursive: true });
  for (const { path, mode, linkTo } of files) if (isKind(mode, 0o120000)) makeLink(root + path, linkTo);
  // From here on, Root resolves the links inside the new root.
  const inside = openRoot(root);
  for (const file of files) {
    const path = isKind(file.mode, 0o100000) ? inside.canonical(file.path) : undefined;
    if (path !== undefined) makeFile(root + path, file);
  }
}

async function readFiles(database: string): Promise<Recorded[]> {
  const { stdout } = await must('rpm', [
    '--dbpath',
    database,
    '-qa',
    '--nosignature',
    '--nodigest',
    '--queryformat',
    format,
  ]);
  return stdout
    .toString()
    .split('\x1e\n')
    .slice(0, -1)
    .flatMap((record) => {
      const [path = '', mode, size, linkTo = '', flags, state, kind = '', requires = '', provides = ''] =
        record.split('\x1f');
      if (Number(state) !== 0 || unread.test(path) || (Number(flags) & FileFlag.ghost) !== 0) return [];
      const numbers = { mode: Number(mode), size: Number(size), flags: Number(flags), state: Number(state) };
      return [
        { path, linkTo, kind, requires: requires.split(' '), provides: provides.split(' '), ...numbers },
      ];
    });
}

function isKind(mode: number, kind: number): boolean {
  return (mode & 0o170000) === kind;
}

function makeLink(at: string, linkTo: string): void {
  mkdirSync(dirname(at), { recursive: true });
  if (!existsSync(at)) symlinkSync(linkTo, at);
}

function makeFile(at: string, file: Recorded): void {
  mkdirSync(dirname(at), { recursive: true });
  const content = contentOf(file);
  writeFileSync(at, content);
  if (content.length < file.size) truncateSync(at, file.size);
}

function contentOf({ path, kind, requires, provides }: Recorded): Buffer {
  if (path.endsWith('.pyc')) return bytecode;
  if (!kind.startsWith('ELF 64-bit LSB')) return Buffer.alloc(0);
  const names = (list: string[]) => [...new Set(list.flatMap((name) => soname.exec(name)?.[1] ?? []))];
  return stubElf({
    interpreter: /interpreter (\S+?),/.exec(kind)?.[1],
    soname: names(provides)[0],
    needed: names(requires),
    strings: /\/ld-\S*\.so/.test(path) ? ['--argv0'] : [],
  });
}
