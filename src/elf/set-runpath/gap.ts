import type { ElfBytes } from '../bytes.ts';
import { SectionFlag, SegmentFlag } from '../format.ts';
import { type Extent, type FilePart, loads, overlap, roundUp, type Segment } from '../segments.ts';
import { type ElfTables, fileParts, memoryLimit } from '../tables.ts';
import { type Room, writeSegmentSize } from './room.ts';

/**
 * The way "gap": finds room in the zeros between a read-only segment and the page where the next one starts.
 * The file does not grow. The segment of .dynstr is tried first.
 */
export function findGap(
  file: ElfBytes,
  tables: ElfTables,
  size: number,
  alignment: number,
): Room | undefined {
  const { strings, segments } = tables;
  const hasStrings = ({ vaddr, memsz }: Segment) =>
    strings !== undefined && strings.address >= vaddr && strings.address < vaddr + memsz;
  const candidates = loads(segments).sort((a, b) => Number(hasStrings(b)) - Number(hasStrings(a)));
  if (candidates.some((segment) => hasStrings(segment) && hasOnlyStrings(tables, segment))) return undefined;

  for (const segment of candidates) {
    const extent = gapBehind(file, tables, segment, size, alignment);
    if (extent === undefined) continue;
    const edited = file.copy();
    writeSegmentSize(edited, segment, extent.offset + size - segment.offset);
    return { file: edited, extent };
  }
  return undefined;
}

/**
 * Whether .dynstr is the only section of a segment, as patchelf leaves some. If the strings moved away, strip would find
 * no section in the segment, and move the segment to an address that ld.so refuses.
 */
function hasOnlyStrings({ sections, strings }: ElfTables, { vaddr, memsz }: Segment): boolean {
  const inside = sections.filter(
    ({ flags, addr }) => (flags & SectionFlag.alloc) !== 0 && addr >= vaddr && addr < vaddr + memsz,
  );
  return inside.length > 0 && inside.every(({ addr }) => addr === strings?.address);
}

/**
 * The first `size` bytes of the zeros behind a segment. Undefined if the segment is writable or ends with .bss, or if
 * the bytes are used, in the file or in memory.
 */
export function gapBehind(
  file: ElfBytes,
  tables: ElfTables,
  { offset, vaddr, filesz, memsz, flags }: Segment,
  size: number,
  alignment: number,
): Extent | undefined {
  const padding = roundUp(offset + filesz, alignment) - (offset + filesz);
  const gap = { offset: offset + filesz + padding, address: vaddr + memsz + padding, size };
  const readOnly = (flags & SegmentFlag.write) === 0 && (flags & SegmentFlag.read) !== 0;
  if (!readOnly || filesz !== memsz || gap.address + size > memoryLimit(file, tables, vaddr))
    return undefined;
  return isFree(file, tables, { offset: offset + filesz, size: padding + size }) ? gap : undefined;
}

/** Whether these bytes of the file are zero and not used. */
function isFree(file: ElfBytes, tables: ElfTables, { offset, size }: FilePart): boolean {
  if (!file.contains(offset, size)) return false;
  const free = fileParts(file, tables).every((part) => !overlap(part, { offset, size }));
  return free && Buffer.alloc(size).equals(file.bytes.subarray(offset, offset + size));
}
