import { posix } from 'node:path';
import type { Root } from '../../host/root.ts';
import { extensionModules } from '../../python/extension-module.ts';
import type { LibraryContext } from '../libraries/needed.ts';
import type { NativeFile } from '../native-file.ts';
import type { Reason } from '../reason.ts';
import type { SelectedFile } from '../selected-file.ts';

/** The reasons of files that a process loads although no packed file needs them by name. */
const loadedReasons = new Set<Reason['kind']>(['interpreter', 'loader', 'platform', 'declared', 'runtime']);

/**
 * The canonical host paths of the files that Python or a packed program loads:
 *
 * - the interpreter and its loader, programs in `bin`, and libraries in the directories that every search ends with,
 * - extension modules, by their names,
 * - libraries that are loaded at run time, as the table or a Requires says,
 * - and all libraries that these need or load by dlopen.
 *
 * A fault in one of them is an error. Any other ELF file may be the sample of a parser, firmware, or a library that
 * nobody loads, so a fault in it does not stop the run.
 */
export function loadedFiles(
  { installed: { root }, interpreter, search }: LibraryContext,
  files: ReadonlyMap<string, SelectedFile>,
  natives: ReadonlyMap<string, NativeFile>,
): Set<string> {
  const isExtension = extensionModules(root, interpreter);
  const isLoaded = ({ host, path, reason }: SelectedFile) =>
    loadedReasons.has(reason.kind) ||
    posix.dirname(path) === 'bin' ||
    search.directories.includes(posix.dirname(host)) ||
    isExtension(host);
  const first = [...files.values()].filter(isLoaded).flatMap(({ host }) => root.resolve(host) ?? []);
  const loaded = new Set(first);
  // Iterating over a Set also visits the values that are added meanwhile.
  for (const host of loaded) for (const library of librariesOf(root, natives.get(host))) loaded.add(library);
  return loaded;
}

/** The canonical host paths of the libraries that an ELF file loads. */
function librariesOf(root: Root, native: NativeFile | undefined): string[] {
  if (native === undefined) return [];
  const paths = [native.needs, ...native.dlopens.map(({ found }) => found)].flatMap((found) => [
    ...found.values(),
  ]);
  return paths.map((path) => root.resolve(path) ?? path);
}
