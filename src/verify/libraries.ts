import { closeSync, existsSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { UnpackedEntry } from '../archive/unpack.ts';
import { isElf, readImage } from '../elf/image.ts';

/** What the search for libraries found out. */
export interface LibraryCheck {
  /** How many ELF files were looked at, each at every name that it has. */
  files: number;
  /** Each DT_NEEDED that the archive itself can't satisfy. */
  unresolved: { path: string; soname: string }[];
}

/**
 * Looks up every DT_NEEDED of every ELF file as ld.so would by RUNPATH alone, in the unpacked archive alone. A link
 * to a library is a name that it can be opened by, and $ORIGIN is the directory of that name: so links count too.
 */
export function checkLibraries(directory: string, entries: readonly UnpackedEntry[]): LibraryCheck {
  const check: LibraryCheck = { files: 0, unresolved: [] };
  for (const { path } of entries) {
    const place = join(directory, path);
    if (!statSync(place, { throwIfNoEntry: false })?.isFile()) continue;
    if (!isElf(head(place))) continue;
    const bytes = readFileSync(place);
    check.files++;
    const { needed, runpath } = readImage(bytes, path);
    const search = runpath
      .filter((entry) => /^\$ORIGIN(?:\/|$)/.test(entry))
      .map((entry) => entry.replace('$ORIGIN', posix.dirname(place)));
    for (const soname of needed) {
      if (!search.some((found) => existsSync(join(found, soname)))) check.unresolved.push({ path, soname });
    }
  }
  return check;
}

function head(path: string): Buffer {
  const bytes = Buffer.alloc(4);
  const file = openSync(path, 'r');
  try {
    return bytes.subarray(0, readSync(file, bytes));
  } finally {
    closeSync(file);
  }
}
