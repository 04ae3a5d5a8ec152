import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { RelopackError, reason } from '../common/error.ts';

/** The start of a line of sha256sum. A backslash says that the file name after it is escaped. */
const lineStart = /^\\?([0-9a-f]{64}) [ *]/;

/** The path of the checksum file of an archive. */
export function checksumPath(archive: string): string {
  return `${archive}.sha256`;
}

/**
 * The line that `sha256sum -c` reads. A backslash, newline or carriage return in the name is escaped as sha256sum does
 * it, and a backslash before the digest says so.
 */
export function formatChecksum(sha256: string, name: string): string {
  const escaped = name.replace(/\\/g, '\\\\').replace(/\n/g, '\\n').replace(/\r/g, '\\r');
  return `${escaped === name ? '' : '\\'}${sha256}  ${escaped}\n`;
}

/**
 * Whether an archive has the digest that its checksum file says. Undefined if there is no checksum file.
 *
 * Throws RelopackError 'file-missing' if one of the two cannot be read, or if the checksum file is not by sha256sum.
 */
export async function matchesChecksum(archive: string): Promise<boolean | undefined> {
  const path = checksumPath(archive);
  if (!existsSync(path)) return undefined;
  const expected = lineStart.exec(readText(path))?.[1];
  if (expected === undefined) throw unreadable(path, 'it does not begin with a line of sha256sum');
  return (await sha256Of(archive)) === expected;
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(path), hash);
  } catch (error) {
    throw unreadable(path, error);
  }
  return hash.digest('hex');
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw unreadable(path, error);
  }
}

function unreadable(path: string, cause: unknown): RelopackError {
  return new RelopackError(
    'file-missing',
    `cannot read ${path}: ${reason(cause)}`,
    'Fetch the archive and its checksum again, or delete the .sha256 file to skip this check.',
    { cause },
  );
}
