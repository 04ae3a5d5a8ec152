import type { Stats } from 'node:fs';
import { fstatSync, lstatSync, readdirSync, readFileSync, readSync, realpathSync } from 'node:fs';
import { RelopackError, reason } from '../common/error.ts';
import { fileName } from './file-name.ts';
import { type Found, PathWalk } from './path-walk.ts';
import { refused, withOpenFile } from './read-file.ts';

/**
 * The file system of the host that is packed, seen from inside: `/` or another directory that serves as one.
 *
 * Paths that go in and come out are absolute inside the root, and nothing outside is ever read. What was asked before is
 * remembered, as a plan asks for the same paths again and again; a Root is for one run.
 *
 * Questions (`resolve`, `lstat`, …) answer undefined for what is not there, `read` throws RelopackError.
 */
export class Root {
  /** The root's own path, links resolved. */
  readonly path: string;
  readonly #walk: PathWalk;

  /** Throws RelopackError 'file-missing' where the path is not that of a directory. */
  constructor(path: string) {
    try {
      this.path = realpathSync(path);
      readdirSync(this.path);
    } catch (error) {
      throw new RelopackError(
        'file-missing',
        `${path} can't serve as root: ${reason(error)}`,
        'Give as root the directory that a host is installed in.',
        { cause: error },
      );
    }
    this.#walk = new PathWalk(this.path);
  }

  /** The canonical path of what is there, all links followed. */
  resolve(path: string): string | undefined {
    return this.#walk.find(path)?.path;
  }

  /**
   * The path with the links of its directory followed and the last component kept, itself a link or not, there
   * or not: what the files of two packages can be compared by. Undefined where the directory isn't there.
   */
  canonical(path: string): string | undefined {
    return this.#walk.canonical(path);
  }

  /** What the last component itself is. */
  lstat(path: string): Stats | undefined {
    const canonical = this.canonical(path);
    return canonical === undefined ? undefined : this.#walk.examine(canonical);
  }

  /** What the path leads to. */
  stat(path: string): Stats | undefined {
    return this.#walk.find(path)?.stats;
  }

  /**
   * What two paths to one file have in common. With all digits: overlayfs and network file systems have inodes that a
   * number rounds to that of a neighbour.
   */
  inode(path: string): string | undefined {
    const found = this.#walk.find(path);
    if (found === undefined) return undefined;
    const stats = lstatSync(this.#walk.outside(found.path), { bigint: true, throwIfNoEntry: false });
    return stats && `${stats.dev}:${stats.ino}`;
  }

  /** What a symbolic link says, as it is written. Undefined for anything else. */
  readlink(path: string): string | undefined {
    const canonical = this.canonical(path);
    if (canonical === undefined || !this.#walk.examine(canonical)?.isSymbolicLink()) return undefined;
    return this.#walk.target(canonical);
  }

  /** The names in a directory, sorted; none where there is no such directory. */
  list(path: string): string[] {
    const directory = this.#walk.directory(path);
    if (directory === undefined) return [];
    try {
      return readdirSync(this.#walk.outside(directory), { encoding: 'buffer' }).map(fileName).sort();
    } catch (error) {
      throw refused(path, reason(error), error);
    }
  }

  /**
   * The content of a regular file. Throws RelopackError 'file-missing' for one that is not there, can't be
   * read, or is none: reading a FIFO or a device might never end.
   */
  read(path: string): Buffer {
    return this.#open(path, (file) => readFileSync(file));
  }

  /**
   * Lets `use` read parts of a regular file: it is given the file's size and what fills a buffer from a place of it.
   * Throws as `read`.
   */
  readParts<T>(path: string, use: (size: number, read: (into: Buffer, at: number) => void) => T): T {
    return this.#open(path, (file) => {
      const { size } = fstatSync(file);
      return use(size, (into, at) => {
        for (let done = 0, count = -1; done < into.length && count !== 0; done += count)
          count = readSync(file, into, done, into.length - done, at + done);
      });
    });
  }

  /** The first bytes of a regular file, as many as asked for or all it has. Throws as `read`. */
  head(path: string, length: number): Buffer {
    return this.#open(path, (file) => {
      const bytes = Buffer.alloc(length);
      return bytes.subarray(0, readSync(file, bytes, 0, length, 0));
    });
  }

  /** The real path, outside of the root, of what the path leads to; for other programs. Throws as `read`. */
  onDisk(path: string): string {
    return this.#walk.outside(this.#expect(path).path);
  }

  #open<T>(path: string, use: (file: number) => T): T {
    const { path: canonical, stats } = this.#expect(path);
    if (!stats.isFile()) throw refused(path, 'it is not a regular file');
    return withOpenFile(this.#walk.outside(canonical), path, use);
  }

  #expect(path: string): Found {
    const found = this.#walk.find(path);
    if (found === undefined) throw refused(path, 'there is no such file');
    return found;
  }
}
