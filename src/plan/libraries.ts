import { posix } from 'node:path';
import picomatch from 'picomatch';
import { type ElfIdentity, elfIdentity } from '../elf/image.ts';
import type { Root } from '../host/root.ts';

/** What ld.so takes from the object that asks for a library. */
export interface Asking {
  /** The path by which it was opened: $ORIGIN is its directory, links not resolved. */
  path: string;
  runpath: readonly string[];
  rpath: readonly string[];
}

/**
 * Finds shared libraries as the host's ld.so would (glibc elf/dl-load.c): DT_RPATH where there is no DT_RUNPATH,
 * then DT_RUNPATH, then the directories of ld.so.conf, from which its cache is made, then the system directories.
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

  /** `identity` is the interpreter's: what a library has to be to be loaded by it. */
  constructor(root: Root, identity: ElfIdentity) {
    this.#root = root;
    this.#identity = identity;
    const configured = configuredDirectories(root, '/etc/ld.so.conf', new Set());
    const directories = [...configured, '/lib64', '/usr/lib64', '/lib', '/usr/lib']
      .filter((directory) => !directory.includes('/glibc-hwcaps/'))
      .flatMap((directory) => root.resolve(directory) ?? []);
    this.directories = [...new Set(directories)];
  }

  /** The canonical path of the library as it was found, perhaps that of a link; undefined where there is none. */
  find(soname: string, asking?: Asking): string | undefined {
    if (soname.includes('/')) return this.#accept(soname);
    for (const directory of this.#own(asking)) {
      const path = this.#accept(`${directory}/${soname}`);
      if (path !== undefined) return path;
    }
    if (!this.#found.has(soname)) this.#found.set(soname, this.#findConfigured(soname));
    return this.#found.get(soname);
  }

  #findConfigured(soname: string): string | undefined {
    for (const directory of this.directories) {
      const path = this.#accept(`${directory}/${soname}`);
      if (path !== undefined) return path;
    }
    return undefined;
  }

  /** RUNPATH or RPATH with its dynamic string tokens filled in; `$LIB` is `lib64` on the hosts we know. */
  *#own(asking: Asking | undefined): Generator<string> {
    if (asking === undefined) return;
    const origin = posix.dirname(asking.path);
    for (const entry of asking.runpath.length > 0 ? asking.runpath : asking.rpath) {
      const directory = entry
        .replace(/\$(?:ORIGIN|\{ORIGIN\})/g, origin)
        .replace(/\$(?:LIB|\{LIB\})/g, this.#identity.class === 64 ? 'lib64' : 'lib');
      // An empty or relative entry means the current directory of whoever runs it: of no use, and a risk.
      if (directory.startsWith('/') && !directory.includes('/glibc-hwcaps/'))
        yield posix.normalize(directory);
    }
  }

  #accept(path: string): string | undefined {
    if (!this.#root.stat(path)?.isFile()) return undefined;
    const identity = elfIdentity(this.#root.head(path, 20));
    const fits =
      identity !== undefined &&
      identity.class === this.#identity.class &&
      identity.machine === this.#identity.machine &&
      identity.littleEndian === this.#identity.littleEndian;
    return fits ? this.#root.canonical(path) : undefined;
  }
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
