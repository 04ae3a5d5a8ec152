import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { type ElfIdentity, elfIdentity, identityBytes } from '../elf/identity.ts';

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
