import { readFileSync } from 'node:fs';
import { join, posix, relative } from 'node:path';
import type { UnpackedEntry } from '../archive/write-entry.ts';
import { RelopackError } from '../common/error.ts';
import { type ElfIdentity, sameIdentity } from '../elf/identity.ts';
import { type ElfImage, readImage } from '../elf/image.ts';
import { type Choices, fileAt, findLibrary } from './choices.ts';
import { identityOf, loaderIdentity } from './identity.ts';
import type { Outcome } from './outcome.ts';

/** The ELF files of an archive, and the faults among them. */
interface LibraryCheck {
  /** How many ELF files were read. A file with several names counts once for each. */
  files: number;
  /** Each DT_NEEDED that the archive cannot satisfy. */
  unresolved: { path: string; soname: string }[];
  /** Each DT_NEEDED that leads to another library than the one that was packed for it. */
  misled: { path: string; soname: string; found: string; packed: string }[];
  /** The fault of each unreadable ELF file. */
  malformed: string[];
}

interface ElfFile {
  /** In the archive. */
  path: string;
  /** On the disk. */
  place: string;
  image: ElfImage;
}

/** glibc's C library. */
const libcSoname = 'libc.so.6';

/** Checks that every ELF file finds the libraries that it needs in the archive, and that they are the right ones. */
export function checkLibraries(
  directory: string,
  entries: readonly UnpackedEntry[],
  choices: Choices,
): Outcome {
  const { files, unresolved, misled, malformed } = findLibraries(directory, entries, choices);
  const missing = unresolved.map(
    ({ path, soname }) => `${path} needs ${soname}, which is not in the archive`,
  );
  const wrong = misled.map(
    ({ path, soname, found, packed }) =>
      `${path} needs ${soname}: ld.so finds ${found}, but ${packed} was packed for it`,
  );
  return {
    name: 'libraries',
    detail: `${files} ELF files find their libraries`,
    problems: [...malformed, ...missing, ...wrong],
  };
}

/**
 * Looks up every DT_NEEDED of every ELF file in the unpacked archive, as ld.so does by RUNPATH alone. A link to a
 * library counts as a file: it can be opened by that name, and $ORIGIN is the directory of the name. A file that the
 * packed loader cannot load is data, and its libraries are not packed (plan/loading/unloadable.ts).
 *
 * ld.so does not search for a library that is loaded already (glibc elf/dl-load.c, _dl_map_object). libc and the
 * libraries that it needs are loaded before any module. OpenSSL's fips.so relies on that: it contains a checksum of
 * itself, so it gets no RUNPATH.
 *
 * `choices` are the libraries that were packed for each file. They are compared with those that ld.so finds if the
 * launcher starts it: first by RUNPATH, then in the shared directories.
 */
export function findLibraries(
  directory: string,
  entries: readonly UnpackedEntry[],
  choices?: Choices,
): LibraryCheck {
  const loader = loaderIdentity(join(directory, entries[0]?.path.split('/')[0] ?? ''));
  const found = readElfFiles(directory, loader, entries, choices);
  const files = found.filter((file) => typeof file !== 'string');
  const libc = files.find(({ image }) => image.soname === libcSoname)?.image;
  const loaded = new Set(libc === undefined ? [] : [libcSoname, ...libc.needed]);
  return {
    files: files.length,
    unresolved: files.flatMap((file) =>
      unresolvedOf(file, loaded, loader)
        .filter((soname) => !choices?.isMissing(file.place, soname))
        .map((soname) => ({ path: file.path, soname })),
    ),
    misled: choices === undefined ? [] : files.flatMap((file) => misledOf(file, choices, directory, loader)),
    malformed: found.filter((file) => typeof file === 'string'),
  };
}

/** The ELF files that the packed loader can load. A text in the list is the fault of an unreadable one. */
function readElfFiles(
  directory: string,
  loader: ElfIdentity | undefined,
  entries: readonly UnpackedEntry[],
  choices: Choices | undefined,
): (ElfFile | string)[] {
  return entries.flatMap(({ path }): (ElfFile | string)[] => {
    const place = join(directory, path);
    const identity = identityOf(place);
    if (!sameIdentity(identity, loader ?? identity) || choices?.isData(place)) return [];
    try {
      return [{ path, place, image: readImage(readFileSync(place), path) }];
    } catch (error) {
      if (!(error instanceof RelopackError)) throw error;
      return [error.message];
    }
  });
}

/** The needed libraries of a file that are neither loaded already nor in its RUNPATH. */
function unresolvedOf(file: ElfFile, loaded: ReadonlySet<string>, loader: ElfIdentity | undefined): string[] {
  const { needed, interpreter } = file.image;
  // Nothing is loaded before a program, which is a file that names an interpreter.
  const isLoaded = (soname: string) => interpreter === undefined && loaded.has(soname);
  const directories = runpathOf(file);
  return needed.filter(
    (soname) => !isLoaded(soname) && findLibrary(directories, soname, loader) === undefined,
  );
}

/** The needed libraries of a file for which ld.so finds another file than the one that was packed. */
function misledOf(
  file: ElfFile,
  choices: Choices,
  directory: string,
  loader: ElfIdentity | undefined,
): LibraryCheck['misled'] {
  const directories = [...runpathOf(file), ...choices.directories];
  return file.image.needed.flatMap((soname) => {
    const [found, packed] = [findLibrary(directories, soname, loader), choices.of(file.place, soname)];
    if (found === undefined || packed === undefined || fileAt(found) === fileAt(packed)) return [];
    const inArchive = (place: string) => relative(directory, place);
    return [{ path: file.path, soname, found: inArchive(found), packed: inArchive(packed) }];
  });
}

/** The directories in the RUNPATH of a file, on the disk. */
function runpathOf({ place, image }: ElfFile): string[] {
  return image.runpath
    .filter((entry) => /^\$ORIGIN(?:\/|$)/.test(entry))
    .map((entry) => entry.replace('$ORIGIN', posix.dirname(place)));
}
