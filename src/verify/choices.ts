import { statSync } from 'node:fs';
import { join } from 'node:path';
import { type ElfIdentity, sameIdentity } from '../elf/identity.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { identityOf, loaderIdentity } from './identity.ts';

/** The libraries that were packed for the ELF files of an unpacked archive, as its manifest says. */
export class Choices {
  /** The shared directories, on the disk. The launcher lets every search for a library end with them. */
  readonly directories: readonly string[];
  readonly #top: string;
  readonly #loader: ElfIdentity | undefined;
  /** The needs that the manifest lists, by the file. */
  readonly #needs: ReadonlyMap<string, ReadonlyMap<string, string>>;

  /** `top` is the top folder of the archive. */
  constructor(top: string, { files, libraryDirectories = [] }: Manifest) {
    this.#top = top;
    this.#loader = loaderIdentity(top);
    this.directories = libraryDirectories.map((directory) => join(top, directory));
    this.#needs = new Map(
      files.flatMap(({ path, needs }) => {
        const file = needs === undefined ? undefined : fileAt(join(top, path));
        return needs === undefined || file === undefined ? [] : [[file, new Map(Object.entries(needs))]];
      }),
    );
  }

  /**
   * The path on the disk of the library that was packed for a file under a name. The file may have several names.
   * Undefined if none was packed: the user may have left it out.
   */
  of(path: string, soname: string): string | undefined {
    const own = this.#needs.get(fileAt(path) ?? '')?.get(soname);
    return own === undefined ? findLibrary(this.directories, soname, this.#loader) : join(this.#top, own);
  }
}

/** The first library of that name in the directories. Like ld.so, it ignores files that the packed loader cannot load. */
export function findLibrary(
  directories: readonly string[],
  soname: string,
  loader: ElfIdentity | undefined,
): string | undefined {
  return directories
    .map((directory) => join(directory, soname))
    .find((path) => {
      const identity = identityOf(path);
      return sameIdentity(identity, loader ?? identity);
    });
}

/**
 * The identity of the file at a path, also behind links. Undefined if there is none. It has all digits of the inode, as
 * in host/root.ts: rounded to a number, two files of an overlayfs could look like one.
 */
export function fileAt(path: string): string | undefined {
  const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stats === undefined ? undefined : `${stats.dev}:${stats.ino}`;
}
