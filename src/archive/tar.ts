import { type Header, type Pack, pack } from 'tar-stream';

/**
 * One entry of an archive. Its path is relative, without `.` or `..` and without a slash at the end; mtime is in whole
 * seconds since 1970. The target of a hard link is the path of an earlier file of the archive.
 */
export type TarEntry =
  | { type: 'directory'; path: string; mode: number; mtime: number }
  | { type: 'file'; path: string; mode: number; mtime: number; content: Buffer }
  | { type: 'symlink'; path: string; mtime: number; target: string }
  | { type: 'hardlink'; path: string; mode: number; mtime: number; target: string };

/** The bits of a mode that an archive keeps: not setuid, setgid and sticky. */
export const PERMISSIONS = 0o777;

/**
 * Writes entries as a tar stream, in their order: ustar, with a pax header where a name does not fit into ustar.
 * Owner and group are 0, without names. An entry is asked for when the one before it has been read from the stream.
 */
export async function* tar(entries: AsyncIterable<TarEntry>): AsyncGenerator<Buffer> {
  const stream = pack();
  const filled = fill(stream, entries);
  // tar-stream's types leave open what its chunks are: Buffers.
  yield* stream as AsyncIterable<Buffer>;
  await filled;
}

async function fill(stream: Pack, entries: AsyncIterable<TarEntry>): Promise<void> {
  try {
    for await (const entry of entries) await add(stream, entry);
    stream.finalize();
  } catch (error) {
    // The reader of the stream gets the error.
    stream.destroy(error instanceof Error ? error : new Error(String(error)));
  }
}

function add(stream: Pack, entry: TarEntry): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = (error?: Error | null) => (error ? reject(error) : resolve());
    if (entry.type === 'file') stream.entry(header(entry), entry.content, done);
    else stream.entry(header(entry), done);
  });
}

function header(entry: TarEntry): Partial<Header> & Pick<Header, 'name'> {
  const { path: name } = entry;
  const mtime = new Date(1000 * Math.min(Math.max(0, Math.trunc(entry.mtime)), MTIME_MAX));
  switch (entry.type) {
    case 'directory':
      return { name, mtime, type: 'directory', mode: bits(entry.mode) };
    case 'file':
      return { name, mtime, type: 'file', mode: bits(entry.mode) };
    case 'symlink':
      return { name, mtime, type: 'symlink', mode: PERMISSIONS, linkname: entry.target };
    case 'hardlink':
      return { name, mtime, type: 'link', mode: bits(entry.mode), linkname: entry.target };
  }
}

/** tar-stream counts in 32 bits. */
const MTIME_MAX = 2 ** 31 - 1;

/** tar-stream takes 0 for a missing mode; a bit above those that it writes keeps 0 as it is. */
function bits(mode: number): number {
  return (mode & PERMISSIONS) | 0o100000;
}
