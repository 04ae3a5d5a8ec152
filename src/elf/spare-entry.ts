import { ElfBytes } from './bytes.ts';
import { readTables } from './tables.ts';

/**
 * Whether an ELF file has room for one more entry in its dynamic section, behind the last one. GNU ld and gold leave some
 * room (--spare-dynamic-tags). `name` is the file's name in errors. Throws RelopackError('elf-malformed').
 */
export function hasSpareEntry(bytes: Buffer, name: string): boolean {
  return readTables(new ElfBytes(bytes, name)).dynamicNulls > 1;
}
