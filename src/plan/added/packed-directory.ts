import type { Interpreter } from '../../python/interpreter.ts';
import { archivePath } from '../archive-path.ts';
import type { Entry } from '../entry.ts';

/** The archive directory of a directory of the host, such as that of glibc's locales. Undefined if it is not packed. */
export function packedDirectory(
  directory: string,
  entries: readonly Entry[],
  interpreter: Interpreter,
): string | undefined {
  const packed = archivePath(directory, interpreter);
  return entries.some(({ path }) => path.startsWith(`${packed}/`)) ? packed : undefined;
}
