import type { ElfBytes } from '../bytes.ts';
import type { Extent, Segment } from '../segments.ts';
import type { ElfTables } from '../tables.ts';

/** What no table's alignment exceeds: of 64-bit notes and symbols it's eight. */
export const strictest = 16;

/** A copy of a file with room in it: zero bytes that are mapped and that nothing else uses. */
export interface Placement {
  file: ElfBytes;
  room: Extent;
}

/** Finds room for `size` bytes at a multiple of `alignment`; undefined where there is none. */
export type Place = (
  file: ElfBytes,
  tables: ElfTables,
  size: number,
  alignment: number,
) => Placement | undefined;

/** Gives a segment this size, in the file and in memory. */
export function grow(file: ElfBytes, { at }: Pick<Segment, 'at'>, size: number): void {
  file.set(file.format.segment, at, 'filesz', size);
  file.set(file.format.segment, at, 'memsz', size);
}
