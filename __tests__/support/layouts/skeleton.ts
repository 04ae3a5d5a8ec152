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
import { Root } from '../../../src/host/root.ts';
import { FileFlag } from '../../../src/rpm/package.ts';
import { command } from '../rpm/command.ts';
import { stubElf } from './stub.ts';

/** Where a skeleton has its database. */
export const skeletonDatabase = '/usr/lib/sysimage/rpm';

interface Recorded {
  path: string;
  mode: number;
  size: number;
  linkTo: string;
  flags: number;
  state: number;
  /** What file(1) said of it when it was packaged. */
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

/** Nothing that a plan looks at, and most of the files of a system. */
const unread =
  /^\/usr\/(?:share\/(?:doc|man|info|locale|icons|help)|lib\/(?:modules|firmware|\.build-id)|src)\//;

const soname = /^([^\s()]+\.so[^\s()]*)\(.*\)\(64bit\)$/;
/** Magic of CPython 3.9 and the flag of an unchecked one: what is fresh whatever its source is like. */
const bytecode = Buffer.from([0x61, 0x0d, 0x0d, 0x0a, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);

/**
 * Makes a root from a real RPM database alone: every directory and link; every file with the size that it had, full of
 * holes; and ELF files that need and are called what rpm's generators found in the real ones. Good for a plan, and for
 * nothing else. `directory` holds the database's own files, which are copied.
 */
export function makeSkeleton(directory: string, root: string): void {
  const database = join(root, skeletonDatabase);
  mkdirSync(database, { recursive: true });
  for (const file of readdirSync(directory)) copyFileSync(join(directory, file), join(database, file));
  const files = readFiles(database);
  for (const { path, mode } of files) if (isKind(mode, 0o040000)) mkdirSync(root + path, { recursive: true });
  for (const { path, mode, linkTo } of files) if (isKind(mode, 0o120000)) makeLink(root + path, linkTo);
  // From here on links of the root lead where they would lead if it were /.
  const inside = new Root(root);
  for (const file of files) {
    const path = isKind(file.mode, 0o100000) ? inside.canonical(file.path) : undefined;
    if (path !== undefined) makeFile(root + path, file);
  }
}

function readFiles(database: string): Recorded[] {
  const answer = command('rpm', [
    '--dbpath',
    database,
    '-qa',
    '--nosignature',
    '--nodigest',
    '--queryformat',
    format,
  ]);
  return answer
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
