import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, lstatSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { RelopackError } from '../common/error.ts';
import { message, option } from '../common/message.ts';
import { withScratch } from '../common/scratch.ts';
import { checksumPath, formatChecksum } from './checksum.ts';
import { orOutputError } from './output-error.ts';
import { inTurn } from './turn.ts';

/** A finished file with a checksum file beside it. */
export interface Output extends WrittenFile {
  /** Absolute. */
  path: string;
}

export interface WrittenFile {
  /** Bytes. */
  size: number;
  /** Hex. */
  sha256: string;
}

/**
 * Writes a file and its checksum file under temporary names, and renames both if the check passes. `write` gets the
 * temporary name in the directory of `path`, and returns the size and digest of the file. `check` gets the name when
 * both files are on the disk. The result is that of both, with the absolute path.
 *
 * If one of them throws, or the process is killed, no file gets the final name, and an earlier file stays whole. If two
 * runs write the same name at once, the last one to finish wins, and its checksum is the one beside the file.
 *
 * Throws RelopackError 'output' if the file system refuses, and the errors of `write` and `check`.
 */
export async function withOutput<W extends WrittenFile, C extends object>(
  path: string,
  write: (temporary: string) => Promise<W>,
  check: (temporary: string) => Promise<C>,
): Promise<Output & W & C> {
  const final = resolve(path);
  const checksum = checksumPath(final);
  const directory = dirname(final);
  requireRegularFile(final);
  requireRegularFile(checksum);

  return await withScratch(directory, basename(final), (temporary) =>
    withScratch(directory, basename(checksum), async (temporaryChecksum) => {
      const written = await write(temporary);
      const line = Buffer.from(formatChecksum(written.sha256, basename(final)));
      await writeNewFile(temporaryChecksum, [line], checksum);
      const checked = await check(temporary);
      await inTurn(final, () =>
        orOutputError(final, () => {
          // In this order, a kill in between can leave a file without its checksum, but never with another file's.
          rmSync(checksum, { force: true });
          renameSync(temporary, final);
          renameSync(temporaryChecksum, checksum);
        }),
      );
      return { path: final, ...written, ...checked };
    }),
  );
}

/** Writes a new file and syncs it to the disk. Errors name `path`, which the file is going to have. */
export async function writeNewFile(
  temporary: string,
  bytes: AsyncIterable<Buffer> | Iterable<Buffer>,
  path: string,
): Promise<WrittenFile> {
  const hash = createHash('sha256');
  let size = 0;
  // 'wx' is O_CREAT | O_EXCL, which also follows no link.
  const file = orOutputError(path, () => openSync(temporary, 'wx'));
  try {
    for await (const piece of bytes) {
      hash.update(piece);
      size += piece.length;
      orOutputError(path, () => writeFileSync(file, piece));
    }
    orOutputError(path, () => fsyncSync(file));
  } finally {
    closeSync(file);
  }
  return { size, sha256: hash.digest('hex') };
}

/** Refuses to replace a directory, a device, or a link such as /dev/stdout. A rename would replace the last two. */
function requireRegularFile(path: string): void {
  const found = orOutputError(path, () => lstatSync(path, { throwIfNoEntry: false }));
  if (found === undefined || found.isFile()) return;
  const kind = found.isDirectory()
    ? 'a directory'
    : found.isSymbolicLink()
      ? 'a symbolic link'
      : 'not a regular file';
  throw new RelopackError(
    'output',
    `${path} is ${kind}`,
    message`Give the name of a file with ${option('output')}.`,
  );
}
