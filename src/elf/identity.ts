import { Ident } from './format.ts';

/** The kind of machine that an ELF file is for. ld.so loads two files into one process only if theirs are the same. */
export interface ElfIdentity {
  class: 32 | 64;
  littleEndian: boolean;
  /** e_machine, such as 62 for x86-64. */
  machine: number;
}

const magic = Buffer.from('\x7fELF', 'latin1');
/** The size of e_ident, e_type and e_machine together, which `elfIdentity` reads. */
export const identityBytes = 20;
const machineOffset = 18;

/** Whether the first four bytes are those of an ELF file. */
export function isElf(bytes: Uint8Array): boolean {
  return magic.equals(bytes.subarray(0, magic.length));
}

/**
 * Reads class, byte order and machine from the first `identityBytes` of an ELF file, also of one that relopack does not
 * support. Returns undefined for any other file.
 */
export function elfIdentity(bytes: Uint8Array): ElfIdentity | undefined {
  if (!isElf(bytes) || bytes.length < identityBytes) return undefined;
  const elfClass = bytes[Ident.class];
  const byteOrder = bytes[Ident.byteOrder];
  if ((elfClass !== 1 && elfClass !== 2) || (byteOrder !== 1 && byteOrder !== 2)) return undefined;
  const littleEndian = byteOrder === 1;
  const machine = new DataView(bytes.buffer, bytes.byteOffset).getUint16(machineOffset, littleEndian);
  return { class: elfClass === 1 ? 32 : 64, littleEndian, machine };
}

/** Whether two files can be loaded into one process (glibc elf/dl-load.c, open_verify). A file that is not ELF cannot. */
export function sameIdentity(one: ElfIdentity | undefined, other: ElfIdentity | undefined): boolean {
  return (
    one !== undefined &&
    other !== undefined &&
    one.class === other.class &&
    one.littleEndian === other.littleEndian &&
    one.machine === other.machine
  );
}
