import { mkdirSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { RelopackError, reason } from './error.ts';
import { withScratch } from './scratch.ts';

/**
 * Lends a new directory for temporary files to `use`, by its real path: the kernel tells of files by theirs
 * (/proc/PID/maps), and a relative one leads nowhere from another directory. It is gone when `use` has settled.
 *
 * Throws RelopackError 'output' where none can be made, and whatever `use` throws.
 */
export async function withTemporaryDirectory<T>(
  name: string,
  use: (directory: string) => Promise<T>,
): Promise<T> {
  const place = attemptIn(tmpdir(), () => realpathSync(tmpdir()));
  return await withScratch(place, name, (directory) => {
    attemptIn(place, () => mkdirSync(directory, { mode: 0o700 }));
    return use(directory);
  });
}

/** Does what a directory for temporary files may refuse, and throws RelopackError 'output' about it where it does. */
export function attemptIn<T>(place: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw new RelopackError(
      'output',
      `no temporary file can be made in ${place}: ${reason(error)}`,
      'Let TMPDIR name a directory that is there, that you may write to, and that has room.',
      { cause: error },
    );
  }
}
