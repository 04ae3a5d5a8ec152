import type { ElfBytes } from '../bytes.ts';
import type { Extent, Segment } from '../segments.ts';
import type { ElfTables } from '../tables.ts';

/** No table needs a larger alignment, in bytes: 64-bit notes and symbols need eight. */
export const maxAlignment = 16;

/** A new copy of a file with room in it: zero bytes that are mapped and that nothing uses. */
export interface Room {
  file: ElfBytes;
  extent: Extent;
}

/**
 * Finds or makes room for `size` bytes, at a multiple of `alignment` bytes. Returns undefined if there is none.
 * `file` is not changed. Throws RelopackError('elf-malformed').
 */
export type FindRoom = (
  file: ElfBytes,
  tables: ElfTables,
  size: number,
  alignment: number,
) => Room | undefined;

/** A new copy of a file whose .dynstr contains the new search path, at `index`. */
export interface PlacedString {
  file: ElfBytes;
  index: number;
}

/** Writes the size of a segment, in the file and in memory, into its program header. */
export function writeSegmentSize(edited: ElfBytes, { at }: Segment, size: number): void {
  edited.set(edited.format.segment, at, 'filesz', size);
  edited.set(edited.format.segment, at, 'memsz', size);
}
