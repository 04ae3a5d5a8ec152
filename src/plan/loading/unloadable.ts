import { RelopackError } from '../../common/error.ts';
import { ObjectType } from '../../elf/format.ts';
import type { ElfImage } from '../../elf/image.ts';

/** An ELF file that this Python cannot load. */
export interface UnloadableFile {
  /** A sentence with the path of the file as its subject. */
  problem: string;
  /** The error to throw if Python or a packed program loads the file. */
  error?: RelopackError;
}

/** The result of an action on an ELF file, or its error if the file is malformed or unsupported. */
export function elfErrorOr<T>(action: () => T): T | RelopackError {
  try {
    return action();
  } catch (error) {
    if (error instanceof RelopackError && error.code.startsWith('elf-')) return error;
    throw error;
  }
}

/** The C library of musl, Bionic or a BSD. glibc's is libc.so.6. */
const otherLibc = /^(?:libc\.(?!so\.6$)|ld-musl-)/;

/** The loader of musl or Bionic. */
const otherLoader = /\/(?:ld-musl-[^/]*|linker(?:64)?)$/;

/** Why no glibc loads a valid ELF file, as a predicate. Undefined if it may. */
export function foreignKind({ type, needed, interpreter = '' }: ElfImage): string | undefined {
  if (type === ObjectType.rel) return 'is an object file for a linker';
  if (type !== ObjectType.exec && type !== ObjectType.dyn) return 'is neither a program nor a library';
  const libc = needed.find((soname) => otherLibc.test(soname));
  if (libc !== undefined) return `is for another C library (${libc})`;
  return otherLoader.test(interpreter) ? `is for another C library (${interpreter})` : undefined;
}
