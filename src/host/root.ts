import type { Stats } from 'node:fs';
import {
  fstatSync,
  lstatSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  readSync,
  realpathSync,
} from 'node:fs';
import { RelopackError, reason } from '../error.ts';
import { fileName } from './filename.ts';
import { isAbsence, refused, withOpenFile } from './open.ts';

/** MAXSYMLINKS of the kernel's path walk, path_resolution(7). */
const maxLinks = 40;

/** A name that is no UTF-8, see fileName. Node would look for another one. */
const loneSurrogate = /\p{Surrogate}/u;

/** What a path leads to: the canonical path inside the root, and what lstat says of it (never a link). */
interface Found {
  path: string;
  stats: Stats;
}

/**
 * The file system of the host that is packed, seen from inside: `/` or another directory that serves as one.
 *
 * Paths that go in and come out are absolute inside the root. Links are followed here and not by the kernel:
 * an absolute one starts at the root, and `..` stops there, so nothing outside is ever read. Where directories
 * lead and what lstat said is remembered, as a plan asks for the same paths again and again; a Root is for one run.
 *
 * Questions (`resolve`, `lstat`, …) answer undefined for what is not there, `read` throws RelopackError.
 */
export class Root {
  /** The root's own path, links resolved. */
  readonly path: string;
  /** What stands before a path inside the root to make it one outside: nothing for `/`. */
  readonly #prefix: string;
  readonly #directories = new Map<string, string | undefined>();
  readonly #stats = new Map<string, Stats | undefined>();

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
    this.#prefix = this.path === '/' ? '' : this.path;
  }

  /** The canonical path of what is there, all links followed. */
  resolve(path: string): string | undefined {
    return this.#find(path)?.path;
  }

  /**
   * The path with the links of its directory followed and the last component kept, itself a link or not, there
   * or not: what the files of two packages can be compared by. Undefined where the directory isn't there.
   */
  canonical(path: string): string | undefined {
    const cut = Math.max(path.lastIndexOf('/'), 0);
    const name = path.slice(cut + 1);
    if (isStep(name)) return this.#walk(path)?.path;
    const directory = this.#directory(path.slice(0, cut));
    return directory === undefined ? undefined : join(directory, name);
  }

  /** What the last component itself is. */
  lstat(path: string): Stats | undefined {
    const canonical = this.canonical(path);
    return canonical === undefined ? undefined : this.#examine(canonical);
  }

  /** What the path leads to. */
  stat(path: string): Stats | undefined {
    return this.#find(path)?.stats;
  }

  /**
   * What two paths to one file have in common. With all digits: overlayfs and network file systems have inodes that a
   * number rounds to that of a neighbour.
   */
  inode(path: string): string | undefined {
    const found = this.#find(path);
    if (found === undefined) return undefined;
    const stats = lstatSync(this.#outside(found.path), { bigint: true, throwIfNoEntry: false });
    return stats && `${stats.dev}:${stats.ino}`;
  }

  /** What a symbolic link says, as it is written. Undefined for anything else. */
  readlink(path: string): string | undefined {
    const canonical = this.canonical(path);
    if (canonical === undefined || !this.#examine(canonical)?.isSymbolicLink()) return undefined;
    return this.#target(canonical);
  }

  /** The names in a directory, sorted; none where there is no such directory. */
  list(path: string): string[] {
    const directory = this.#directory(path);
    if (directory === undefined) return [];
    try {
      return readdirSync(this.#outside(directory), { encoding: 'buffer' }).map(fileName).sort();
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
    return this.#outside(this.#expect(path).path);
  }

  #open<T>(path: string, use: (file: number) => T): T {
    const { path: canonical, stats } = this.#expect(path);
    if (!stats.isFile()) throw refused(path, 'it is not a regular file');
    return withOpenFile(this.#outside(canonical), path, use);
  }

  #expect(path: string): Found {
    const found = this.#find(path);
    if (found === undefined) throw refused(path, 'there is no such file');
    return found;
  }

  #find(path: string): Found | undefined {
    const canonical = this.canonical(path);
    const stats = canonical === undefined ? undefined : this.#examine(canonical);
    if (canonical === undefined || stats === undefined) return undefined;
    return stats.isSymbolicLink() ? this.#walk(canonical) : { path: canonical, stats };
  }

  #directory(path: string): string | undefined {
    const known = this.#directories.get(path);
    if (known !== undefined || this.#directories.has(path)) return known;
    const found = this.#walk(path);
    const directory = found?.stats.isDirectory() ? found.path : undefined;
    this.#directories.set(path, directory);
    return directory;
  }

  /** One component after the other, as in path_resolution(7). */
  #walk(path: string): Found | undefined {
    const pending = path.split('/').reverse();
    let at = '/';
    let links = 0;
    for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
      if (name === '' || name === '.') continue;
      if (name === '..') {
        at = at.slice(0, Math.max(1, at.lastIndexOf('/')));
        continue;
      }
      const next = join(at, name);
      const stats = this.#examine(next);
      if (stats?.isSymbolicLink()) {
        links += 1;
        const target = this.#target(next);
        if (links > maxLinks || target === undefined) return undefined;
        if (target.startsWith('/')) at = '/';
        pending.push(...target.split('/').reverse());
      } else if (stats?.isDirectory() || (stats !== undefined && pending.length === 0)) {
        at = next;
      } else {
        return undefined;
      }
    }
    const stats = this.#examine(at);
    return stats && { path: at, stats };
  }

  #examine(canonical: string): Stats | undefined {
    const known = this.#stats.get(canonical);
    if (known !== undefined || this.#stats.has(canonical)) return known;
    const stats = this.#lstat(canonical);
    this.#stats.set(canonical, stats);
    return stats;
  }

  #lstat(canonical: string): Stats | undefined {
    if (loneSurrogate.test(canonical)) return undefined;
    try {
      return lstatSync(this.#outside(canonical), { throwIfNoEntry: false });
    } catch (error) {
      if (isAbsence(error)) return undefined;
      throw refused(canonical, reason(error), error);
    }
  }

  #target(canonical: string): string | undefined {
    try {
      return fileName(readlinkSync(this.#outside(canonical), { encoding: 'buffer' }));
    } catch (error) {
      if (isAbsence(error)) return undefined;
      throw refused(canonical, reason(error), error);
    }
  }

  #outside(canonical: string): string {
    return this.#prefix + canonical;
  }
}

function join(directory: string, name: string): string {
  return directory === '/' ? `/${name}` : `${directory}/${name}`;
}

/** A component that is a step rather than a name. */
function isStep(name: string): boolean {
  return name === '' || name === '.' || name === '..';
}
