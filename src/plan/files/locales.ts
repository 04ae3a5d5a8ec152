import type { Interpreter } from '../../python/interpreter.ts';
import { archivePath } from '../archive-path.ts';
import type { Entry } from '../entry.ts';

/** Where the locales of the host's glibc stand in the archive. */
export function localesPath(interpreter: Interpreter): string {
  return archivePath('/usr/lib/locale', interpreter);
}

/** Whether any locale came along. */
export function hasLocales(entries: readonly Entry[], interpreter: Interpreter): boolean {
  const directory = `${localesPath(interpreter)}/`;
  return entries.some(({ path }) => path.startsWith(directory));
}
