import type { ElfImage } from '../../elf/image.ts';
import type { Unpacked, UnpackedNode } from '../unpacked.ts';

/** The search path of an ELF file. */
interface SearchPath {
  /** The folders of the archive that are in it. */
  folders: ReadonlySet<UnpackedNode>;
  /** The entries that lead out of the archive. */
  outside: string[];
}

/** An entry that begins with the directory of the file, in both spellings of it (ld.so(8)). */
const fromOrigin = /^\$(?:ORIGIN|\{ORIGIN\})(?:$|\/+)/;

/**
 * Reads the search path that ld.so gets from a file: DT_RUNPATH, or DT_RPATH if it has none. `origin` is $ORIGIN. An empty
 * entry means the current directory, but an empty path means nothing (glibc elf/dl-load.c, fillin_rpath and
 * decompose_rpath). An entry with another variable, such as $LIB, differs from machine to machine, so it leads out.
 */
export function searchPathOf(
  origin: UnpackedNode | undefined,
  image: ElfImage,
  unpacked: Unpacked,
): SearchPath {
  const { runpath, rpath } = image;
  const entries = runpath.length > 0 ? runpath : rpath;
  const folders = new Set<UnpackedNode>();
  const outside: string[] = [];
  if (origin === undefined || entries.join('') === '') return { folders, outside };
  for (const entry of new Set(entries)) {
    const below = entry.replace(fromOrigin, '');
    if (below === entry || below.includes('$') || unpacked.leadsOut(origin, below)) outside.push(entry);
    else {
      const found = unpacked.follow(origin, below);
      if (found !== undefined) folders.add(found);
    }
  }
  return { folders, outside };
}
