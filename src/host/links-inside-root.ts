import type { Stats } from 'node:fs';
import { lstatSync, readlinkSync } from 'node:fs';
import { posix } from 'node:path';
import { reason } from '../common/error.ts';
import { fileName } from './file-name.ts';
import { isAbsence, unreadable, withOpenDirectory } from './read-file.ts';

/** The kernel follows at most this many links in one path (MAXSYMLINKS, path_resolution(7)). */
export const maxLinks = 40;

/** A name that is not UTF-8, see fileName. Node would look for another name. */
const loneSurrogate = /\p{Surrogate}/u;

/** The target of a path: its canonical path inside the root and its stats. It is never a link. */
export interface Found {
  path: string;
  stats: Stats;
}

/**
 * Follows the links inside a root, so that no link leaves the root. It does so itself, as the kernel would leave it: an
 * absolute link starts at the root, and `..` at the root stays there (path_resolution(7)). It remembers the targets of
 * directories and the results of lstat.
 */
export class LinksInsideRoot {
  /** The text before a path inside the root that makes it a path on the disk. It is empty for `/`. */
  readonly #prefix: string;
  readonly #directories = new Map<string, string | undefined>();
  readonly #stats = new Map<string, Stats | undefined>();

  /** `root` is a real path: absolute, without links. */
  constructor(root: string) {
    this.#prefix = root === '/' ? '' : root;
  }

  /** Finds the target of a path, with all links followed. Undefined if nothing is there. */
  find(path: string): Found | undefined {
    const canonical = this.canonical(path);
    const stats = canonical === undefined ? undefined : this.examine(canonical);
    if (canonical === undefined || stats === undefined) return undefined;
    return stats.isSymbolicLink() ? this.#walk(canonical) : { path: canonical, stats };
  }

  /**
   * Follows the links of the directory and keeps the last component, which may be a link or absent. Paths in this form
   * tell whether two packages have the same file. Returns undefined if the directory does not exist.
   */
  canonical(path: string): string | undefined {
    const cut = Math.max(path.lastIndexOf('/'), 0);
    const name = path.slice(cut + 1);
    if (isStep(name)) return this.#walk(path)?.path;
    const directory = this.directory(path.slice(0, cut));
    return directory === undefined ? undefined : join(directory, name);
  }

  /** The canonical path of a directory, with all links followed; undefined if it is not a directory. */
  directory(path: string): string | undefined {
    const known = this.#directories.get(path);
    if (known !== undefined || this.#directories.has(path)) return known;
    const found = this.#walk(path);
    const directory = found?.stats.isDirectory() ? found.path : undefined;
    this.#directories.set(path, directory);
    return directory;
  }

  /** The stats of a canonical path by lstat, which does not follow a link. */
  examine(canonical: string): Stats | undefined {
    const known = this.#stats.get(canonical);
    if (known !== undefined || this.#stats.has(canonical)) return known;
    const stats = this.#lstat(canonical);
    this.#stats.set(canonical, stats);
    return stats;
  }

  /** The target of a link, as it is written. `canonical` is the canonical path of the link. */
  target(canonical: string): string | undefined {
    const { dir, base } = posix.parse(this.outside(canonical));
    return withOpenDirectory(dir, canonical, (directory) => {
      try {
        return fileName(readlinkSync(`${directory}/${base}`, { encoding: 'buffer' }));
      } catch (error) {
        if (isAbsence(error)) return undefined;
        throw error;
      }
    });
  }

  /** The path on the disk, outside of the root. */
  outside(canonical: string): string {
    return canonical === '/' ? this.#prefix || '/' : this.#prefix + canonical;
  }

  /** Resolves one component after the other, as in path_resolution(7). */
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
      const stats = this.examine(next);
      if (stats?.isSymbolicLink()) {
        links += 1;
        const target = this.target(next);
        if (links > maxLinks || target === undefined) return undefined;
        if (target.startsWith('/')) at = '/';
        pending.push(...target.split('/').reverse());
      } else if (stats?.isDirectory() || (stats !== undefined && pending.length === 0)) {
        at = next;
      } else {
        return undefined;
      }
    }
    const stats = this.examine(at);
    return stats && { path: at, stats };
  }

  #lstat(canonical: string): Stats | undefined {
    if (loneSurrogate.test(canonical)) return undefined;
    try {
      return lstatSync(this.outside(canonical), { throwIfNoEntry: false });
    } catch (error) {
      if (isAbsence(error)) return undefined;
      throw unreadable(canonical, reason(error), error);
    }
  }
}

function join(directory: string, name: string): string {
  return directory === '/' ? `/${name}` : `${directory}/${name}`;
}

/** Whether a component is a step (empty, `.` or `..`) and not a name. */
function isStep(name: string): boolean {
  return name === '' || name === '.' || name === '..';
}
