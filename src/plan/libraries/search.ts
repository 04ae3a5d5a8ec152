import { posix } from 'node:path';
import { type ElfIdentity, sameIdentity } from '../../elf/identity.ts';
import { elfIdentityOf } from '../../host/elf-file.ts';
import type { Root } from '../../host/root.ts';
import { isHwcaps } from './hwcaps.ts';

/** An object that requests a library, with what ld.so reads from it. */
export interface Requester {
  /** The path by which it was opened. $ORIGIN is its directory, with links not resolved. */
  path: string;
  runpath: readonly string[];
  rpath: readonly string[];
  /** The object that it was loaded for. For a module this is the program. */
  loader: Requester | undefined;
}

/**
 * Finds shared libraries as the host's ld.so would (glibc elf/dl-load.c). It searches the DT_RUNPATH of the requester.
 * Without one it searches the DT_RPATH of the requester and of the objects that it was loaded for. Then come the
 * directories that all objects share.
 *
 * Like ld.so it ignores files of another class or machine. It never enters glibc-hwcaps, see hwcaps.ts.
 */
export class LibrarySearch {
  /** The canonical directories that are searched for every object, in their order. */
  readonly directories: readonly string[];
  readonly #root: Root;
  readonly #identity: ElfIdentity;
  readonly #found = new Map<string, string | undefined>();

  /**
   * `identity` is the interpreter's, which can only load libraries of the same identity. `directories` are those of
   * `sharedDirectories`.
   */
  constructor(root: Root, identity: ElfIdentity, directories: readonly string[]) {
    this.#root = root;
    this.#identity = identity;
    this.directories = directories;
  }

  /** The canonical path at which the library was found, which may be a link. Undefined if it was not found. */
  find(soname: string, requester?: Requester): string | undefined {
    if (soname.includes('/')) return this.#findAt(soname, requester);
    const own = requester === undefined ? undefined : this.#findIn(this.searchPath(requester), soname);
    if (own !== undefined) return own;
    if (!this.#found.has(soname)) this.#found.set(soname, this.#findIn(this.directories, soname));
    return this.#found.get(soname);
  }

  /** The directories that ld.so searches for this object before the shared ones. */
  searchPath(requester: Requester): string[] {
    if (requester.runpath.length > 0) return this.#expand(requester.runpath, requester.path);
    const directories: string[] = [];
    for (let at: Requester | undefined = requester; at !== undefined; at = at.loader) {
      // ld.so ignores the DT_RPATH of an object that has a DT_RUNPATH.
      if (at.runpath.length === 0) directories.push(...this.#expand(at.rpath, at.path));
    }
    return directories;
  }

  /** Replaces the tokens of RUNPATH, RPATH and DT_NEEDED. `$LIB` is the name of the directory that contains libc. */
  #expand(entries: readonly string[], path: string): string[] {
    return (
      entries
        .map((entry) =>
          entry.replace(/\$(?:(ORIGIN|LIB)\b|\{(ORIGIN|LIB)\})/g, (_, bare, braced) =>
            (bare ?? braced) === 'ORIGIN' ? posix.dirname(path) : this.#lib(),
          ),
        )
        // An empty or relative entry means the current directory of the process, which is useless and a risk.
        .filter((directory) => directory.startsWith('/') && !isHwcaps(directory))
        .map((directory) => posix.normalize(directory))
    );
  }

  /** The library at a path, which may begin with a token (glibc elf/dl-deps.c, expand_dst). */
  #findAt(path: string, requester: Requester | undefined): string | undefined {
    const [absolute] = this.#expand([path], requester?.path ?? '');
    return absolute === undefined ? undefined : this.#accept(absolute);
  }

  #lib(): string {
    return posix.basename(posix.dirname(this.find('libc.so.6') ?? '/usr/lib64/libc.so.6'));
  }

  #findIn(directories: readonly string[], soname: string): string | undefined {
    for (const directory of directories) {
      const path = this.#accept(`${directory}/${soname}`);
      if (path !== undefined) return path;
    }
    return undefined;
  }

  #accept(path: string): string | undefined {
    const isLoadable = sameIdentity(elfIdentityOf(this.#root, path), this.#identity);
    return isLoadable ? this.#root.canonical(path) : undefined;
  }
}
