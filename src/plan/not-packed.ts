import { posix } from 'node:path';
import { RelopackError } from '../common/error.ts';
import type { Root } from '../host/root.ts';
import type { Interpreter } from '../python/interpreter.ts';
import type { Installed } from '../rpm/installed.ts';
import { type InstalledPackage, nevra } from '../rpm/package.ts';
import type { Entry } from './entry.ts';
import type { Refusal } from './files/worklist.ts';
import { modulePaths } from './import-names.ts';
import type { SelectedFile } from './selected-file.ts';

/** Something in the directory of a packed module that is on the disk of the host, but not in the archive. */
export interface NotPacked {
  /** The path that it would have in the archive. */
  path: string;
  /** Undefined if no RPM package owns it. */
  package: string | undefined;
  reason: string;
}

/** The facts that the list depends on. */
interface NotPackedInput {
  installed: Installed;
  interpreter: Interpreter;
  /** The packages that are packed as a whole, and not only a library of them. */
  whole: ReadonlyMap<InstalledPackage, unknown>;
  /** By canonical host path. */
  files: ReadonlyMap<string, SelectedFile>;
  /** The files of the packed packages that the rules leave out, by archive path. */
  refused: ReadonlyMap<string, Refusal>;
  entries: readonly Entry[];
}

/** A directory, by its path on the host and in the archive. */
interface Place {
  host: string;
  path: string;
}

/**
 * All that exists below the directories of the packed modules and is not packed, with the reason. The directory of a
 * module is one in site-packages or in the standard library, with a packed file in it. Other packages and other programs
 * may have put files there.
 */
export function notPacked(input: NotPackedInput): NotPacked[] {
  const packed = new Set(input.entries.map(({ path }) => path));
  const places = moduleDirectories(input);
  return places
    .flatMap((place) => existing(input.installed.root, place))
    .filter(({ path }) => !packed.has(path))
    .map(({ host, path, problem }) => {
      const owner = input.installed.owner(host)?.package;
      return {
        path,
        package: owner === undefined ? undefined : nevra(owner),
        reason: problem ?? reasonOf(input, host, path),
      };
    });
}

/** The directories directly below a directory on sys.path that contain a selected file. */
function moduleDirectories({ interpreter, files }: NotPackedInput): Place[] {
  const parents = modulePaths(interpreter);
  const places = new Map<string, string>();
  for (const { host, path } of files.values()) {
    // The directories of modules are first: site-packages is below the standard library.
    const parent = parents.find((directory) => path.startsWith(`${directory}/`));
    const [name = '', ...inside] = path.slice(`${parent}/`.length).split('/');
    if (parent === undefined || inside.length === 0 || name === '__pycache__') continue;
    places.set(`${parent}/${name}`, host.slice(0, -`/${inside.join('/')}`.length));
  }
  return [...places].map(([path, host]) => ({ host, path })).sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** All files, links and empty directories below a directory. It may not be readable: it belongs to no packed file. */
function existing(root: Root, { host, path }: Place): (Place & { problem?: string })[] {
  try {
    const names = root.list(host);
    if (names.length === 0) return [{ host, path }];
    return names.flatMap((name) => {
      const place = { host: `${host}/${name}`, path: `${path}/${name}` };
      return root.lstat(place.host)?.isDirectory() ? existing(root, place) : [place];
    });
  } catch (error) {
    if (error instanceof RelopackError) return [{ host, path, problem: error.message }];
    throw error;
  }
}

function reasonOf({ installed, whole, files, refused }: NotPackedInput, host: string, path: string): string {
  const refusal = refused.get(path);
  if (refusal !== undefined) return refusal.reason;
  if (files.has(host)) return unplaced(path, files.get(host)?.type);
  const owner = installed.owner(host)?.package;
  if (owner === undefined) return 'belongs to no RPM package';
  return whole.has(owner)
    ? 'not as its package installed it'
    : `belongs to ${owner.name}, which is not requested`;
}

/** Why a selected file has no place in the archive. */
function unplaced(path: string, type: SelectedFile['type'] | undefined): string {
  if (posix.extname(path) === '.pyc') return 'stale bytecode';
  return type === 'link' ? 'a link that leads to nothing packed' : 'another file has its place';
}
