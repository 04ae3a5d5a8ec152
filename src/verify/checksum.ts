import { createHash } from 'node:crypto';
import { createReadStream, readFileSync, statSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';

/** A line of sha256sum, about a file name that it had to escape or not. */
const checksumLine = /^\\?([0-9a-f]{64}) [ *]/;

/** No checksum of one file is longer: PATH_MAX and some. */
const longest = 8192;

/** Whether a file has the digest that `NAME.sha256` beside it says; undefined where there is no such file. */
export async function matchesChecksum(path: string): Promise<boolean | undefined> {
  const beside = `${path}.sha256`;
  const stats = statSync(beside, { throwIfNoEntry: false });
  if (stats === undefined || !stats.isFile()) return undefined;
  const said = stats.size > longest ? undefined : checksumLine.exec(readFileSync(beside, 'utf8'))?.[1];
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex') === said;
}
