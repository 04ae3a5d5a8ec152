import { posix } from 'node:path';
import { ObjectType } from '../../elf/format.ts';
import { isExecutable } from '../../host/executable.ts';
import type { Root } from '../../host/root.ts';
import type { Interpreter } from '../../python/interpreter.ts';
import type { NativeFile } from '../native-file.ts';

/** The directory of the packed programs. Each is below it by the archive path at which it is started. */
const directory = 'libexec/programs/';

/** The place of a program itself. Its launcher is at `path`. */
export function programPath(path: string): string {
  return directory + path;
}

/** The path of the launcher of a program. Undefined for any other archive path. */
export function launcherOf(path: string): string | undefined {
  return path.startsWith(directory) ? path.slice(directory.length) : undefined;
}

/**
 * Whether an ELF file is a program that the kernel starts with ld.so. It names an ld.so, and its mode allows someone to
 * start it. Some libraries name an ld.so too, such as libc. They have a soname, and lack the mark of a position
 * independent program (DF_1_PIE).
 *
 * A static program names no ld.so, and is packed as it is. The interpreter has a launcher of its own.
 */
export function isProgram(
  root: Root,
  interpreter: Interpreter,
  { selected: { host }, image }: Pick<NativeFile, 'selected' | 'image'>,
): boolean {
  if (image.interpreter === undefined || host === interpreter.path) return false;
  const isLibrary = image.type === ObjectType.dyn && image.soname !== undefined && !image.isPie;
  return !isLibrary && isExecutable(root, host);
}

/** The archive directories of a RUNPATH, for an origin. */
export function directoriesOf(runpath: string, origin: string): string[] {
  return runpath
    .split(':')
    .filter(Boolean)
    .map((way) => posix.join(way.replace('$ORIGIN', origin)));
}
