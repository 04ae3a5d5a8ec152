import type { ElfImage } from '../elf/image.ts';
import type { DlopenNeed } from '../elf/notes.ts';
import type { SelectedFile } from './selected-file.ts';

/** An ELF file that is packed, with the places of its libraries on the host. */
export interface NativeFile {
  selected: SelectedFile;
  image: ElfImage;
  /** Each DT_NEEDED that was found, a soname or a path, with the canonical host path of the library. */
  needs: ReadonlyMap<string, string>;
  /** The host directories that ld.so searches for this file only, also for libraries that it loads by dlopen. */
  searchPath: readonly string[];
  /** The libraries that it loads by dlopen, by its own note. They may be absent. */
  dlopens: readonly DlopenedLibraries[];
}

/** A note about dlopen, and the libraries that it names. */
interface DlopenedLibraries {
  need: DlopenNeed;
  /** Each soname that was found, with the canonical host path of the library. */
  found: ReadonlyMap<string, string>;
}
