import { posix } from 'node:path';
import { RelopackError } from '../../common/error.ts';
import type { Unpacked, UnpackedNode } from '../unpacked.ts';
import type { Choices } from './choices.ts';
import { readElf } from './read-elf.ts';

/** An ELF file in the packed Python's process. */
interface Loaded {
  file: UnpackedNode;
  /** Its soname and the name of its file. ld.so takes it for every later need of one of them. */
  names: ReadonlySet<string>;
  needed: ReadonlySet<string>;
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
  unpacked: Unpacked,
): string[] {
  const process = new LoadedFiles(choices);
  const known = new Set<UnpackedNode>();
  return steps.flatMap((paths) => {
    const files = new Set(paths.flatMap((path) => unpacked.atPlace(path)?.file ?? []));
    const added = [...files].filter((file) => !known.has(file)).flatMap((file) => readLoaded(file, unpacked));
    for (const one of added) {
      known.add(one.file);
      process.add(one);
    }
    return added.flatMap((one) => [...one.needed].flatMap((soname) => process.problemOf(one, soname)));
  });
}

/** The files that are loaded up to a step. A hostile Python can name all files of its archive, so each has an index. */
class LoadedFiles {
  readonly #choices: Choices;
  readonly #files = new Set<UnpackedNode>();
  /** The loaded files that ld.so takes for a name. */
  readonly #byName = new Map<string, Loaded[]>();
  /** The files that need a name, by the library that was packed for them under that name. */
  readonly #users = new Map<string, Map<UnpackedNode | undefined, Set<UnpackedNode>>>();

  constructor(choices: Choices) {
    this.#choices = choices;
  }

  add(one: Loaded): void {
    this.#files.add(one.file);
    for (const name of one.names) {
      const known = this.#byName.get(name);
      if (known === undefined) this.#byName.set(name, [one]);
      else known.push(one);
    }
    for (const soname of one.needed) {
      const users = this.#users.get(soname) ?? new Map<UnpackedNode | undefined, Set<UnpackedNode>>();
      const packed = this.#choices.of(one.file, soname)?.file;
      users.set(packed, (users.get(packed) ?? new Set()).add(one.file));
      this.#users.set(soname, users);
    }
  }

  problemOf({ file }: Loaded, soname: string): string[] {
    const packed = this.#choices.of(file, soname);
    if (packed === undefined || this.#files.has(packed.file)) return [];
    const isForAnother = ({ file: library }: Loaded) => {
      const users = this.#users.get(soname)?.get(library);
      return users !== undefined && users.size > Number(users.has(file));
    };
    const instead = (this.#byName.get(soname) ?? []).find((one) => !isForAnother(one));
    if (instead === undefined) return [];
    const [from, to, other] = [file.entry.path, packed.path, instead.file.entry.path].map(belowTop);
    return [`${from} needs ${soname}: ${other} was loaded, but ${to} was packed for it`];
  }
}

/** A file that is not an ELF file, or a malformed one, needs no library. */
function readLoaded(file: UnpackedNode, unpacked: Unpacked): Loaded[] {
  if (unpacked.identity(file) === undefined) return [];
  const { path } = file.entry;
  try {
    const { soname, needed } = readElf(unpacked.place(file), path);
    return [{ file, names: new Set([soname ?? '', posix.basename(path)]), needed: new Set(needed) }];
  } catch (error) {
    if (error instanceof RelopackError) return [];
    throw error;
  }
}

function belowTop(path: string): string {
  return path.slice(path.indexOf('/') + 1);
}
