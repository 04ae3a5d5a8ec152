import type { Manifest, Needs } from '../../manifest/manifest.ts';
import type { Library, Unpacked, UnpackedNode } from '../unpacked.ts';

/** The facts about an ELF file in the manifest. */
interface ElfFacts {
  needs: Needs;
  isData: boolean;
  /** The launcher, if the file is a program. */
  launcher: UnpackedNode | undefined;
  missing: ReadonlySet<string>;
}

/** The libraries that were packed for the ELF files of an unpacked archive, as its manifest says. */
export class Choices {
  /** The shared folders. The launcher lets every search for a library end with them. */
  readonly folders: ReadonlySet<UnpackedNode>;
  readonly #unpacked: Unpacked;
  /** The ELF files about which the manifest says more than their digests. */
  readonly #files: ReadonlyMap<UnpackedNode, ElfFacts>;

  constructor(unpacked: Unpacked, { files, libraryDirectories = [] }: Manifest) {
    this.#unpacked = unpacked;
    this.folders = new Set(libraryDirectories.flatMap((path) => unpacked.find(path) ?? []));
    this.#files = new Map(
      files
        .filter(({ launcher, needs, data, missing }) => (launcher ?? needs ?? data ?? missing) !== undefined)
        .flatMap(({ path, launcher: start, needs = {}, data, missing = [] }) => {
          const file = unpacked.find(path);
          const launcher = start === undefined ? undefined : unpacked.find(start);
          return file === undefined
            ? []
            : [[file, { needs, isData: data !== undefined, launcher, missing: new Set(missing) }]];
        }),
    );
  }

  /** Whether a file is packed as data: the packed Python cannot load it. */
  isData(file: UnpackedNode): boolean {
    return this.#files.get(file)?.isData === true;
  }

  /** The launcher of a program. ld.so takes its folder for $ORIGIN. Undefined for any other file. */
  launcherOf(file: UnpackedNode): UnpackedNode | undefined {
    return this.#files.get(file)?.launcher;
  }

  /** Whether the host did not have this library for a file. Then it is not in the archive either. */
  isMissing(file: UnpackedNode, soname: string): boolean {
    return this.#files.get(file)?.missing.has(soname) === true;
  }

  /** The library that was packed for a file under a name. Undefined if none was: the user may have left it out. */
  of(file: UnpackedNode, soname: string): Library | undefined {
    const { needs = {} } = this.#files.get(file) ?? {};
    const own = Object.hasOwn(needs, soname) ? needs[soname] : undefined;
    if (own === undefined) return this.#unpacked.findLibrary(this.folders, soname);
    const found = this.#unpacked.find(own);
    return found && { path: `${this.#unpacked.topName}/${own}`, file: found };
  }
}
