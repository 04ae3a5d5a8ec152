import type { ElfBytes } from '../bytes.ts';
import { maxPageSize, SegmentFlag, SegmentType } from '../format.ts';
import { type Extent, loads, roundUp, type Segment } from '../segments.ts';
import type { ElfTables } from '../tables.ts';

/**
 * The extent of a new segment that is at `offset` in the file. In memory it is on a page behind all others, as far into
 * that page as `offset` is into its own: mmap() requires this. Undefined if no address is left.
 */
export function newSegmentExtent(
  file: ElfBytes,
  { segments, machine }: ElfTables,
  offset: number,
  size: number,
): Extent | undefined {
  const page = maxPageSize(machine);
  const last = loads(segments).at(-1);
  const address = roundUp((last?.vaddr ?? 0) + (last?.memsz ?? 0), page) + (offset % page);
  return address + size > file.format.maxAddress ? undefined : { offset, address, size };
}

/**
 * Writes the program headers `segments` and one more: a read-only PT_LOAD for the new segment. It is placed behind the
 * last PT_LOAD, because their addresses have to ascend.
 */
export function writeNewSegment(
  edited: ElfBytes,
  { machine, phoff }: ElfTables,
  segments: Segment[],
  added: Extent,
): void {
  const { segment: record } = edited.format;
  const behind = 1 + segments.findLastIndex((segment) => segment.type === SegmentType.load);
  const headers = segments.map(({ at }) => Buffer.from(edited.bytes.subarray(at, at + record.size)));
  headers.splice(behind, 0, Buffer.alloc(record.size));
  Buffer.concat(headers).copy(edited.bytes, phoff);
  const at = phoff + behind * record.size;
  edited.set(record, at, 'type', SegmentType.load);
  edited.set(record, at, 'flags', SegmentFlag.read);
  edited.set(record, at, 'offset', added.offset);
  edited.set(record, at, 'vaddr', added.address);
  edited.set(record, at, 'paddr', added.address);
  edited.set(record, at, 'filesz', added.size);
  edited.set(record, at, 'memsz', added.size);
  edited.set(record, at, 'align', maxPageSize(machine));
}
