import { createHash } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  createReadStream,
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
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { type Extract, extract, type Header } from 'tar-stream';
import { RelopackError } from '../common/error.ts';
import { PERMISSIONS, type TarEntry } from './tar.ts';
import { malformed, Tree } from './tree.ts';

/** An entry as it stands on the disk now. */
export interface UnpackedEntry {
  type: TarEntry['type'];
  /** Relative to the directory: the archive's top folder comes first. */
  path: string;
  mode: number;
  /** Seconds since 1970. */
  mtime: number;
  /** Bytes of a file, else 0. */
  size: number;
  /** Of a file's bytes, hex; else empty. */
  sha256: string;
  /** Where a link leads, else empty: what a symbolic link says, the path of the file that a hard link shares. */
  target: string;
}

/**
 * Bytes that an archive may unfold to where the caller names no limit: a few kilobytes of gzip fill a disk else, and of
 * what comes from elsewhere nothing is known before.
 */
const LIMIT = 4 * 1024 ** 3;

/** Bytes that are read and inflated at a time. */
const CHUNK = 256 * 1024;

/**
 * Unpacks an archive into a directory, which must not exist yet, with permissions and times but without owners.
 * After an error the directory holds a part of the archive, and is the caller's to remove.
 *
 * Throws RelopackError: 'archive-malformed' for what is not a whole gzip of a whole tar, unfolds to more than `limit`
 * bytes, holds what Tree refuses or anything that is not a directory, file or link; 'file-missing' for an archive
 * that cannot be read; 'output' for a directory that cannot be written.
 */
export async function unpack(archive: string, directory: string, limit = LIMIT): Promise<UnpackedEntry[]> {
  const tree = new Tree();
  const entries: UnpackedEntry[] = [];
  const stream = extract();
  const fed = pipeline(
    createReadStream(archive, { highWaterMark: CHUNK }),
    createGunzip({ chunkSize: CHUNK }),
    (pieces: AsyncIterable<Buffer>) => feed(stream, pieces, limit),
  ).catch((error: unknown) => stream.destroy(error instanceof Error ? error : new Error(String(error))));
  try {
    mkdirSync(directory);
    for await (const source of stream) {
      const entry = admit(tree, source.header);
      // tar-stream's types leave open what its chunks are: Buffers.
      const sha256 = await make(directory, entry, source as AsyncIterable<Buffer>);
      entries.push({ ...entry, sha256 });
    }
    tree.finish();
    finishDirectories(directory, entries);
  } catch (error) {
    throw cause(error, archive, directory);
  } finally {
    stream.destroy();
    await fed;
  }
  return entries;
}

/** Hands the tar stream on, piece by piece, as fast as it is taken. */
async function feed(stream: Extract, pieces: AsyncIterable<Buffer>, limit: number): Promise<void> {
  const closed = new Promise<void>((resolve) => stream.once('close', resolve));
  let size = 0;
  for await (const piece of pieces) {
    size += piece.length;
    if (size > limit) throw tooLarge(limit);
    if (stream.destroying) return;
    if (stream.write(piece)) continue;
    const drained = new Promise<void>((resolve) => stream.once('drain', resolve));
    await Promise.race([drained, closed]);
  }
  stream.end(null);
}

const TYPES: Partial<Record<Header['type'], TarEntry['type']>> = {
  directory: 'directory',
  file: 'file',
  symlink: 'symlink',
  link: 'hardlink',
};

/** Turns a header into an entry that is safe to make. */
function admit(tree: Tree, header: Header): Omit<UnpackedEntry, 'sha256'> {
  const type = TYPES[header.type];
  if (type === undefined) {
    throw malformed(`${JSON.stringify(header.name)} is neither a file nor a directory nor a link`);
  }
  // GNU tar ends the names of directories with a slash.
  const path = type === 'directory' ? header.name.replace(/\/$/, '') : header.name;
  const target = type === 'symlink' || type === 'hardlink' ? (header.linkname ?? '') : '';
  tree.add(type, path, target);
  if (type !== 'file' && header.size > 0) throw malformed(`the ${type} ${JSON.stringify(path)} has contents`);
  const mtime = Math.trunc(header.mtime.getTime() / 1000);
  return { type, path, mode: header.mode & PERMISSIONS, mtime, size: header.size, target };
}

/** Makes what an entry describes, and returns the digest of a file; of a directory, what others may do comes last. */
async function make(
  directory: string,
  entry: Omit<UnpackedEntry, 'sha256'>,
  content: AsyncIterable<Buffer>,
): Promise<string> {
  const path = join(directory, entry.path);
  switch (entry.type) {
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
    case 'file': {
      const hash = createHash('sha256');
      const file = openSync(path, 'wx', 0o600);
      try {
        for await (const piece of content) {
          hash.update(piece);
          writeFileSync(file, piece);
        }
        // Past the umask, and after the writes, which change the time.
        fchmodSync(file, entry.mode);
        futimesSync(file, entry.mtime, entry.mtime);
      } finally {
        closeSync(file);
      }
      return hash.digest('hex');
    }
  }
  return '';
}

/**
 * When all is in them, since that touches their times. The owner keeps every right, whatever the archive says (Fedora's
 * own /usr/bin is 0555): nobody but root could remove the tree otherwise.
 */
function finishDirectories(directory: string, entries: UnpackedEntry[]): void {
  for (const { type, path, mode, mtime } of entries) {
    if (type !== 'directory') continue;
    const made = join(directory, path);
    utimesSync(made, mtime, mtime);
    chmodSync(made, mode | 0o700);
  }
}

/** It may be whole for all that: there is only no telling. */
function tooLarge(limit: number): RelopackError {
  return new RelopackError(
    'archive-malformed',
    `the archive unfolds to more than ${limit} bytes, which is the most that is unpacked of one from elsewhere`,
    'Unpack it by hand (tar -xzf) only where you know who packed it, and there is room for it.',
  );
}

/** Tells what the archive did wrong from what the file system refused. */
function cause(error: unknown, archive: string, directory: string): unknown {
  if (error instanceof RelopackError || !(error instanceof Error)) return error;
  if (!('syscall' in error)) return malformed(error.message, { cause: error });
  if (error.syscall === 'read' || ('path' in error && error.path === archive)) {
    const remedy = 'Give the path of a readable archive.';
    return new RelopackError('file-missing', `cannot read ${archive}: ${error.message}`, remedy, {
      cause: error,
    });
  }
  const remedy = 'Free some room there, or let TMPDIR name another directory.';
  return new RelopackError('output', `cannot unpack into ${directory}: ${error.message}`, remedy, {
    cause: error,
  });
}
