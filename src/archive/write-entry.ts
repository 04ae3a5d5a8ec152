import { createHash } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  fchmodSync,
  futimesSync,
  linkSync,
  lutimesSync,
  mkdirSync,
  openSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { permissionBits, type TarEntry } from './tar.ts';

/** An entry that was unpacked. */
export interface UnpackedEntry {
  type: TarEntry['type'];
  /** Relative to the directory, so it begins with the archive's top folder. */
  path: string;
  /** With setuid, setgid and sticky, which no file on the disk gets. */
  mode: number;
  /** Seconds since 1970. */
  mtime: number;
  /** Bytes of a file, else 0. */
  size: number;
  /** Digest of a file, in hex; else empty. */
  sha256: string;
  /** The text of a symbolic link, or the path of the file that a hard link shares; else empty. */
  target: string;
}

/** The permission of a file's owner to read it. */
export const ownerReads = 0o400;

/** An entry as its header in the archive describes it. */
export type EntryHeader = Omit<UnpackedEntry, 'sha256'>;

/** Makes an entry and returns the digest of a file, else ''. A directory gets its mode and time at the end. */
export async function makeEntry(
  directory: string,
  entry: EntryHeader,
  content: AsyncIterable<Buffer>,
): Promise<string> {
  const path = join(directory, entry.path);
  switch (entry.type) {
    case 'file':
      return await writeContent(path, entry, content);
    case 'directory':
      mkdirSync(path, 0o700);
      break;
    case 'symlink':
      symlinkSync(entry.target, path);
      lutimesSync(path, entry.mtime, entry.mtime);
      break;
    case 'hardlink':
      linkSync(join(directory, entry.target), path);
      break;
  }
  return '';
}

async function writeContent(
  path: string,
  { mode, mtime }: EntryHeader,
  content: AsyncIterable<Buffer>,
): Promise<string> {
  const hash = createHash('sha256');
  const file = openSync(path, 'wx', 0o600);
  try {
    for await (const piece of content) {
      hash.update(piece);
      writeFileSync(file, piece);
    }
    // Mode and time are set here because the umask changes the mode of a new file, and writing changes the time.
    fchmodSync(file, (mode & permissionBits) | ownerReads);
    futimesSync(file, mtime, mtime);
  } finally {
    closeSync(file);
  }
  return hash.digest('hex');
}

/**
 * Sets mode and time of the directories. This comes last, since a new file in a directory changes its time. The owner
 * keeps all permissions, because only root could remove the tree otherwise: Fedora's /usr/bin is 0555.
 */
export function finishDirectories(directory: string, entries: Iterable<UnpackedEntry>): void {
  for (const { type, path, mode, mtime } of entries) {
    if (type !== 'directory') continue;
    const made = join(directory, path);
    utimesSync(made, mtime, mtime);
    chmodSync(made, (mode & permissionBits) | 0o700);
  }
}
