import type { ElfBytes } from '../bytes.ts';
import type { Extent, FilePart, Segment } from '../segments.ts';
import { type ElfTables, hasBytes } from '../tables.ts';

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

/** Where the headers are: the file's own, and the tables of those of segments and sections. */
export function headerParts(
  { format: { header, segment, section } }: ElfBytes,
  { phoff, segments, shoff, sections }: ElfTables,
): FilePart[] {
  return [
    { offset: 0, size: header.size },
    { offset: phoff, size: segments.length * segment.size },
    { offset: shoff, size: sections.length * section.size },
  ];
}

/** The headers, and everything that they speak of. */
export function fileParts(file: ElfBytes, tables: ElfTables): FilePart[] {
  return [
    ...headerParts(file, tables),
    ...tables.segments.map(({ offset, filesz }) => ({ offset, size: filesz })),
    ...tables.sections.filter(hasBytes),
  ];
}

export function roundUp(value: number, unit: number): number {
  return Math.ceil(value / unit) * unit;
}
