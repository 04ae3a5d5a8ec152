import { posix } from 'node:path';
import type { Root } from '../../host/root.ts';
import type { Interpreter } from '../../python/interpreter.ts';
import { archivePath, relativePath } from '../archive-path.ts';
import type { NativeFile } from '../native-file.ts';
import type { SelectedFile } from '../selected-file.ts';
import type { LibrarySearch } from './search.ts';

/** The search paths of the packed ELF files. */
export interface Runpaths {
  /** The RUNPATH of each ELF file, by its canonical host path. */
  byFile: ReadonlyMap<string, string>;
  /** The archive directories that every library search ends with. They replace the host's shared directories. */
  shared: readonly string[];
}

/** The packed files and the ELF files among them, by canonical host path. */
interface PackedFiles {
  files: ReadonlyMap<string, SelectedFile>;
  natives: ReadonlyMap<string, NativeFile>;
}

/**
 * Decides the RUNPATH of each ELF file. First come the directories of the libraries that the file needs. Then come the
 * packed directories of its own search path, for libraries that it loads by dlopen. All are relative to $ORIGIN.
 *
 * $ORIGIN is the directory of the path by which a file was opened, with links not resolved (glibc elf/dl-origin.c). So if
 * a link in another directory leads to a library, its RUNPATH has the ways from that directory too.
 */
export function decideRunpaths(
  root: Root,
  interpreter: Interpreter,
  { files, natives }: PackedFiles,
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
    const directories = new Set([...needs.values()].map((library) => posix.dirname(library)));
    for (const searched of searchPath) {
      const directory = root.resolve(searched);
      if (directory !== undefined && libraryDirectories.has(directory)) directories.add(directory);
    }
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
