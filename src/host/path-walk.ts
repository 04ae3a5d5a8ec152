import type { Stats } from 'node:fs';
import { lstatSync, readlinkSync } from 'node:fs';
import { reason } from '../common/error.ts';
import { fileName } from './file-name.ts';
import { isAbsence, refused } from './read-file.ts';

/** MAXSYMLINKS of the kernel's path walk, path_resolution(7). */
const maxLinks = 40;

/** A name that is no UTF-8, see fileName. Node would look for another one. */
const loneSurrogate = /\p{Surrogate}/u;

/** What a path leads to: the canonical path inside the root, and what lstat says of it (never a link). */
export interface Found {
  path: string;
  stats: Stats;
}

/**
 * The walk of paths inside a root, as in path_resolution(7). Links are followed here and not by the kernel: an absolute one
 * starts at the root, and `..` stops there. Where directories lead and what lstat said is remembered.
 */
export class PathWalk {
  /** What stands before a path inside the root to make it one outside: nothing for `/`. */
  readonly #prefix: string;
  readonly #directories = new Map<string, string | undefined>();
  readonly #stats = new Map<string, Stats | undefined>();

  /** `root` is a real path. */
  constructor(root: string) {
    this.#prefix = root === '/' ? '' : root;
  }

  /** What a path leads to, all links followed. */
  find(path: string): Found | undefined {
    const canonical = this.canonical(path);
    const stats = canonical === undefined ? undefined : this.examine(canonical);
    if (canonical === undefined || stats === undefined) return undefined;
    return stats.isSymbolicLink() ? this.#walk(canonical) : { path: canonical, stats };
  }

  /**
   * The path with the links of its directory followed and the last component kept, itself a link or not, there
   * or not: what the files of two packages can be compared by. Undefined where the directory isn't there.
   */
  canonical(path: string): string | undefined {
    const cut = Math.max(path.lastIndexOf('/'), 0);
    const name = path.slice(cut + 1);
    if (isStep(name)) return this.#walk(path)?.path;
    const directory = this.directory(path.slice(0, cut));
    return directory === undefined ? undefined : join(directory, name);
  }

  /** The canonical path of a directory, all links followed. */
  directory(path: string): string | undefined {
    const known = this.#directories.get(path);
    if (known !== undefined || this.#directories.has(path)) return known;
    const found = this.#walk(path);
    const directory = found?.stats.isDirectory() ? found.path : undefined;
    this.#directories.set(path, directory);
    return directory;
  }

  /** What lstat says of a canonical path. */
  examine(canonical: string): Stats | undefined {
    const known = this.#stats.get(canonical);
    if (known !== undefined || this.#stats.has(canonical)) return known;
    const stats = this.#lstat(canonical);
    this.#stats.set(canonical, stats);
    return stats;
  }

  /** What a canonical path that is a link says. */
  target(canonical: string): string | undefined {
    try {
      return fileName(readlinkSync(this.outside(canonical), { encoding: 'buffer' }));
    } catch (error) {
      if (isAbsence(error)) return undefined;
      throw refused(canonical, reason(error), error);
    }
  }

  /** The path outside of the root. */
  outside(canonical: string): string {
    return this.#prefix + canonical;
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
      throw refused(canonical, reason(error), error);
    }
  }
}

function join(directory: string, name: string): string {
  return directory === '/' ? `/${name}` : `${directory}/${name}`;
}

/** A component that is a step rather than a name. */
function isStep(name: string): boolean {
  return name === '' || name === '.' || name === '..';
}
