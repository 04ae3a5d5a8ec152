import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { UnpackedEntry } from '../archive/unpack.ts';
import { RelopackError } from '../common/error.ts';
import { sameIdentity } from '../elf/identity.ts';
import { type ElfImage, readImage } from '../elf/image.ts';
import { identityOf, loaderIdentity } from './identity.ts';

/** What the search for libraries found out. */
export interface LibraryCheck {
  /** How many ELF files were looked at, each at every name that it has. */
  files: number;
  /** Each DT_NEEDED that the archive itself can't satisfy. */
  unresolved: { path: string; soname: string }[];
  /** What is wrong with each ELF file that can't be read. */
  malformed: string[];
}

/**
 * Looks up every DT_NEEDED of every ELF file as ld.so would by RUNPATH alone, in the unpacked archive alone. A link
 * to a library is a name that it can be opened by, and $ORIGIN is the directory of that name: so links count too.
 * What the packed loader can't load is data: its libraries are not in the archive (plan/native.ts).
 *
 * ld.so does not search for what is loaded already (glibc elf/dl-load.c, _dl_map_object). With libc, all that it needs
 * is loaded before any module: enough for OpenSSL's fips.so, which carries a checksum of itself and gets no RUNPATH.
 */
export function checkLibraries(directory: string, entries: readonly UnpackedEntry[]): LibraryCheck {
  const loader = loaderIdentity(join(directory, entries[0]?.path.split('/')[0] ?? ''));
  const malformed: string[] = [];
  const files = entries.flatMap(({ path }) => {
    const place = join(directory, path);
    const identity = identityOf(place);
    if (!sameIdentity(identity, loader ?? identity)) return [];
    const image = tryImage(place, path, malformed);
    return image === undefined ? [] : [{ path, place, image }];
  });
  const libc = files.find(({ image }) => image.soname === 'libc.so.6')?.image;
  const loaded = new Set(libc === undefined ? [] : ['libc.so.6', ...libc.needed]);
  const unresolved = files.flatMap(({ path, place, image }) => {
    const { needed, runpath, interpreter } = image;
    const isLoaded = (soname: string) => interpreter === undefined && loaded.has(soname);
    const search = runpath
      .filter((entry) => /^\$ORIGIN(?:\/|$)/.test(entry))
      .map((entry) => entry.replace('$ORIGIN', posix.dirname(place)));
    return needed
      .filter((soname) => !isLoaded(soname) && !search.some((found) => existsSync(join(found, soname))))
      .map((soname) => ({ path, soname }));
  });
  return { files: files.length, unresolved, malformed };
}

function tryImage(place: string, path: string, malformed: string[]): ElfImage | undefined {
  try {
    return readImage(readFileSync(place), path);
  } catch (error) {
    if (!(error instanceof RelopackError)) throw error;
    malformed.push(error.message.replace(/\.$/, ''));
    return undefined;
  }
}
