import { posix } from 'node:path';
import type { Root } from '../../host/root.ts';
import type { Interpreter } from '../../python/interpreter.ts';
import { archivePath, relativePath } from '../archive-path.ts';
import type { Selection } from '../files/selection.ts';
import type { LibrarySearch } from './search.ts';

/** Where the packed ELF files find their libraries. */
export interface Runpaths {
  /** The RUNPATH of each ELF file, by its canonical host path. */
  byFile: ReadonlyMap<string, string>;
  /** The archive directories that every library search ends with. They stand for the host's shared directories. */
  shared: readonly string[];
}

/**
 * Decides the RUNPATH of each ELF file. It has the directories of the file's own search path that are packed, in their
 * order: ld.so searches them before the shared directories on the host too, so that a private library wins there over a
 * shared one with the same soname. The directories of the libraries that the file needs follow. All are relative to
 * $ORIGIN.
 *
 * $ORIGIN is the directory of the path by which a file was opened, with links not resolved (glibc elf/dl-origin.c). So if
 * a link in another directory leads to a library, its RUNPATH has the ways from that directory too.
 */
export function decideRunpaths(
  root: Root,
  interpreter: Interpreter,
  { files, natives }: Pick<Selection, 'files' | 'natives'>,
  search: LibrarySearch,
): Runpaths {
  /** The archive directories in which each ELF file can be opened: its own, and those of links to it. */
  const origins = new Map<string, Set<string>>();
  /** The canonical host directories that contain a packed library. */
  const libraryDirectories = new Set<string>();
  for (const { host, path } of files.values()) {
    const real = root.resolve(host);
    if (real === undefined || !natives.has(real)) continue;
    origins.set(real, (origins.get(real) ?? new Set()).add(posix.dirname(path)));
    libraryDirectories.add(posix.dirname(host));
  }
  const inArchive = (directory: string) => posix.dirname(archivePath(`${directory}/x`, interpreter));

  const byFile = new Map<string, string>();
  for (const [host, { needs, searchPath }] of natives) {
    const directories = new Set<string>();
    for (const searched of searchPath) {
      const directory = root.resolve(searched);
      if (directory !== undefined && libraryDirectories.has(directory)) directories.add(directory);
    }
    for (const library of needs.values()) directories.add(posix.dirname(library));
    byFile.set(host, runpath(origins.get(host) ?? new Set(), [...directories].map(inArchive)));
  }
  const shared = search.directories.filter((directory) => libraryDirectories.has(directory)).map(inArchive);
  return { byFile, shared };
}

/** The ways from each origin to each directory, all of them archive directories. */
function runpath(origins: ReadonlySet<string>, directories: readonly string[]): string {
  const ways = new Set<string>();
  for (const origin of origins) {
    for (const directory of directories) {
      const way = relativePath(origin, directory);
      ways.add(way === '.' ? '$ORIGIN' : `$ORIGIN/${way}`);
    }
  }
  return [...ways].join(':');
}
