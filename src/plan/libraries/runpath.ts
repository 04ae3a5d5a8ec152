import { posix } from 'node:path';
import { RelopackError } from '../../common/error.ts';
import { needByName } from '../../elf/need-by-name.ts';
import { setRunpath } from '../../elf/set-runpath/set-runpath.ts';
import type { Root } from '../../host/root.ts';
import type { Interpreter } from '../../python/interpreter.ts';
import { archivePath, relativePath } from '../archive-path.ts';
import { elfErrorOr } from '../loading/unloadable.ts';
import type { NativeFile } from '../native-file.ts';
import { isProgram } from '../programs/program.ts';
import type { SelectedFile } from '../selected-file.ts';
import { orderWays } from './order-ways.ts';
import type { LibrarySearch } from './search.ts';

/** The libraries of one packed ELF file. */
interface Libraries {
  runpath: string;
  /** The archive path of each packed library that it needs, by the name in the packed file's DT_NEEDED. */
  needs: ReadonlyMap<string, string>;
}

/** The search paths of the packed ELF files. */
export interface Runpaths {
  /** By the canonical host path of the ELF file. */
  byFile: ReadonlyMap<string, Libraries>;
  /** The archive directories that every library search ends with. They replace the host's shared directories. */
  shared: readonly string[];
  /** Files that nothing loads and that cannot be relocated, with the problem of each. They are packed as data. */
  unfit: ReadonlyMap<string, string>;
}

/** The packed files and the ELF files among them, by canonical host path. */
interface PackedFiles {
  files: ReadonlyMap<string, SelectedFile>;
  natives: ReadonlyMap<string, NativeFile>;
  /** Those that Python or a packed program loads. */
  loaded: ReadonlySet<string>;
}

/** The host files and archive places that the decision depends on. */
interface Context {
  root: Root;
  interpreter: Interpreter;
  search: LibrarySearch;
  /** The ELF file at each archive path, by its canonical host path. */
  places: ReadonlyMap<string, string>;
  /** The archive directories in which each ELF file can be opened: its own, and those of links to it. */
  origins: ReadonlyMap<string, ReadonlySet<string>>;
  /** The canonical host directories that contain a packed library. */
  libraryDirectories: ReadonlySet<string>;
}

/**
 * Decides the RUNPATH of each ELF file. Its order is that of ld.so on the host (glibc elf/dl-load.c, _dl_map_object):
 *
 * 1. the packed directories of the file's own search path, also for libraries that it loads by dlopen. An inherited
 *    DT_RPATH is part of that path, because RUNPATH is not inherited.
 * 2. the shared directories of the libraries that it needs, or loads by dlopen as its notes say. So RUNPATH alone leads
 *    to each of them.
 * 3. the directories of libraries that it needs by their paths, which the packed file needs by their names.
 *
 * All are relative to $ORIGIN, the directory of the path by which a file was opened, with links not resolved (glibc
 * elf/dl-origin.c). So if a link in another directory leads to a library, its RUNPATH has the ways from that directory
 * too.
 *
 * Throws RelopackError 'elf-unsupported' if no order leads to every library that a loaded file needs.
 */
export function decideRunpaths(
  root: Root,
  interpreter: Interpreter,
  { files, natives, loaded }: PackedFiles,
  search: LibrarySearch,
): Runpaths {
  const places = new Map<string, string>();
  const origins = new Map<string, Set<string>>();
  const libraryDirectories = new Set<string>();
  for (const { host, path } of files.values()) {
    const real = root.resolve(host);
    const native = real === undefined ? undefined : natives.get(real);
    if (real === undefined || native === undefined) continue;
    // The origin of a program is always its own directory: it is that of /proc/self/exe.
    if (real !== host && isProgram(root, interpreter, native)) continue;
    places.set(path, real);
    origins.set(real, (origins.get(real) ?? new Set()).add(posix.dirname(path)));
    libraryDirectories.add(posix.dirname(host));
  }
  const context = { root, interpreter, search, places, origins, libraryDirectories };
  const shared = search.directories.filter((directory) => libraryDirectories.has(directory));
  const decided = [...natives].map(([host, native]) => {
    if (loaded.has(host)) return [host, librariesOf(host, native, context)] as const;
    return [host, elfErrorOr(() => editable(host, librariesOf(host, native, context), root))] as const;
  });
  return {
    byFile: new Map(
      decided.flatMap(([host, result]) => (result instanceof RelopackError ? [] : [[host, result]])),
    ),
    shared: shared.map((directory) => directoryInArchive(directory, interpreter)),
    unfit: new Map(
      decided.flatMap(([host, result]) => (result instanceof RelopackError ? [[host, result.message]] : [])),
    ),
  };
}

/** The libraries of a file. Throws the errors of the ELF editor, if the file cannot get the RUNPATH. */
function editable(host: string, libraries: Libraries, root: Root): Libraries {
  setRunpath(needByName(root.read(host), host), libraries.runpath, host);
  return libraries;
}

function librariesOf(host: string, native: NativeFile, context: Context): Libraries {
  const { root, interpreter, places, origins } = context;
  const needed = [...native.needs].map(([name, path]) => ({
    name: posix.basename(name),
    path: archivePath(path, interpreter),
    library: root.resolve(path) ?? path,
  }));
  // The loader is found by a link of its own. The user may have left out other libraries.
  const packed = needed.filter(({ library }) => library !== interpreter.loader && origins.has(library));
  const directories = hostDirectories(native, context).map((at) => directoryInArchive(at, interpreter));
  const opened = [...(origins.get(host) ?? [])];
  const ways = opened.flatMap((origin) => directories.map((directory) => wayTo(origin, directory)));
  const questions = opened.flatMap((origin) =>
    packed.map(({ name, library }) => ({
      library,
      foundBy: (way: string) => places.get(posix.join(way.replace('$ORIGIN', origin), name)),
    })),
  );
  return {
    runpath: orderWays(host, ways, questions).join(':'),
    needs: new Map(packed.map(({ name, path }) => [name, path])),
  };
}

/** The host directories in which the packed file searches libraries, in the host's order. */
function hostDirectories(
  { needs, searchPath, dlopens }: NativeFile,
  { root, search, libraryDirectories }: Context,
): string[] {
  const own = searchPath.flatMap((searched) => root.resolve(searched) ?? []);
  const libraries = [...needs.values(), ...dlopens.flatMap(({ found }) => [...found.values()])];
  const needed = new Set(libraries.map((library) => posix.dirname(library)));
  return [
    ...new Set([
      ...own.filter((directory) => libraryDirectories.has(directory) || needed.has(directory)),
      ...search.directories.filter((directory) => needed.has(directory)),
      ...needed,
    ]),
  ];
}

function directoryInArchive(directory: string, interpreter: Interpreter): string {
  return posix.dirname(archivePath(`${directory}/x`, interpreter));
}

/** The way from one archive directory to another, as RUNPATH has it. */
function wayTo(origin: string, directory: string): string {
  const way = relativePath(origin, directory);
  return way === '.' ? '$ORIGIN' : `$ORIGIN/${way}`;
}
