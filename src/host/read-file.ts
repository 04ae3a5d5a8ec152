import { closeSync, constants, fstatSync, openSync, readlinkSync, readSync, realpathSync } from 'node:fs';
import { RelopackError, reason } from '../common/error.ts';
import { message, option } from '../common/message.ts';

/**
 * The file may have been replaced since it was examined. So a link is not followed, opening a FIFO does not wait, and a
 * terminal does not become relopack's own (open(2)).
 */
const readOnly = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK | constants.O_NOCTTY;

/** O_PATH, which Node has no name for (asm-generic/fcntl.h). It needs no permission to read the directory. */
const pathOnly = 0o10000000;

const directoryOnly = pathOnly | constants.O_DIRECTORY | constants.O_NOFOLLOW;

/** The errors that mean that nothing is there. No file can have a name that is too long. */
const absences = new Set<unknown>(['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'EINVAL']);

const prohibitions = new Set<unknown>(['EACCES', 'EPERM']);

/** The errors for a link in the place of a file or directory. */
const replacements = new Set<unknown>(['ELOOP', 'ENOTDIR']);

/** The largest file that Node's hashes and buffers support everywhere. */
const maxSize = 2 ** 31 - 1;

/**
 * Opens a regular file of the host, lends its descriptor to `use`, and closes it. `onDisk` has no links, and `path` is
 * its path inside the root, for messages. Throws RelopackError 'file-missing' if the file cannot be read, and
 * 'file-changed' if it is another one than was examined.
 */
export function withOpenFile<T>(onDisk: string, path: string, use: (file: number) => T): T {
  return withOpen(onDisk, path, readOnly, (file) => {
    if (!fstatSync(file).isFile()) throw changed(path, 'is no longer a regular file');
    return use(file);
  });
}

/**
 * Does the same for a directory. `use` gets a path that leads to it, even if another one takes its place. Listing it or
 * reading a link in it needs the permission for just that, as with the directory's own path.
 */
export function withOpenDirectory<T>(onDisk: string, path: string, use: (onDisk: string) => T): T {
  return withOpen(onDisk, path, directoryOnly, (directory) =>
    use(nameOf(directory) === undefined ? onDisk : `/proc/self/fd/${directory}`),
  );
}

/** The whole content of an open file. A file that has more bytes than its size says may have no end. */
export function contentOf(file: number, path: string): Buffer {
  const { size } = fstatSync(file);
  if (size > maxSize) throw tooLarge(path, size);
  const bytes = Buffer.alloc(size + 1);
  let length = 0;
  for (let count = -1; count !== 0 && length < bytes.length; length += count)
    count = readSync(file, bytes, length, Math.min(bytes.length - length, maxSize), length);
  if (length !== size) throw changed(path, 'changes its size');
  return bytes.subarray(0, size);
}

function withOpen<T>(onDisk: string, path: string, flags: number, use: (descriptor: number) => T): T {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(onDisk, flags);
    // A directory of the path may have become a link, which can lead out of the root.
    const name = nameOf(descriptor) ?? realpathSync(onDisk);
    if (name !== onDisk) throw changed(path, 'was replaced');
    return use(descriptor);
  } catch (error) {
    if (error instanceof RelopackError) throw error;
    if (hasCode(error, replacements)) throw changed(path, 'was replaced');
    throw unreadable(path, reason(error), error);
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/** The path of an open file, as the kernel knows it (proc(5)). Undefined if /proc is not mounted. */
function nameOf(descriptor: number): string | undefined {
  try {
    return readlinkSync(`/proc/self/fd/${descriptor}`);
  } catch {
    return undefined;
  }
}

/** Whether an error of the file system says that nothing is there, rather than that access is denied. */
export function isAbsence(error: unknown): boolean {
  return hasCode(error, absences);
}

function hasCode(error: unknown, codes: ReadonlySet<unknown>): boolean {
  return error instanceof Error && 'code' in error && codes.has(error.code);
}

/** The error 'file-missing' for a file of the host that cannot be read. */
export function unreadable(path: string, why: string, cause?: unknown): RelopackError {
  return new RelopackError(
    'file-missing',
    `${path} cannot be read from the host: ${why}`,
    hasCode(cause, prohibitions) ? 'Run as a user who may read it.' : 'Reinstall the package that owns it.',
    { cause },
  );
}

function changed(path: string, how: string): RelopackError {
  return new RelopackError(
    'file-changed',
    `${path} ${how} while relopack reads the host`,
    'Run relopack again when no program changes the host.',
  );
}

function tooLarge(path: string, size: number): RelopackError {
  return new RelopackError(
    'file-missing',
    `${path} cannot be read from the host: it has ${size} bytes, and the limit is 2 GiB`,
    message`Leave it out with ${option('exclude')}.`,
  );
}
