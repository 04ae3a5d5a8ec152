import { posix } from 'node:path';
import { loaderHasArgv0 } from '../../elf/isolate/loader.ts';
import type { Root } from '../../host/root.ts';
import { launcher } from '../../launcher/launcher.ts';
import { hasStaticLauncher } from '../../launcher/static-launcher.ts';
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
import { packedDirectory } from './packed-directory.ts';

/**
 * The launcher under its two names, and the link by which the launcher in sh starts ld.so. `entries` are the entries of
 * the host's files. `libraries` are the archive directories that every library search ends with.
 * `redirect` is the archive path of the library that redirects reading, if there is one.
 */
export function launcherEntries(
  root: Root,
  interpreter: Interpreter,
  entries: readonly Entry[],
  {
    libraries,
    redirect,
    mtime,
  }: { libraries: readonly string[]; redirect: string | undefined; mtime: number },
): Entry[] {
  const isStatic = hasStaticLauncher(interpreter.identity);
  const loader = isStatic ? loaderPath : startPath(interpreter);
  const bytes = launcher(interpreter.identity, {
    loader,
    interpreter: interpreterPath(interpreter),
    libraries,
    locales: packedDirectory('/usr/lib/locale', entries, interpreter),
    zones: packedDirectory('/usr/share/zoneinfo', entries, interpreter),
    argv0: loaderHasArgv0(root.read(interpreter.loader)),
    redirect,
  });
  const programs = [pythonPath, launcherPath(interpreter)].map((path) => madeFile(path, 0o755, mtime, bytes));
  if (isStatic) return programs;
  const target = relativePath(posix.dirname(loader), loaderPath);
  const common = { path: loader, mode: 0o777, mtime, package: undefined };
  return [...programs, { ...common, reason: { kind: 'added' }, type: 'symlink', target }];
}
