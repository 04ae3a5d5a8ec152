import { posix } from 'node:path';
import { maxLinks } from '../../../src/host/links-inside-root.ts';

/**
 * Follows the links that a list of files contains, before any of them is on a disk. On a real system the directory
 * behind a link exists before the link is used; in a database they come in any order.
 */
export class RecordedLinks {
  readonly #targets: ReadonlyMap<string, string>;

  /** The targets by the paths of the links, as packages spell both. */
  constructor(targets: ReadonlyMap<string, string>) {
    this.#targets = targets;
  }

  /** The path of a file whose directory is reached without links. Undefined if the links have no end. */
  canonical(path: string): string | undefined {
    const { dir, base } = posix.parse(posix.normalize(path));
    const directory = this.#walk(dir, maxLinks);
    return directory && posix.join(directory, base);
  }

  /** The path of a directory without links. */
  directory(path: string): string | undefined {
    return this.#walk(path, maxLinks);
  }

  #walk(path: string, left: number): string | undefined {
    let at = '/';
    const parts = path.split('/').filter((part) => part !== '' && part !== '.');
    for (const [index, part] of parts.entries()) {
      const next = posix.join(at, part);
      const target = this.#targets.get(next);
      if (target === undefined) {
        at = next;
        continue;
      }
      if (left === 0) return undefined;
      return this.#walk(posix.resolve(at, target, ...parts.slice(index + 1)), left - 1);
    }
    return at;
  }
}
