import { createReadStream, mkdirSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { type Extract, extract, type Header } from 'tar-stream';
import { RelopackError } from '../common/error.ts';
import { type Limits, limitsFor } from './limits.ts';
import type { TarEntry } from './tar.ts';
import { checkEntry, checkTree, malformed, Tree } from './tree.ts';
import { type EntryHeader, finishDirectories, makeEntry, type UnpackedEntry } from './write-entry.ts';

/** Setuid, setgid, sticky and the permissions. */
const modeBits = 0o7777;

/** Bytes that are read and inflated at a time. */
const chunkSize = 256 * 1024;

/**
 * Unpacks an archive into a directory that does not exist yet, with permissions and times but without owners. After an
 * error the directory may contain a part of the archive; the caller removes it. On the disk, a file has no setuid,
 * setgid or sticky bit, and its owner can read it, so that verification can.
 *
 * Throws RelopackError 'archive-malformed' if the archive
 * - is not a complete gzip of a complete tar,
 * - exceeds a limit,
 * - breaks a rule of tree.ts, or
 * - contains anything but directories, files and links.
 *
 * Throws 'file-missing' if the archive cannot be read, and 'output' if the directory cannot be written.
 */
export async function unpack(
  archive: string,
  directory: string,
  limits: Limits = limitsFor(archive),
): Promise<UnpackedEntry[]> {
  const tree = new Tree<UnpackedEntry>(limits.maxLookups);
  const stream = extract();
  const fed = pipeline(
    createReadStream(archive, { highWaterMark: chunkSize }),
    createGunzip({ chunkSize }),
    (pieces: AsyncIterable<Buffer>) => feed(stream, pieces, limits),
  ).catch((error: unknown) => stream.destroy(error instanceof Error ? error : new Error(String(error))));
  try {
    mkdirSync(directory);
    for await (const source of stream) {
      const entry = readHeader(source.header);
      checkEntry(entry, tree);
      if (tree.size === limits.maxEntries) throw tooLarge(limits.maxEntries, 'entries');
      // The chunks are Buffers, but tar-stream's types do not say so.
      const sha256 = await makeEntry(directory, entry, source as AsyncIterable<Buffer>);
      tree.add({ ...entry, sha256 });
    }
    checkTree(tree);
    finishDirectories(directory, tree.entries);
  } catch (error) {
    throw unpackError(error, archive, directory);
  } finally {
    stream.destroy();
    await fed;
  }
  return tree.entries;
}

/** Passes the bytes to the tar stream, as fast as it reads them. */
async function feed(stream: Extract, pieces: AsyncIterable<Buffer>, { maxSize }: Limits): Promise<void> {
  const closed = new Promise<void>((resolve) => stream.once('close', resolve));
  let size = 0;
  for await (const piece of pieces) {
    size += piece.length;
    // An error that is thrown here would be hidden: Node 20 reports the AbortError of the stream that it closes.
    if (size > maxSize) stream.destroy(tooLarge(maxSize, 'bytes'));
    if (stream.destroying) return;
    if (stream.write(piece)) continue;
    const drained = new Promise<void>((resolve) => stream.once('drain', resolve));
    await Promise.race([drained, closed]);
  }
  stream.end(null);
}

const entryTypes: Partial<Record<Header['type'], TarEntry['type']>> = {
  directory: 'directory',
  file: 'file',
  symlink: 'symlink',
  link: 'hardlink',
};

/** The entry that a tar header describes. */
function readHeader(header: Header): EntryHeader {
  const type = entryTypes[header.type];
  if (type === undefined) {
    throw malformed(`${JSON.stringify(header.name)} is not a file, a directory or a link`);
  }
  // GNU tar ends the names of directories with a slash.
  const path = type === 'directory' ? header.name.replace(/\/$/, '') : header.name;
  const target = type === 'symlink' || type === 'hardlink' ? (header.linkname ?? '') : '';
  const mtime = Math.trunc(header.mtime.getTime() / 1000);
  return { type, path, mode: header.mode & modeBits, mtime, size: header.size, target };
}

/** The archive may still be sound: nothing tells a large one from one that was made to fill the disk. */
function tooLarge(limit: number, of: 'bytes' | 'entries'): RelopackError {
  return new RelopackError(
    'archive-malformed',
    `the archive contains more than ${limit} ${of}, the limit for an archive of its size`,
    'It was not verified. If you trust its source and the disk has room for it, unpack it yourself: tar -xzf ARCHIVE.',
  );
}

/** The error to report: a fault of the archive, or a refusal of the file system. */
function unpackError(error: unknown, archive: string, directory: string): unknown {
  if (error instanceof RelopackError || !(error instanceof Error)) return error;
  const options = { cause: error };
  if (!('syscall' in error)) return malformed(error.message, options);
  if ('code' in error && error.code === 'ENAMETOOLONG')
    return malformed('one of its names is too long', options);
  if (error.syscall === 'read' || ('path' in error && error.path === archive)) {
    const remedy = 'Give the path of a readable archive.';
    return new RelopackError('file-missing', `cannot read ${archive}: ${error.message}`, remedy, options);
  }
  const remedy = 'Free some room there, or set TMPDIR to another directory.';
  return new RelopackError('output', `cannot unpack into ${directory}: ${error.message}`, remedy, options);
}
