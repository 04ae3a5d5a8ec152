import type { Finding } from '../../common/finding.ts';
import { hasSpareEntry } from '../../elf/image.ts';
import { setRunpath } from '../../elf/set-runpath/set-runpath.ts';
import type { Root } from '../../host/root.ts';
import { redirectLibrary } from '../../launcher/redirect-library.ts';
import type { Interpreter } from '../../python/interpreter.ts';
import { type Entry, madeFile } from '../entry.ts';
import { type Redirect, redirectedPaths } from '../redirects/redirect.ts';

/** The name of the library that redirects reading. It is in the archive directory of libc. */
const libraryName = 'librelopack.so';

/** The entry of the library that redirects reading, if there is something to redirect, and the findings about it. */
interface WithRedirect {
  entries: Entry[];
  findings: Finding[];
}

/**
 * Makes the library that redirects reading. There is none for the machines whose launcher is in sh, nor if the launcher
 * cannot let the interpreter need it (program/map/need.h). `runpath` is the RUNPATH that the interpreter gets.
 */
export function redirectEntries(
  root: Root,
  interpreter: Interpreter,
  redirects: readonly Redirect[],
  { libraryDirectory, runpath, mtime }: { libraryDirectory: string; runpath: string; mtime: number },
): WithRedirect {
  if (redirects.length === 0) return { entries: [], findings: [] };
  const path = `${libraryDirectory}/${libraryName}`;
  const bytes = redirectLibrary(interpreter.identity, path, redirectedPaths(redirects));
  const program = setRunpath(root.read(interpreter.path), runpath, interpreter.path);
  if (bytes !== undefined && hasSpareEntry(program, interpreter.path))
    return { entries: [madeFile(path, 0o755, mtime, bytes)], findings: [] };
  const reason =
    bytes === undefined
      ? `there is no redirect for ${interpreter.package.arch}`
      : `${interpreter.path} has no room for another library`;
  const message = `packed libraries do not find the data that they name by absolute paths, such as terminfo: ${reason}`;
  return { entries: [], findings: [{ severity: 'remark', message }] };
}
