import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type ElfIdentity, elfIdentity } from '../elf/identity.ts';
import { loaderPath } from '../plan/archive-path.ts';

/** What an ELF file on the disk is for, by its first bytes; undefined for other files, and where there is none. */
export function identityOf(path: string): ElfIdentity | undefined {
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return undefined;
  const bytes = Buffer.alloc(20);
  const file = openSync(path, 'r');
  try {
    return elfIdentity(bytes.subarray(0, readSync(file, bytes)));
  } finally {
    closeSync(file);
  }
}

/** The same of the loader in an unpacked tree: what is to be loaded into the packed Python has to be like it. */
export function loaderIdentity(top: string): ElfIdentity | undefined {
  return identityOf(join(top, loaderPath));
}
