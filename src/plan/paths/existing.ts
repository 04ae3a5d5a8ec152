import { RelopackError } from '../../common/error.ts';
import type { Root } from '../../host/root.ts';

/** The names in a directory, with the names below those that were asked for. A file has none. */
type Directory = Map<string, Directory | undefined>;

/**
 * Tells whether paths exist, by lists of directories that are read once. A library has thousands of texts that look like
 * paths, and nearly all of them do not exist: a question costs no system call.
 */
export class ExistingPaths {
  readonly #root: Root;
  readonly #top: Directory;

  constructor(root: Root) {
    this.#root = root;
    this.#top = this.#read('');
  }

  /** Whether a path without `.`, `..` and doubled slashes exists. It may be a link that leads nowhere. */
  has(path: string): boolean {
    let directory = this.#top;
    for (let start = 1; ; ) {
      const end = path.indexOf('/', start);
      const name = end === -1 ? path.slice(start) : path.slice(start, end);
      if (!directory.has(name)) return false;
      if (end === -1) return true;
      let next = directory.get(name);
      if (next === undefined) {
        next = this.#read(path.slice(0, end));
        directory.set(name, next);
      }
      directory = next;
      start = end + 1;
    }
  }

  #read(directory: string): Directory {
    return new Map(this.#list(directory).map((name) => [name, undefined]));
  }

  /** None if this user may not read the directory: no packed file depends on it then. */
  #list(directory: string): string[] {
    try {
      return this.#root.list(directory === '' ? '/' : directory);
    } catch (error) {
      if (error instanceof RelopackError) return [];
      throw error;
    }
  }
}
