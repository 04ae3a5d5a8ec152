import { posix } from 'node:path';
import type { Root } from '../../host/root.ts';
import type { OwnPaths } from '../../launcher/paths.ts';
import type { Interpreter } from '../../python/interpreter.ts';
import type { Entry } from '../entry.ts';
import type { Runpaths } from '../libraries/runpath.ts';
import type { NativeFile } from '../native-file.ts';
import { directoriesOf, isProgram, programPath } from './program.ts';

/** The facts about the packed programs. */
interface Programs {
  /** The RUNPATH of each program, by its canonical host path. */
  runpaths: ReadonlyMap<string, string>;
  /** Makes the launcher of a program, which is at `program`. */
  launcher: (program: string, own: OwnPaths) => Buffer;
}

/**
 * Puts a launcher in the place of each program. The program itself moves to `programPath`. Links to it stay links, to the
 * launcher, and a hard link to it gets a launcher too: each name is a place of its own for /proc/self/exe.
 */
export function startedByLaunchers(entries: readonly Entry[], { runpaths, launcher }: Programs): Entry[] {
  const programs = new Map(
    entries.flatMap((entry) => {
      const runpath =
        entry.type === 'file' && entry.source.kind === 'host' ? runpaths.get(entry.source.host) : undefined;
      return runpath === undefined ? [] : [[entry.path, runpath] as const];
    }),
  );
  return entries.flatMap((entry) => {
    const runpath = programs.get(entry.type === 'hardlink' ? entry.target : entry.path);
    if (runpath === undefined) return [entry];
    const { path } = entry;
    const program = programPath(path);
    const own = { place: path, libraries: directoriesOf(runpath, posix.dirname(path)) };
    const bytes = launcher(program, own);
    const { mode, mtime, reason, package: owner } = entry;
    const common = { path, mode, mtime, reason, package: owner };
    const moved = { ...entry, path: program, mode: readable(mode) };
    return [
      { ...common, type: 'file', source: { kind: 'made', bytes }, size: bytes.length },
      moved.type === 'hardlink' ? { ...moved, target: programPath(moved.target) } : moved,
    ];
  });
}

/** The RUNPATH of each program but the interpreter, by its canonical host path. */
export function runpathsOfPrograms(
  root: Root,
  interpreter: Interpreter,
  natives: Iterable<NativeFile>,
  { byFile }: Runpaths,
): ReadonlyMap<string, string> {
  const programs = [...natives].filter((native) => isProgram(root, interpreter, native));
  return new Map(programs.map(({ selected: { host } }) => [host, byFile.get(host)?.runpath ?? '']));
}

/** The mode with the right to read for everybody who may execute. The launcher reads the program, unlike the kernel. */
function readable(mode: number): number {
  return mode | ((mode & 0o111) << 2);
}
