import { readFileSync } from 'node:fs';
import { basename, relative } from 'node:path';
import { RelopackError } from '../common/error.ts';
import { readImage } from '../elf/image.ts';
import { type Choices, fileAt } from './choices.ts';
import { identityOf } from './identity.ts';

/** An ELF file in the packed Python's process. */
interface Loaded {
  path: string;
  /** Its identity, see `fileAt`. */
  file: string;
  /** Its soname and the name of its file. ld.so takes it for every later need of one of them. */
  names: ReadonlySet<string | undefined>;
  needed: readonly string[];
}

/**
 * Compares the libraries in the process with those that were packed: if a file needs a library and another one of that
 * name is loaded instead, that is a problem.
 *
 * It is none if the other one was loaded for another file before, as ld.so does not search again for a name that is
 * loaded already (glibc elf/dl-load.c, _dl_map_object). The host does the same. So the order counts: `steps` are the
 * paths of the loaded files, in the order in which they were loaded.
 */
export function misledInProcess(
  steps: readonly (readonly string[])[],
  choices: Choices,
  top: string,
): string[] {
  const loaded: Loaded[] = [];
  return steps.flatMap((paths) => {
    const added = paths.flatMap(readLoaded);
    loaded.push(...added);
    return added.flatMap((one) =>
      one.needed.flatMap((soname) => problemOf(one, soname, loaded, choices, top)),
    );
  });
}

function problemOf(
  { path, file }: Loaded,
  soname: string,
  loaded: readonly Loaded[],
  choices: Choices,
  top: string,
): string[] {
  const packed = choices.of(path, soname);
  const wanted = packed === undefined ? undefined : fileAt(packed);
  if (packed === undefined || loaded.some((one) => one.file === wanted)) return [];
  const packedFor = (library: Loaded) =>
    loaded
      .filter((one) => one.file !== file && one.needed.includes(soname))
      .some((one) => fileAt(choices.of(one.path, soname) ?? '') === library.file);
  return loaded
    .filter((one) => one.names.has(soname) && !packedFor(one))
    .map((one) => {
      const [from, to, instead] = [path, packed, one.path].map((place) => relative(top, place));
      return `${from} needs ${soname}: ${instead} was loaded, but ${to} was packed for it`;
    });
}

/** A file that is not an ELF file, or a malformed one, needs no library. */
function readLoaded(path: string): Loaded[] {
  const file = fileAt(path);
  if (file === undefined || identityOf(path) === undefined) return [];
  try {
    const { soname, needed } = readImage(readFileSync(path), path);
    return [{ path, file, names: new Set([soname, basename(path)]), needed }];
  } catch (error) {
    if (error instanceof RelopackError) return [];
    throw error;
  }
}
