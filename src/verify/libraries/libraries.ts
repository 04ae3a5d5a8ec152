import { posix } from 'node:path';
import { RelopackError } from '../../common/error.ts';
import type { ElfImage } from '../../elf/image.ts';
import type { Outcome } from '../outcome.ts';
import type { Unpacked, UnpackedNode } from '../unpacked.ts';
import type { Choices } from './choices.ts';
import { readElf } from './read-elf.ts';
import { searchPathOf } from './runpath.ts';

/** The faults of an ELF file. */
interface Faults {
  /** Each DT_NEEDED that the archive cannot satisfy. */
  unresolved: { path: string; soname: string }[];
  /** Each DT_NEEDED that leads to another library than the one that was packed for it. */
  misled: { path: string; soname: string; found: string; packed: string }[];
  /** Each entry of a RUNPATH that leads out of the archive. */
  outside: { path: string; entry: string }[];
  /** The fault of a file that cannot be read. */
  malformed: string[];
}

/** The ELF files of an archive, and the faults of all. */
interface LibraryCheck extends Faults {
  /** How many ELF files were read. A file with several names counts once for each. */
  files: number;
}

/** glibc's C library. */
const libcSoname = 'libc.so.6';

/** The limit for characters of an entry of RUNPATH in an error. */
const maxShown = 200;

/** Checks that every ELF file finds the libraries that it needs in the archive, and that they are the right ones. */
export function checkLibraries(unpacked: Unpacked, choices: Choices): Outcome {
  const { files, unresolved, misled, outside, malformed } = findLibraries(unpacked, choices);
  const missing = unresolved.map(
    ({ path, soname }) => `${path} needs ${soname}, which is not in the archive`,
  );
  const wrong = misled.map(
    ({ path, soname, found, packed }) =>
      `${path} needs ${soname}: ld.so finds ${found}, but ${packed} was packed for it`,
  );
  const leaving = outside.map(
    ({ path, entry }) => `${path} has a RUNPATH that leads out of the archive: ${entry.slice(0, maxShown)}`,
  );
  return {
    name: 'libraries',
    detail: `${files} ELF files find their libraries`,
    problems: [...malformed, ...leaving, ...missing, ...wrong],
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
 *
 * One file is in memory at a time, whatever number of names it has.
 */
export function findLibraries(unpacked: Unpacked, choices?: Choices): LibraryCheck {
  const names = namesOfElfFiles(unpacked, choices);
  const loaded = loadedFirst(names, unpacked);
  const checks = [...names].map(([file, own]) => checkFile(file, own, { unpacked, choices, loaded }));
  return {
    files: checks.reduce((sum, { files }) => sum + files, 0),
    unresolved: checks.flatMap(({ unresolved }) => unresolved),
    misled: checks.flatMap(({ misled }) => misled),
    outside: checks.flatMap(({ outside }) => outside),
    malformed: checks.flatMap(({ malformed }) => malformed),
  };
}

/** The ELF files that the packed loader can load, each with all its names. */
function namesOfElfFiles(
  unpacked: Unpacked,
  choices: Choices | undefined,
): Map<UnpackedNode, UnpackedNode[]> {
  const names = new Map<UnpackedNode, UnpackedNode[]>();
  for (const node of unpacked.nodes) {
    const file = unpacked.fileOf(node);
    if (file === undefined || !unpacked.isLoadable(file) || choices?.isData(file)) continue;
    const known = names.get(file);
    if (known === undefined) names.set(file, [node]);
    else known.push(node);
  }
  return names;
}

/** The names of the libraries that are loaded before any module: libc, and those that it needs. */
function loadedFirst(
  names: ReadonlyMap<UnpackedNode, readonly UnpackedNode[]>,
  unpacked: Unpacked,
): ReadonlySet<string> {
  const isLibc = ({ entry }: UnpackedNode) => posix.basename(entry.path) === libcSoname;
  const [libc] = [...names].find(([, own]) => own.some(isLibc)) ?? [];
  const image = libc && imageOf(libc, unpacked);
  return new Set(image === undefined || typeof image === 'string' ? [] : [libcSoname, ...image.needed]);
}

/** The parts of an ELF file that count, or the fault of an unreadable one. */
function imageOf(file: UnpackedNode, unpacked: Unpacked): ElfImage | string {
  try {
    return readElf(unpacked.place(file), file.entry.path);
  } catch (error) {
    if (!(error instanceof RelopackError)) throw error;
    return error.message;
  }
}

/** The archive that a file is in. */
interface Context {
  unpacked: Unpacked;
  choices: Choices | undefined;
  /** The names of the libraries that are loaded before any module. */
  loaded: ReadonlySet<string>;
}

function checkFile(file: UnpackedNode, names: readonly UnpackedNode[], context: Context): LibraryCheck {
  const image = imageOf(file, context.unpacked);
  const none = { files: 0, unresolved: [], misled: [], outside: [], malformed: [] };
  if (typeof image === 'string') return { ...none, malformed: [image] };
  const checks = names.map((name) => checkName(name, file, image, context));
  return {
    files: names.length,
    unresolved: checks.flatMap(({ unresolved }) => unresolved),
    misled: checks.flatMap(({ misled }) => misled),
    outside: outsideOf(file, names, image, context).map((entry) => ({ path: file.entry.path, entry })),
    malformed: [],
  };
}

/**
 * The entries of the RUNPATH of a file that lead out of the archive. If the file has a link in a deeper directory, an entry
 * can be for that name only (plan/libraries/runpath.ts).
 */
function outsideOf(
  file: UnpackedNode,
  names: readonly UnpackedNode[],
  image: ElfImage,
  { unpacked, choices }: Context,
): string[] {
  const own = searchPathOf(originOf(file, choices), image, unpacked).outside;
  if (own.length === 0) return [];
  const ofNames = names.map(
    (name) => new Set(searchPathOf(originOf(name, choices), image, unpacked).outside),
  );
  return own.filter((entry) => ofNames.every((outside) => outside.has(entry)));
}

/** The folder of a file as $ORIGIN: that of its launcher, if it is a program, else that of its name. */
function originOf(name: UnpackedNode, choices: Choices | undefined): UnpackedNode | undefined {
  return choices?.launcherOf(name.file ?? name)?.folder ?? name.folder;
}

function checkName(
  name: UnpackedNode,
  file: UnpackedNode,
  image: ElfImage,
  { unpacked, choices, loaded }: Context,
): Pick<Faults, 'unresolved' | 'misled'> {
  const { path } = name.entry;
  const { folders } = searchPathOf(originOf(name, choices), image, unpacked);
  // Nothing is loaded before a program, which is a file that names an interpreter.
  const isLoaded = (soname: string) => image.interpreter === undefined && loaded.has(soname);
  const needed = [...new Set(image.needed)].map((soname) => {
    return { soname, found: unpacked.findLibrary(folders, soname) };
  });
  return {
    unresolved: needed
      .filter(({ soname, found }) => found === undefined && !isLoaded(soname))
      .filter(({ soname }) => !choices?.isMissing(file, soname))
      .map(({ soname }) => ({ path, soname })),
    misled: needed.flatMap(({ soname, found: own }) => {
      const packed = choices?.of(file, soname);
      const found = own ?? unpacked.findLibrary(choices?.folders ?? [], soname);
      if (found === undefined || packed === undefined || found.file === packed.file) return [];
      return [{ path, soname, found: found.path, packed: packed.path }];
    }),
  };
}
