import type { ElfBytes } from '../bytes.ts';
import { maxPageSize } from '../format.ts';
import { loads, roundUp } from '../segments.ts';
import { type ElfTables, fileParts } from '../tables.ts';
import { type Room, writeSegmentSize } from './room.ts';

/** The alignment, in bytes, of the parts that move on in the file. A section may need a larger one. */
const minAlignment = 8;

/**
 * The way "tail": makes room at the end of the last segment, unless that segment ends with .bss. The bytes that follow
 * in the file are not mapped, and move on.
 */
export function growTail(
  file: ElfBytes,
  tables: ElfTables,
  size: number,
  alignment: number,
): Room | undefined {
  const segment = loads(tables.segments).at(-1);
  if (segment === undefined || segment.filesz !== segment.memsz) return undefined;
  const end = segment.offset + segment.filesz;
  const padding = roundUp(end, alignment) - end;
  const extent = { offset: end + padding, address: segment.vaddr + segment.memsz + padding, size };
  if (extent.address + size > file.format.maxAddress || !canMoveOn(file, tables, end)) return undefined;

  const behind = tables.sections.filter(({ offset }) => offset >= end);
  const step = Math.max(minAlignment, ...behind.map(({ addralign }) => addralign));
  if (step > maxPageSize(tables.machine)) return undefined;
  const shift = roundUp(padding + size, step);
  const edited = file.copy(shift);
  file.bytes.copy(edited.bytes, end + shift, end);
  edited.bytes.fill(0, end, end + shift);
  writeOffsets(edited, tables, end, shift);
  writeSegmentSize(edited, segment, segment.memsz + padding + size);
  return { file: edited, extent };
}

/** Whether each part of the file is completely before `end`, or completely behind it and not mapped. */
function canMoveOn(file: ElfBytes, tables: ElfTables, end: number): boolean {
  return (
    tables.phoff < end &&
    fileParts(file, tables).every(
      ({ offset, size }) => offset + size <= end || offset >= end || size === 0,
    ) &&
    loads(tables.segments).every(({ offset, filesz }) => filesz === 0 || offset + filesz <= end)
  );
}

/** Writes the new offsets of everything that was at `end` or behind it and has moved by `shift` bytes. */
function writeOffsets(edited: ElfBytes, tables: ElfTables, end: number, shift: number): void {
  const { header, segment, section } = edited.format;
  if (tables.shoff >= end) edited.set(header, 0, 'shoff', tables.shoff + shift);
  for (const { at, offset, filesz } of tables.segments) {
    if (offset >= end && filesz > 0) edited.set(segment, at, 'offset', offset + shift);
  }
  for (const { at, offset } of tables.sections) {
    if (offset >= end) edited.set(section, at >= end ? at + shift : at, 'offset', offset + shift);
  }
}
