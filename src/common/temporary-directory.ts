import { mkdirSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { RelopackError, reason } from './error.ts';
import { withScratch } from './scratch.ts';

/**
 * Lends a new directory for temporary files to `use`, and removes it when `use` has settled. The path is the real one
 * and absolute: the kernel names files by their real path (/proc/PID/maps), and programs run in other directories.
 *
 * Throws RelopackError 'output' if the directory cannot be made, and the errors of `use`.
 */
export async function withTemporaryDirectory<T>(
  name: string,
  use: (directory: string) => Promise<T>,
): Promise<T> {
  const parent = orTemporaryFileError(tmpdir(), () => realpathSync(tmpdir()));
  return await withScratch(parent, name, (directory) => {
    orTemporaryFileError(parent, () => mkdirSync(directory, { mode: 0o700 }));
    return use(directory);
  });
}

/** Makes a temporary file or directory in `parent`. If that fails, throws RelopackError 'output'. */
export function orTemporaryFileError<T>(parent: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    throw new RelopackError(
      'output',
      `no temporary file can be made in ${parent}: ${reason(error)}`,
      'Let TMPDIR name a directory that exists, is writable and has free space.',
      { cause: error },
    );
  }
}
