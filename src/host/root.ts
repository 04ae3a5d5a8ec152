import type { Stats } from 'node:fs';
import { fstatSync, lstatSync, readdirSync, readSync, realpathSync } from 'node:fs';
import { RelopackError, reason } from '../common/error.ts';
import { message, option } from '../common/message.ts';
import { fileName } from './file-name.ts';
import { type Found, LinksInsideRoot } from './links-inside-root.ts';
import { contentOf, unreadable, withOpenDirectory, withOpenFile } from './read-file.ts';

/**
 * The file system of the host that is packed, seen from its root: `/`, or the directory that --root names.
 *
 * All paths are absolute inside the root, and nothing outside of the root is ever read. Answers are remembered, as a
 * plan asks for the same paths many times; so a Root is for one run only.
 *
 * Questions (`resolve`, `lstat`, …) return undefined if the file does not exist. `read` throws RelopackError.
 */
export class Root {
  /** The root's own path on the disk, with links resolved. */
  readonly path: string;
  readonly #links: LinksInsideRoot;

  /** `path` is real: absolute, without links. `openRoot` accepts any other. */
  constructor(path: string) {
    this.path = path;
    this.#links = new LinksInsideRoot(path);
  }

  /** The canonical path of the target, with all links followed. */
  resolve(path: string): string | undefined {
    return this.#links.find(path)?.path;
  }

  /**
   * Follows the links of the directory and keeps the last component, which may be a link or absent. Paths in this form
   * tell whether two packages have the same file. Returns undefined if the directory does not exist.
   */
  canonical(path: string): string | undefined {
    return this.#links.canonical(path);
  }

  /** The stats of the last component itself, which may be a link. */
  lstat(path: string): Stats | undefined {
    const canonical = this.canonical(path);
    return canonical === undefined ? undefined : this.#links.examine(canonical);
  }

  /** The stats of the target, with all links followed. */
  stat(path: string): Stats | undefined {
    return this.#links.find(path)?.stats;
  }

  /**
   * Device and inode as one text, which is equal for two hard links to one file. It has all digits: overlayfs and
   * network file systems have inodes that a JavaScript number would round to another file's.
   */
  inode(path: string): string | undefined {
    const found = this.#links.find(path);
    if (found === undefined) return undefined;
    const stats = lstatSync(this.#links.outside(found.path), { bigint: true, throwIfNoEntry: false });
    return stats && `${stats.dev}:${stats.ino}`;
  }

  /** The target of a symbolic link, as it is written. Undefined for anything else. */
  readlink(path: string): string | undefined {
    const canonical = this.canonical(path);
    if (canonical === undefined || !this.#links.examine(canonical)?.isSymbolicLink()) return undefined;
    return this.#links.target(canonical);
  }

  /** The names in a directory, sorted. An absent directory has none. */
  list(path: string): string[] {
    const directory = this.#links.directory(path);
    if (directory === undefined) return [];
    return withOpenDirectory(this.#links.outside(directory), path, (onDisk) =>
      readdirSync(onDisk, { encoding: 'buffer' }).map(fileName).sort(),
    );
  }

  /**
   * The content of a regular file. Throws RelopackError 'file-missing' if the file is absent, cannot be read, or is not
   * a regular file: reading a FIFO or a device might never end.
   */
  read(path: string): Buffer {
    return this.#open(path, (file) => contentOf(file, path));
  }

  /**
   * Lets `use` read parts of a regular file. It gets the file's size, and a function that fills a buffer from an offset in
   * the file. Throws the errors of `read`.
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

  /** The first `length` bytes of a regular file, or fewer if it is shorter. Throws the errors of `read`. */
  head(path: string, length: number): Buffer {
    return this.#open(path, (file) => {
      const bytes = Buffer.alloc(length);
      return bytes.subarray(0, readSync(file, bytes, 0, length, 0));
    });
  }

  /** The path of the target on the disk, for other programs. Throws the errors of `read`. */
  onDisk(path: string): string {
    return this.#links.outside(this.#expect(path).path);
  }

  #open<T>(path: string, use: (file: number) => T): T {
    const { path: canonical, stats } = this.#expect(path);
    if (!stats.isFile()) throw unreadable(path, 'it is not a regular file');
    return withOpenFile(this.#links.outside(canonical), path, use);
  }

  #expect(path: string): Found {
    const found = this.#links.find(path);
    if (found === undefined) throw unreadable(path, 'there is no such file');
    return found;
  }
}

/** Opens the root at a path on the disk. Throws RelopackError 'file-missing' if it is not a directory that can be read. */
export function openRoot(path: string): Root {
  try {
    const real = realpathSync(path);
    readdirSync(real);
    return new Root(real);
  } catch (error) {
    throw new RelopackError(
      'file-missing',
      `the root ${path} cannot be read: ${reason(error)}`,
      message`Set ${option('root')} to the directory that a host is installed in.`,
      { cause: error },
    );
  }
}
