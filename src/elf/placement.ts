import type { ElfBytes } from './bytes.ts';
import { SectionType } from './format.ts';
import type { Extent, FilePart, Segment } from './segments.ts';
import type { ElfTables } from './tables.ts';

/** A copy of a file with room in it: zero bytes that are mapped and that nothing else uses. */
export interface Placement {
  file: ElfBytes;
  room: Extent;
}

/** Gives a segment this size, in the file and in memory. */
export function grow(file: ElfBytes, { at }: Pick<Segment, 'at'>, size: number): void {
  file.set(file.format.segment, at, 'filesz', size);
  file.set(file.format.segment, at, 'memsz', size);
}

/** Everything that the headers speak of. */
export function fileParts(file: ElfBytes, tables: ElfTables): FilePart[] {
  const { header, segment, section } = file.format;
  return [
    { offset: 0, size: header.size },
    { offset: tables.phoff, size: tables.segments.length * segment.size },
    { offset: tables.shoff, size: tables.sections.length * section.size },
    ...tables.segments.map(({ offset, filesz }) => ({ offset, size: filesz })),
    ...tables.sections.filter(({ type }) => type !== SectionType.null && type !== SectionType.nobits),
  ];
}
