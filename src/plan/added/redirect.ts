import { hasRedirect, redirectLibrary } from '../../launcher/redirect-library.ts';
import type { Interpreter } from '../../python/interpreter.ts';
import { type Entry, madeFile } from '../entry.ts';
import { type Redirect, redirectedPaths } from '../redirects/redirect.ts';

/** The name of the library that redirects reading. It is in the archive directory of libc. */
const libraryName = 'librelopack.so';

/** The entry of the library that redirects reading. None if there is nothing to redirect, or no library for the machine. */
export function redirectEntries(
  { identity }: Interpreter,
  redirects: readonly Redirect[],
  libraryDirectory: string,
  mtime: number,
): Entry[] {
  if (redirects.length === 0 || !hasRedirect(identity)) return [];
  const path = `${libraryDirectory}/${libraryName}`;
  const bytes = redirectLibrary(identity, path, redirectedPaths(redirects));
  return bytes === undefined ? [] : [madeFile(path, 0o755, mtime, bytes)];
}
