import type { ElfBytes } from '../bytes.ts';
import { SegmentType } from '../format.ts';
import { type Extent, loads, roundUp } from '../segments.ts';
import { type ElfTables, hasBytes, type Section } from '../tables.ts';
import { movableSections, writeReferences } from './movable.ts';
import { newSegmentExtent, writeNewSegment } from './new-segment.ts';
import { maxAlignment, type Room } from './room.ts';

/** How many of the tables behind the program headers may move together. */
const maxMoves = 8;

/** The part that moves to free the bytes of one more program header. */
interface Obstacle {
  part: Extent;
  sections: Section[];
}

/**
 * The way "header": makes room in a new segment at the end of the file, with one more program header. The tables
 * behind the program headers, such as PT_INTERP and notes, move to the new segment too.
 *
 * The program headers stay in the first segment, where kernels before 5.18 look for those of a program.
 */
export function addHeader(
  file: ElfBytes,
  tables: ElfTables,
  size: number,
  alignment: number,
): Room | undefined {
  const { segments } = tables;
  const { header, segment: record } = file.format;
  const obstacle = findObstacle(file, tables);
  if (obstacle === undefined) return undefined;
  const { part, sections } = obstacle;
  const offset = roundUp(file.bytes.length, maxAlignment) + (part.offset % maxAlignment);
  const before = roundUp(offset + part.size, alignment) - offset;
  const added = newSegmentExtent(file, tables, offset, before + size);
  if (added === undefined) return undefined;

  const edited = file.copy(offset + added.size - file.bytes.length);
  file.bytes.copy(edited.bytes, offset, part.offset, part.offset + part.size);
  edited.bytes.fill(0, part.offset, part.offset + part.size);
  writeReferences(edited, tables, sections, part, added);
  for (const { at, type, filesz, memsz } of segments) {
    if (type !== SegmentType.phdr) continue;
    edited.set(record, at, 'filesz', filesz + record.size);
    edited.set(record, at, 'memsz', memsz + record.size);
  }
  writeNewSegment(edited, tables, segments, added);
  edited.set(header, 0, 'phnum', segments.length + 1);
  return { file: edited, extent: { offset: offset + before, address: added.address + before, size } };
}

/** The smallest part behind the program headers that is large enough for one more and that can move. */
function findObstacle(file: ElfBytes, tables: ElfTables): Obstacle | undefined {
  const { phoff, segments, sections } = tables;
  const { size: needed } = file.format.segment;
  const start = phoff + segments.length * needed;
  const segment = loads(segments).find(({ offset, filesz }) => start >= offset && start < offset + filesz);
  if (segment === undefined) return undefined;
  const ends = sections
    .filter(hasBytes)
    .map(({ offset, size }) => offset + size)
    .filter((end) => end >= start + needed && end <= segment.offset + segment.filesz)
    .sort((a, b) => a - b);
  for (const end of ends.slice(0, maxMoves)) {
    const part = { offset: start, address: segment.vaddr + (start - segment.offset), size: end - start };
    const moved = movableSections(file, tables, part);
    if (moved !== undefined) return { part, sections: moved };
  }
  return undefined;
}
