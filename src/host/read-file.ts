import { closeSync, constants, openSync } from 'node:fs';
import { RelopackError, reason } from '../common/error.ts';

/** Whatever came in the place of a regular file meanwhile: a link isn't followed, a FIFO not waited for. */
const readOnly = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** What the system says where nothing can be: a name too long is there as little as one that nobody took. */
const absences = new Set<unknown>(['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'EINVAL']);

const prohibitions = new Set<unknown>(['EACCES', 'EPERM']);

/** Lends the descriptor of a file of the host, whose path inside its root is for messages. Throws `refused`. */
export function withOpenFile<T>(onDisk: string, path: string, use: (file: number) => T): T {
  let file: number | undefined;
  try {
    file = openSync(onDisk, readOnly);
    return use(file);
  } catch (error) {
    throw refused(path, reason(error), error);
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/** Whether an error of the file system says that there is nothing, rather than that nobody may look. */
export function isAbsence(error: unknown): boolean {
  return hasCode(error, absences);
}

function hasCode(error: unknown, codes: ReadonlySet<unknown>): boolean {
  return error instanceof Error && 'code' in error && codes.has(error.code);
}

/** A file of the host that can't be read. */
export function refused(path: string, why: string, cause?: unknown): RelopackError {
  return new RelopackError(
    'file-missing',
    `${path} can't be read from the host: ${why}`,
    hasCode(cause, prohibitions) ? 'Run as a user who may read it.' : 'Reinstall the package that owns it.',
    { cause },
  );
}
