import { closeSync, constants, openSync } from 'node:fs';
import { RelopackError, reason } from '../common/error.ts';

/** The file may have been replaced since it was examined: a link is not followed, and opening a FIFO does not wait. */
const readOnly = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** The errors that mean that nothing is there. No file can have a name that is too long. */
const absences = new Set<unknown>(['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'EINVAL']);

const prohibitions = new Set<unknown>(['EACCES', 'EPERM']);

/**
 * Opens a file of the host, lends its descriptor to `use`, and closes it. `path` is its path inside the root, for
 * messages. Throws the error of `unreadable`.
 */
export function withOpenFile<T>(onDisk: string, path: string, use: (file: number) => T): T {
  let file: number | undefined;
  try {
    file = openSync(onDisk, readOnly);
    return use(file);
  } catch (error) {
    throw unreadable(path, reason(error), error);
  } finally {
    if (file !== undefined) closeSync(file);
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
