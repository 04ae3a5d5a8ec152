import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { RelopackError, reason } from '../common/error.ts';

/** A line of sha256sum, about a file name that it had to escape or not. */
const checksumLine = /^\\?([0-9a-f]{64}) [ *]/;

/**
 * Whether a file has the digest that `NAME.sha256` beside it says; undefined where there is no such file.
 *
 * Throws RelopackError 'file-missing' where one of them can't be read, or the latter isn't what sha256sum prints.
 */
export async function matchesChecksum(path: string): Promise<boolean | undefined> {
  const beside = `${path}.sha256`;
  if (!existsSync(beside)) return undefined;
  const said = checksumLine.exec(readChecksum(beside))?.[1];
  if (said === undefined) throw unreadable(beside, 'it has no line as sha256sum writes it');
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(path), hash);
  } catch (error) {
    throw unreadable(path, error);
  }
  return hash.digest('hex') === said;
}

function readChecksum(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw unreadable(path, error);
  }
}

function unreadable(path: string, why: unknown): RelopackError {
  const remedy = 'Fetch the archive and its checksum again, or put the checksum away to do without.';
  return new RelopackError('file-missing', `cannot read ${path}: ${reason(why)}`, remedy, { cause: why });
}
