import { statSync } from 'node:fs';
import { join } from 'node:path';
import { type ElfIdentity, sameIdentity } from '../elf/identity.ts';
import type { Manifest, ManifestFile } from '../manifest/manifest.ts';
import { identityOf, loaderIdentity } from './identity.ts';

/** The libraries that were packed for the ELF files of an unpacked archive, as its manifest says. */
export class Choices {
  /** The shared directories, on the disk. The launcher lets every search for a library end with them. */
  readonly directories: readonly string[];
  readonly #top: string;
  readonly #loader: ElfIdentity | undefined;
  /** The ELF files about which the manifest says more than their digests, by their identity on the disk. */
  readonly #files: ReadonlyMap<string, ManifestFile>;

  /** `top` is the top folder of the archive. */
  constructor(top: string, { files, libraryDirectories = [] }: Manifest) {
    this.#top = top;
    this.#loader = loaderIdentity(top);
    this.directories = libraryDirectories.map((directory) => join(top, directory));
    this.#files = new Map(
      files
        .filter(({ needs, data, missing }) => (needs ?? data ?? missing) !== undefined)
        .flatMap((file) => {
          const identity = fileAt(join(top, file.path));
          return identity === undefined ? [] : [[identity, file]];
        }),
    );
  }

  /** Whether a file is packed as data: the packed Python cannot load it. */
  isData(path: string): boolean {
    return this.#fileAt(path)?.data !== undefined;
  }

  /** Whether the host did not have this library for a file. Then it is not in the archive either. */
  isMissing(path: string, soname: string): boolean {
    return this.#fileAt(path)?.missing?.includes(soname) === true;
  }

  /**
   * The path on the disk of the library that was packed for a file under a name. The file may have several names.
   * Undefined if none was packed: the user may have left it out.
   */
  of(path: string, soname: string): string | undefined {
    const { needs = {} } = this.#fileAt(path) ?? {};
    const own = Object.hasOwn(needs, soname) ? needs[soname] : undefined;
    return own === undefined ? findLibrary(this.directories, soname, this.#loader) : join(this.#top, own);
  }

  #fileAt(path: string): ManifestFile | undefined {
    return this.#files.get(fileAt(path) ?? '');
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
