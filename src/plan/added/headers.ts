import { posix } from 'node:path';
import type { Interpreter } from '../../python/interpreter.ts';
import type { Installed } from '../../rpm/installed.ts';
import { type Entry, madeFile } from '../entry.ts';

/** The headers that sysconfig reads, in the directory of all headers: python3.11, or python3.6m of Python 3.6. */
const configuration = /^include\/python[^/]+\/pyconfig[^/]*\.h$/;

/**
 * The Python.h of a tree without headers. It stops the compiler with the name of the package to request. Otherwise the
 * compiler would only say that it cannot find the file.
 */
export function headerEntries(
  entries: readonly Entry[],
  installed: Installed,
  interpreter: Interpreter,
  mtime: number,
): Entry[] {
  const read = entries.find(({ path }) => configuration.test(path));
  if (read === undefined) return [];
  const path = `${posix.dirname(read.path)}/Python.h`;
  if (entries.some((entry) => entry.path === path)) return [];
  const owner = installed.owner(posix.join(interpreter.prefix, path))?.package.name;
  const name = owner ?? developmentPackage(interpreter);
  const text = `#error "This Python was packed without its headers. Pack it again, with ${name} as a module."\n`;
  return [madeFile(path, 0o644, mtime, Buffer.from(`/* Made by relopack. */\n${text}`))];
}

/** The usual name: python3-devel, and python311-devel of openSUSE's python311-base. */
function developmentPackage({ package: { name } }: Interpreter): string {
  return `${name.replace(/-(?:base|libs|minimal)$/, '')}-devel`;
}
