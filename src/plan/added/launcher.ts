import { posix } from 'node:path';
import { loaderHasArgv0 } from '../../elf/isolate/loader.ts';
import type { Root } from '../../host/root.ts';
import { launcher } from '../../launcher/launcher.ts';
import type { Interpreter } from '../../python/interpreter.ts';
import {
  interpreterPath,
  launcherPath,
  loaderPath,
  pythonPath,
  relativePath,
  startPath,
} from '../archive-path.ts';
import { type Entry, madeFile } from '../entry.ts';
import { hasLocales, localesPath } from './locales.ts';

/**
 * The launcher under its two names, and the link by which it starts ld.so. `entries` are the entries of the host's files.
 * `libraries` are the archive directories that every library search ends with.
 */
export function launcherEntries(
  root: Root,
  interpreter: Interpreter,
  entries: readonly Entry[],
  libraries: readonly string[],
  mtime: number,
): Entry[] {
  const loader = startPath(interpreter);
  const bytes = launcher(interpreter.identity, {
    loader,
    interpreter: interpreterPath(interpreter),
    libraries,
    locales: hasLocales(entries, interpreter) ? localesPath(interpreter) : undefined,
    argv0: loaderHasArgv0(root.read(interpreter.loader)),
  });
  return [
    madeFile(pythonPath, 0o755, mtime, bytes),
    madeFile(launcherPath(interpreter), 0o755, mtime, bytes),
    {
      path: loader,
      mode: 0o777,
      mtime,
      reason: { kind: 'added' },
      package: undefined,
      type: 'symlink',
      target: relativePath(posix.dirname(loader), loaderPath),
    },
  ];
}
