import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, lstatSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { RelopackError } from '../common/error.ts';
import { withScratch } from '../common/scratch.ts';

/** A file that stands under its final name, with a checksum file beside it. */
export interface Output {
  /** Absolute. */
  path: string;
  /** Bytes. */
  size: number;
  /** Hex. */
  sha256: string;
}

/**
 * Writes a file and, beside it, `NAME.sha256`, the way sha256sum prints it.
 *
 * The bytes go to a temporary name in the same directory; `check` is given that name when they are on the disk, and
 * what it throws keeps the file from getting its final name. An earlier file of that name stays whole until then. Of
 * two runs that write the same name at a time, the last to finish wins.
 *
 * Throws RelopackError 'output' for what the file system refuses, and whatever `bytes` and `check` throw.
 */
export async function writeOutput(
  path: string,
  bytes: AsyncIterable<Buffer>,
  check: (temporary: string) => Promise<void> = async () => {},
): Promise<Output> {
  const final = resolve(path);
  const checksum = `${final}.sha256`;
  const directory = dirname(final);
  const name = basename(final);
  refuseOtherThanFile(final);
  refuseOtherThanFile(checksum);

  return await withScratch(directory, name, (temporary) =>
    withScratch(directory, basename(checksum), async (temporaryChecksum) => {
      const { size, sha256 } = await write(temporary, final, bytes);
      await write(temporaryChecksum, checksum, [Buffer.from(checksumLine(sha256, name))]);
      await check(temporary);
      attempt(final, () => {
        // In this order a kill in between leaves a file without a checksum, and never one with another file's.
        rmSync(checksum, { force: true });
        renameSync(temporary, final);
        renameSync(temporaryChecksum, checksum);
      });
      return { path: final, size, sha256 };
    }),
  );
}

/** Writes a new file through to the disk. Errors speak of the final name. */
async function write(
  temporary: string,
  final: string,
  bytes: AsyncIterable<Buffer> | Iterable<Buffer>,
): Promise<{ size: number; sha256: string }> {
  const hash = createHash('sha256');
  let size = 0;
  // 'wx' is O_CREAT | O_EXCL, which follows no link either.
  const file = attempt(final, () => openSync(temporary, 'wx'));
  try {
    for await (const piece of bytes) {
      hash.update(piece);
      size += piece.length;
      attempt(final, () => writeFileSync(file, piece));
    }
    attempt(final, () => fsyncSync(file));
  } finally {
    closeSync(file);
  }
  return { size, sha256: hash.digest('hex') };
}

/** The line that `sha256sum -c` reads; like sha256sum it escapes what would break the line, and says so in front. */
function checksumLine(sha256: string, name: string): string {
  const escaped = name.replace(/\\/g, '\\\\').replace(/\n/g, '\\n').replace(/\r/g, '\\r');
  return `${escaped === name ? '' : '\\'}${sha256}  ${escaped}\n`;
}

/** A rename would replace a device as readily as a file, and a link in the place of what it leads to (/dev/stdout). */
function refuseOtherThanFile(path: string): void {
  const found = attempt(path, () => lstatSync(path, { throwIfNoEntry: false }));
  if (found === undefined || found.isFile()) return;
  const kind = found.isDirectory()
    ? 'a directory'
    : found.isSymbolicLink()
      ? 'a symbolic link'
      : 'not a regular file';
  throw new RelopackError('output', `${path} is ${kind}`, 'Give the name of a file with --output.');
}

/** Does what may be refused by the file system, and throws RelopackError 'output' about `path` where it is. */
export function attempt<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw refusal(path, error);
  }
}

/** What the codes of errno(3) mean for somebody who wants a file written. */
const CAUSES: Record<string, [message: string, remedy: string]> = {
  ENOENT: ['its directory does not exist', 'Create the directory, or give another one with --output.'],
  ENOTDIR: ['a part of its path is not a directory', 'Give another path with --output.'],
  EACCES: ['its directory is not writable', 'Give a directory that you may write to with --output.'],
  EPERM: ['its directory does not allow it', 'Give a directory that you may write to with --output.'],
  EROFS: ['its file system is read-only', 'Give a directory on another file system with --output.'],
  ENOSPC: ['the disk is full', 'Free some room, or give a directory on another disk with --output.'],
  EDQUOT: ['the disk quota is used up', 'Free some room, or give a directory on another disk with --output.'],
  EFBIG: ['it is larger than allowed here', 'Raise the limit (ulimit -f), or use another file system.'],
  ENAMETOOLONG: ['its name is too long', 'Give a shorter name with --output.'],
};

function refusal(path: string, error: unknown): unknown {
  if (!(error instanceof Error && 'code' in error && typeof error.code === 'string')) return error;
  const [message, remedy] = CAUSES[error.code] ?? [error.message, 'Give another path with --output.'];
  return new RelopackError('output', `cannot write ${path}: ${message}`, remedy, { cause: error });
}
