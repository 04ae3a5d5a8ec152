import { type Header, type Pack, pack } from 'tar-stream';

/**
 * One entry of an archive. Its path is relative, has no `.` or `..`, and does not end in a slash. `mtime` is in whole
 * seconds since 1970. The target of a hard link is the path of an earlier file in the archive.
 */
export type TarEntry =
  | { type: 'directory'; path: string; mode: number; mtime: number }
  | { type: 'file'; path: string; mode: number; mtime: number; content: Buffer }
  | { type: 'symlink'; path: string; mtime: number; target: string }
  | { type: 'hardlink'; path: string; mode: number; mtime: number; target: string };

/** The bits of a mode that an archive keeps. Setuid, setgid and sticky are dropped. */
export const permissionBits = 0o777;

/** The latest time that tar-stream can write: it counts seconds in 32 bits. */
const maxMtime = 2 ** 31 - 1;

/**
 * Writes entries as a tar stream, in the order given. The format is ustar, with a pax header for a name that ustar has
 * no place for. Owner and group are 0, without names. The next entry is requested after the one before it was read
 * from the stream.
 */
export async function* tar(entries: AsyncIterable<TarEntry>): AsyncGenerator<Buffer> {
  const stream = pack();
  const filled = fill(stream, entries);
  // The chunks are Buffers, but tar-stream's types do not say so.
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
  const mtime = new Date(1000 * Math.min(Math.max(0, Math.trunc(entry.mtime)), maxMtime));
  switch (entry.type) {
    case 'directory':
      return { name, mtime, type: 'directory', mode: headerMode(entry.mode) };
    case 'file':
      return { name, mtime, type: 'file', mode: headerMode(entry.mode) };
    case 'symlink':
      return { name, mtime, type: 'symlink', mode: permissionBits, linkname: entry.target };
    case 'hardlink':
      return { name, mtime, type: 'link', mode: headerMode(entry.mode), linkname: entry.target };
  }
}

/** The mode for tar-stream, which replaces 0 by a default. A bit that it does not write keeps a mode of 0 as it is. */
function headerMode(mode: number): number {
  return (mode & permissionBits) | 0o100000;
}
