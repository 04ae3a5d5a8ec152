import type { ElfBytes } from '../bytes.ts';
import { largestPage, SectionFlag, SegmentFlag } from '../format.ts';
import { type Extent, type FilePart, loads, overlap, roundUp, type Segment } from '../segments.ts';
import { type ElfTables, fileParts } from '../tables.ts';
import { grow, type Placement } from './room.ts';

/** The zeros between a read-only segment and the page where the next one begins: the file stays as long as it is. */
export function gap(
  file: ElfBytes,
  tables: ElfTables,
  size: number,
  alignment: number,
): Placement | undefined {
  const { strings, segments } = tables;
  const holds = ({ vaddr, memsz }: Segment) =>
    strings !== undefined && strings.address >= vaddr && strings.address < vaddr + memsz;
  const candidates = loads(segments).sort((a, b) => Number(holds(b)) - Number(holds(a)));
  if (candidates.some((segment) => holds(segment) && isAlone(tables, segment))) return undefined;

  for (const segment of candidates) {
    const room = gapBehind(file, tables, segment, size, alignment);
    if (room === undefined) continue;
    const edited = file.copy();
    grow(edited, segment, room.offset + size - segment.offset);
    return { file: edited, room };
  }
  return undefined;
}

/**
 * Whether .dynstr is all that a segment holds, as patchelf leaves some. strip would find no section in it once the strings
 * have gone, and set it where ld.so refuses it.
 */
function isAlone({ sections, strings }: ElfTables, { vaddr, memsz }: Segment): boolean {
  const inside = sections.filter(
    ({ flags, addr }) => (flags & SectionFlag.alloc) !== 0 && addr >= vaddr && addr < vaddr + memsz,
  );
  return inside.length > 0 && inside.every(({ addr }) => addr === strings?.address);
}

/** Zeros behind a segment that nothing uses, in the file and in memory, unless it's one that has .bss there. */
export function gapBehind(
  file: ElfBytes,
  tables: ElfTables,
  { offset, vaddr, filesz, memsz, flags }: Segment,
  size: number,
  alignment: number,
): Extent | undefined {
  const padding = roundUp(offset + filesz, alignment) - (offset + filesz);
  const room = { offset: offset + filesz + padding, address: vaddr + memsz + padding, size };
  const readOnly = (flags & SegmentFlag.write) === 0 && (flags & SegmentFlag.read) !== 0;
  if (!readOnly || filesz !== memsz || room.address + size > memoryLimit(file, tables, vaddr))
    return undefined;
  return isFree(file, tables, { offset: offset + filesz, size: padding + size }) ? room : undefined;
}

/** Where the memory behind a segment ends: ld.so maps the next one from the start of its page. */
function memoryLimit(file: ElfBytes, { segments, machine }: ElfTables, address: number): number {
  const next = loads(segments).find(({ vaddr }) => vaddr > address);
  return next === undefined ? file.format.limit : next.vaddr - (next.vaddr % largestPage(machine));
}

/** Whether these bytes of the file are zero and belong to nothing. */
function isFree(file: ElfBytes, tables: ElfTables, { offset, size }: FilePart): boolean {
  if (!file.holds(offset, size)) return false;
  const free = fileParts(file, tables).every((part) => !overlap(part, { offset, size }));
  return free && Buffer.alloc(size).equals(file.bytes.subarray(offset, offset + size));
}
