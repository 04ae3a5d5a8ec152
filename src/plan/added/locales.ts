import type { Interpreter } from '../../python/interpreter.ts';
import { archivePath } from '../archive-path.ts';
import type { Entry } from '../entry.ts';

/** The archive directory of the locales of the host's glibc. */
export function localesPath(interpreter: Interpreter): string {
  return archivePath('/usr/lib/locale', interpreter);
}

/** Whether any locale is packed. */
export function hasLocales(entries: readonly Entry[], interpreter: Interpreter): boolean {
  const directory = `${localesPath(interpreter)}/`;
  return entries.some(({ path }) => path.startsWith(directory));
}
