import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type ElfIdentity, elfIdentity, identityBytes } from '../elf/identity.ts';
import { loaderPath } from '../plan/archive-path.ts';

/** The kind of machine that an ELF file on the disk is for. Undefined for any other file, or none. */
export function identityOf(path: string): ElfIdentity | undefined {
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return undefined;
  const bytes = Buffer.alloc(identityBytes);
  const file = openSync(path, 'r');
  try {
    return elfIdentity(bytes.subarray(0, readSync(file, bytes)));
  } finally {
    closeSync(file);
  }
}

/** The identity of the packed loader. A file that is loaded into the packed Python must have the same. */
export function loaderIdentity(top: string): ElfIdentity | undefined {
  return identityOf(join(top, loaderPath));
}
