import type { ElfBytes } from '../bytes.ts';
import { SegmentType } from '../format.ts';
import { roundUp, type Segment } from '../segments.ts';
import type { ElfTables } from '../tables.ts';
import { newSegmentExtent, writeNewSegment } from './new-segment.ts';
import type { Room } from './room.ts';

/**
 * The way "slot": makes room in a new segment at the end of the file. Its PT_LOAD replaces a program header that
 * is not needed.
 */
export function reuseSlot(
  file: ElfBytes,
  tables: ElfTables,
  size: number,
  alignment: number,
): Room | undefined {
  const spare = spareHeader(tables.segments);
  if (spare === undefined) return undefined;
  const extent = newSegmentExtent(file, tables, roundUp(file.bytes.length, alignment), size);
  if (extent === undefined) return undefined;
  const edited = file.copy(extent.offset + size - file.bytes.length);
  const others = tables.segments.filter((segment) => segment !== spare);
  writeNewSegment(edited, tables, others, extent);
  return { file: edited, extent };
}

/** A PT_NULL, or the PT_NOTE that repeats PT_GNU_PROPERTY: glibc and Linux read the latter if both are there. */
function spareHeader(segments: Segment[]): Segment | undefined {
  const property = segments.find(({ type }) => type === SegmentType.gnuProperty);
  const repeats = ({ type, offset, vaddr, filesz, memsz }: Segment) =>
    type === SegmentType.note &&
    offset === property?.offset &&
    vaddr === property.vaddr &&
    filesz === property.filesz &&
    memsz === property.memsz;
  return segments.find(({ type }) => type === SegmentType.null) ?? segments.find(repeats);
}
