import { FileFlag } from '../../../src/rpm/package.ts';
import { must } from '../run.ts';

/** A file in an RPM database, with what rpm's generators found in it. */
export interface Recorded {
  path: string;
  mode: number;
  size: number;
  linkTo: string;
  /** The description by file(1) when it was packaged. */
  kind: string;
  /** The sonames that it needs. */
  needed: string[];
  /** The sonames that it has. */
  sonames: string[];
}

const tags = [
  ...['FILENAMES', 'FILEMODES', 'LONGFILESIZES', 'FILELINKTOS', 'FILEFLAGS', 'FILESTATES', 'FILECLASS'],
  ...['FILEREQUIRE', 'FILEPROVIDE'],
];
const format = `[${tags.map((tag) => `%{${tag}}`).join('\x1f')}\x1e\n]`;

/** Files that a plan does not read. They are most of the files of a system. */
const unread =
  /^\/usr\/(?:share\/(?:doc|man|info|locale|icons|help)|lib\/(?:modules|firmware|\.build-id)|src)\//;

/** `libc.so.6()(64bit)`, `libc.so.6(GLIBC_2.4)(64bit)`, or `libc.so.6` on a 32-bit machine. */
const soname = /^([^\s()]+\.so[^\s()]*)(?:\(.*\))?$/;

/** The files that are installed, in the order of the database. `directory` contains the database. */
export async function recordedFiles(directory: string): Promise<Recorded[]> {
  const query = ['-qa', '--nosignature', '--queryformat', format];
  const { stdout } = await must('rpm', ['--dbpath', directory, ...query]);
  return stdout.toString().split('\x1e\n').slice(0, -1).flatMap(recorded);
}

function recorded(record: string): Recorded[] {
  const [path = '', mode, size, linkTo = '', flags, state, kind = '', requires = '', provides = ''] =
    record.split('\x1f');
  if (Number(state) !== 0 || unread.test(path) || (Number(flags) & FileFlag.ghost) !== 0) return [];
  const [needed, sonames] = [requires, provides].map(sonamesIn);
  return [
    {
      path,
      linkTo,
      kind,
      mode: Number(mode),
      size: Number(size),
      needed: needed ?? [],
      sonames: sonames ?? [],
    },
  ];
}

function sonamesIn(dependencies: string): string[] {
  return [...new Set(dependencies.split(' ').flatMap((name) => soname.exec(name)?.[1] ?? []))];
}
