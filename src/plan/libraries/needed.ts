import { RelopackError } from '../../common/error.ts';
import { elfIdentity, sameIdentity } from '../../elf/identity.ts';
import { readImage } from '../../elf/image.ts';
import { skim } from '../../elf/parts/skim.ts';
import type { Interpreter } from '../../python/interpreter.ts';
import type { Installed } from '../../rpm/installed.ts';
import { elfErrorOr, foreignKind, type UnloadableFile } from '../loading/unloadable.ts';
import type { NativeFile } from '../native-file.ts';
import type { SelectedFile } from '../selected-file.ts';
import type { LibrarySearch, Requester } from './search.ts';

/** The context for looking up libraries. */
export interface LibraryContext {
  installed: Installed;
  interpreter: Interpreter;
  search: LibrarySearch;
}

/** An ELF file and the result of looking up its DT_NEEDED. */
interface ReadNativeFile {
  native: NativeFile;
  /** The file itself as one that requests libraries. */
  requester: Requester;
  /** The sonames that were not found. */
  missing: string[];
}

/**
 * Reads an ELF file and looks up the libraries that it needs. `loader` is the file that it was loaded for. Returns why
 * the file is data to this Python, if it is: it is malformed, for another machine, or for another C library.
 */
export function readNativeFile(
  { installed, interpreter, search }: LibraryContext,
  selected: SelectedFile,
  loader: Requester | undefined,
): ReadNativeFile | UnloadableFile {
  const { host } = selected;
  const bytes = installed.root.readParts(host, skim);
  const identity = elfIdentity(bytes);
  if (identity !== undefined && !sameIdentity(identity, interpreter.identity))
    return { problem: `${host} is for another machine` };
  const image = elfErrorOr(() => readImage(bytes, host));
  if (image instanceof RelopackError) return { problem: image.message, error: image };
  const foreign = foreignKind(image);
  if (foreign !== undefined) return { problem: `${host} ${foreign}` };
  const requester = { path: host, runpath: image.runpath, rpath: image.rpath, loader };
  const found = (sonames: readonly string[]) =>
    new Map(
      sonames.flatMap((soname) => {
        const path = search.find(soname, requester);
        return path === undefined ? [] : [[soname, path] as const];
      }),
    );
  const needs = found(image.needed);
  const dlopens = image.dlopens.map((need) => ({ need, found: found(need.sonames) }));
  return {
    native: { selected, image, needs, searchPath: search.searchPath(requester), dlopens },
    requester,
    missing: image.needed.filter((soname) => !needs.has(soname)),
  };
}
