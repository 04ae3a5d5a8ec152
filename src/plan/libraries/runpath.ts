import { posix } from 'node:path';
import type { Root } from '../../host/root.ts';
import type { Interpreter } from '../../python/interpreter.ts';
import { archivePath, relativePath } from '../archive-path.ts';
import type { Selection } from '../files/selection.ts';
import type { NativeFile } from './native-file.ts';
import type { LibrarySearch } from './search.ts';

/** Where ELF files find their libraries in the archive. */
export class Runpaths {
  readonly #interpreter: Interpreter;
  readonly #root: Root;
  /** Archive directories in which an ELF file can be opened: its own, and those of the links to it. */
  readonly #opened = new Map<string, Set<string>>();
  /** Canonical host directories that hold a selected library. */
  readonly #libraryDirectories = new Set<string>();

  constructor(
    root: Root,
    interpreter: Interpreter,
    selection: Selection,
    natives: ReadonlyMap<string, NativeFile>,
  ) {
    this.#root = root;
    this.#interpreter = interpreter;
    for (const { host, path } of selection.files.values()) {
      const real = root.resolve(host);
      if (real === undefined || !natives.has(real)) continue;
      const directories = this.#opened.get(real) ?? new Set();
      this.#opened.set(real, directories.add(posix.dirname(path)));
      this.#libraryDirectories.add(posix.dirname(host));
    }
  }

  /**
   * The RUNPATH of a file: the directories of what it needs, then those of its own search path that are in the archive
   * (for what it loads by dlopen), each relative to $ORIGIN. $ORIGIN is the directory of the path as it was opened,
   * links not resolved (glibc elf/dl-origin.c), so a library that a link in another directory leads to is given
   * the way from there as well.
   */
  of(native: NativeFile): string {
    const directories = new Set([...native.needs.values()].map((host) => posix.dirname(host)));
    for (const asked of native.searchPath) {
      const directory = this.#root.resolve(asked);
      if (directory !== undefined && this.#libraryDirectories.has(directory)) directories.add(directory);
    }
    const runpath = new Set<string>();
    for (const from of this.#opened.get(native.selected.host) ?? []) {
      for (const directory of directories) {
        const way = relativePath(from, this.#directory(directory));
        runpath.add(way === '.' ? '$ORIGIN' : `$ORIGIN/${way}`);
      }
    }
    return [...runpath].join(':');
  }

  /** The archive directories that ld.so of the host looked into without being told by a file. */
  shared(search: LibrarySearch): string[] {
    const directories = search.directories.filter((directory) => this.#libraryDirectories.has(directory));
    return directories.map((directory) => this.#directory(directory));
  }

  #directory(host: string): string {
    return posix.dirname(archivePath(`${host}/x`, this.#interpreter));
  }
}
