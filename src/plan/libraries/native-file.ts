import type { ElfImage } from '../../elf/image.ts';
import type { Selected } from '../files/selection.ts';

/** An ELF file that goes in, with where its libraries are. */
export interface NativeFile {
  selected: Selected;
  image: ElfImage;
  /** Each DT_NEEDED and the canonical host path at which it was found. */
  needs: ReadonlyMap<string, string>;
  /** Directories on the host that it asks ld.so to look into: for what it loads by dlopen. */
  searchPath: readonly string[];
}
