import type { ElfImage } from '../elf/image.ts';
import type { SelectedFile } from './selected-file.ts';

/** An ELF file that is packed, with the places of its libraries on the host. */
export interface NativeFile {
  selected: SelectedFile;
  image: ElfImage;
  /** Each DT_NEEDED that was found, with the canonical host path of the library. */
  needs: ReadonlyMap<string, string>;
  /** The host directories that ld.so searches for this file only, also for libraries that it loads by dlopen. */
  searchPath: readonly string[];
}
