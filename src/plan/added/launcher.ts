import { posix } from 'node:path';
import type { Finding } from '../../common/finding.ts';
import { loaderHasArgv0 } from '../../elf/isolate/loader.ts';
import type { Root } from '../../host/root.ts';
import { launcher } from '../../launcher/launcher.ts';
import type { LauncherPaths, OwnPaths } from '../../launcher/paths.ts';
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
import type { Runpaths } from '../libraries/runpath.ts';
import type { NativeFile } from '../native-file.ts';
import { runpathsOfPrograms, startedByLaunchers } from '../programs/launchers.ts';
import type { Redirect } from '../redirects/redirect.ts';
import { packedDirectory } from './packed-directory.ts';
import { redirectEntries } from './redirect.ts';

/** The entries of the host's files, in which a launcher is in the place of each program. */
interface WithLaunchers {
  entries: Entry[];
  /** The launcher of Python, and the library that redirects reading. */
  added: Entry[];
  findings: Finding[];
}

/** The facts about the packed programs and libraries. */
interface Facts {
  natives: Iterable<NativeFile>;
  runpaths: Runpaths;
  redirects: readonly Redirect[];
  /** The archive directory of libc. */
  libraryDirectory: string;
  mtime: number;
}

/** Makes all that starts the Python and the programs of a tree. `entries` are the entries of the host's files. */
export function withLaunchers(
  root: Root,
  interpreter: Interpreter,
  entries: readonly Entry[],
  { natives, runpaths, redirects, libraryDirectory, mtime }: Facts,
): WithLaunchers {
  const redirect = redirectEntries(root, interpreter, redirects, {
    libraryDirectory,
    runpath: runpaths.byFile.get(interpreter.path)?.runpath ?? '',
    mtime,
  });
  const common = commonPaths(root, interpreter, entries, {
    libraries: runpaths.shared,
    redirect: redirect.entries[0]?.path,
  });
  return {
    entries: startedByLaunchers(entries, {
      runpaths: runpathsOfPrograms(root, interpreter, natives, runpaths),
      launcher: (program, own) => programLauncher(common, interpreter, program, own),
    }),
    added: [...redirect.entries, ...launcherEntries(common, interpreter, mtime)],
    findings: redirect.findings,
  };
}

/** The paths that all launchers of a tree have in common. */
type CommonPaths = Omit<LauncherPaths, 'program' | 'own'>;

/**
 * The paths in the settings of each launcher. `entries` are the entries of the host's files. `libraries` are the archive
 * directories that every library search ends with. `redirect` is the archive path of the library that redirects reading,
 * if there is one.
 */
function commonPaths(
  root: Root,
  interpreter: Interpreter,
  entries: readonly Entry[],
  { libraries, redirect }: { libraries: readonly string[]; redirect: string | undefined },
): CommonPaths {
  return {
    loader: loaderPath,
    libraries,
    locales: packedDirectory('/usr/lib/locale', entries, interpreter),
    zones: packedDirectory('/usr/share/zoneinfo', entries, interpreter),
    argv0: loaderHasArgv0(root.read(interpreter.loader)),
    redirect,
  };
}

/** The launcher of Python under its two names, and the link by which the launcher in sh starts ld.so. */
function launcherEntries(common: CommonPaths, interpreter: Interpreter, mtime: number): Entry[] {
  const isStatic = hasStaticLauncher(interpreter.identity);
  const loader = isStatic ? loaderPath : startPath(interpreter);
  const bytes = launcher(interpreter.identity, { ...common, loader, program: interpreterPath(interpreter) });
  const programs = [pythonPath, launcherPath(interpreter)].map((path) => madeFile(path, 0o755, mtime, bytes));
  if (isStatic) return programs;
  const target = relativePath(posix.dirname(loader), loaderPath);
  const link = { path: loader, mode: 0o777, mtime, package: undefined };
  return [...programs, { ...link, reason: { kind: 'added' }, type: 'symlink', target }];
}

/** The launcher of another program. */
function programLauncher(
  common: CommonPaths,
  { identity }: Interpreter,
  program: string,
  own: OwnPaths,
): Buffer {
  return launcher(identity, { ...common, program, own });
}
