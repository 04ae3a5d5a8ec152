import { elfIdentity, sameIdentity } from '../../elf/identity.ts';
import { readImage } from '../../elf/image.ts';
import { skim } from '../../elf/skim.ts';
import type { Interpreter } from '../../python/interpreter.ts';
import type { Installed } from '../../rpm/installed.ts';
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
 * Reads an ELF file and looks up the libraries that it needs. `loader` is the file that it was loaded for. Returns
 * undefined if the file is for another machine than the interpreter: to this Python it is data.
 */
export function readNativeFile(
  { installed, interpreter, search }: LibraryContext,
  selected: SelectedFile,
  loader: Requester | undefined,
): ReadNativeFile | undefined {
  const { host } = selected;
  const bytes = installed.root.readParts(host, skim);
  if (!sameIdentity(elfIdentity(bytes), interpreter.identity)) return undefined;
  const image = readImage(bytes, host);
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
