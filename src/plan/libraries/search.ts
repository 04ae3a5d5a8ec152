import { posix } from 'node:path';
import picomatch from 'picomatch';
import { type ElfIdentity, elfIdentity, sameIdentity } from '../../elf/identity.ts';
import type { Root } from '../../host/root.ts';

/** What ld.so takes from the object that asks for a library. */
export interface Asking {
  /** The path by which it was opened: $ORIGIN is its directory, links not resolved. */
  path: string;
  runpath: readonly string[];
  rpath: readonly string[];
  /** The object that it was loaded for; the program for a module. */
  loader: Asking | undefined;
}

/**
 * Finds shared libraries as the host's ld.so would (glibc elf/dl-load.c): DT_RUNPATH, or where there is none the
 * DT_RPATH of the object and of those that it was loaded for; then the directories of ld.so.conf, from which its cache
 * is made, then the system directories.
 *
 * Files of another class or machine are passed over, as ld.so does. Directories of glibc-hwcaps are never looked
 * into: what stands there runs on some CPUs only, and the choice would depend on the build host's.
 */
export class LibrarySearch {
  readonly #root: Root;
  readonly #identity: ElfIdentity;
  /** Canonical directories that every object's search goes through, in order. */
  readonly directories: readonly string[];
  readonly #found = new Map<string, string | undefined>();

  /**
   * `identity` is the interpreter's: what a library has to be to be loaded by it. `prefix` is its prefix: a software
   * collection's own libraries come first, as `scl enable` arranges by LD_LIBRARY_PATH.
   */
  constructor(root: Root, identity: ElfIdentity, prefix: string) {
    this.#root = root;
    this.#identity = identity;
    const own = prefix === '/usr' ? [] : [`${prefix}/lib64`, `${prefix}/lib`];
    const configured = configuredDirectories(root, '/etc/ld.so.conf', new Set());
    const directories = [...own, ...configured, '/lib64', '/usr/lib64', '/lib', '/usr/lib']
      .filter(isForAllCpus)
      .flatMap((directory) => root.resolve(directory) ?? []);
    this.directories = [...new Set(directories)];
  }

  /** The canonical path of the library as it was found, perhaps that of a link; undefined where there is none. */
  find(soname: string, asking?: Asking): string | undefined {
    if (soname.includes('/')) return this.#accept(soname);
    const own = asking === undefined ? undefined : this.#findIn(this.searchPath(asking), soname);
    if (own !== undefined) return own;
    if (!this.#found.has(soname)) this.#found.set(soname, this.#findIn(this.directories, soname));
    return this.#found.get(soname);
  }

  /** The directories that ld.so looks into for this object before those that all share. */
  searchPath(asking: Asking): string[] {
    if (asking.runpath.length > 0) return this.#expand(asking.runpath, asking.path);
    const directories: string[] = [];
    for (let at: Asking | undefined = asking; at !== undefined; at = at.loader) {
      // Whatever has a DT_RUNPATH has no say in what others need, and its DT_RPATH does not count.
      if (at.runpath.length === 0) directories.push(...this.#expand(at.rpath, at.path));
    }
    return directories;
  }

  /** Fills in the dynamic string tokens of RUNPATH or RPATH. `$LIB` is the name of the directory that libc is in. */
  #expand(entries: readonly string[], path: string): string[] {
    return (
      entries
        .map((entry) =>
          entry.replace(/\$(?:(ORIGIN|LIB)\b|\{(ORIGIN|LIB)\})/g, (_, bare, braced) =>
            (bare ?? braced) === 'ORIGIN' ? posix.dirname(path) : this.#lib(),
          ),
        )
        // An empty or relative entry means the current directory of whoever runs it: of no use, and a risk.
        .filter((directory) => directory.startsWith('/') && isForAllCpus(directory))
        .map((directory) => posix.normalize(directory))
    );
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
    if (!this.#root.stat(path)?.isFile()) return undefined;
    return sameIdentity(elfIdentity(this.#root.head(path, 20)), this.#identity)
      ? this.#root.canonical(path)
      : undefined;
  }
}

function isForAllCpus(directory: string): boolean {
  return !`${directory}/`.includes('/glibc-hwcaps/');
}

/** The directories that ld.so.conf names, with its `include` lines, in order (ldconfig(8)). */
function configuredDirectories(root: Root, file: string, seen: Set<string>): string[] {
  if (seen.has(file) || !root.stat(file)?.isFile()) return [];
  seen.add(file);
  const directories: string[] = [];
  for (const line of root.read(file).toString().split('\n')) {
    const words = line
      .replace(/#.*/, '')
      .trim()
      .split(/[\s,:]+/);
    const first = words[0] ?? '';
    if (first === 'include') {
      for (const pattern of words.slice(1)) {
        const absolute = posix.resolve(posix.dirname(file), pattern);
        const matches = picomatch(posix.basename(absolute));
        const names = root.list(posix.dirname(absolute)).filter((name) => matches(name));
        for (const name of names) {
          directories.push(...configuredDirectories(root, `${posix.dirname(absolute)}/${name}`, seen));
        }
      }
    } else if (first !== 'hwcap') {
      // `/usr/lib64=libc6` is an old way to state a directory's kind.
      directories.push(
        ...words.map((word) => word.replace(/=.*/, '')).filter((word) => word.startsWith('/')),
      );
    }
  }
  return directories;
}
