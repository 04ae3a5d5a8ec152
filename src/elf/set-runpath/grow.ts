import type { ElfBytes } from '../bytes.ts';
import { largestPage, SegmentFlag, SegmentType } from '../format.ts';
import { type Extent, loads, roundUp, type Segment } from '../segments.ts';
import { type ElfTables, fileParts, hasBytes, type Section } from '../tables.ts';
import { movableSections, repoint } from './movable.ts';
import { grow, type Placement, strictest } from './room.ts';

/** How many of the tables behind the headers may have to go together. */
const maxMoves = 8;

/**
 * Makes the file longer for `size` bytes of read-only memory, in the way that changes least. Undefined where none does.
 *
 * A tail moves what isn't mapped; a slot turns a header that says nothing new into a PT_LOAD; a header is one more
 * of them. The program headers stay in the first segment, where kernels before 5.18 look for those of a program.
 */
export function grown(
  file: ElfBytes,
  tables: ElfTables,
  size: number,
  alignment: number,
): Placement | undefined {
  return (
    tail(file, tables, size, alignment) ??
    slot(file, tables, size, alignment) ??
    header(file, tables, size, alignment)
  );
}

/** The end of the last segment, unless that has .bss there; what follows it in the file moves on. */
function tail(file: ElfBytes, tables: ElfTables, size: number, alignment: number): Placement | undefined {
  const segment = loads(tables.segments).at(-1);
  if (segment === undefined || segment.filesz !== segment.memsz) return undefined;
  const end = segment.offset + segment.filesz;
  const padding = roundUp(end, alignment) - end;
  const room = { offset: end + padding, address: segment.vaddr + segment.memsz + padding, size };
  if (room.address + size > file.format.limit || !movableFrom(file, tables, end)) return undefined;

  const step = Math.max(8, ...tables.sections.filter((s) => s.offset >= end).map((s) => s.addralign));
  if (step > largestPage(tables.machine)) return undefined;
  const shift = roundUp(padding + size, step);
  const edited = file.copy(shift);
  file.bytes.copy(edited.bytes, end + shift, end);
  edited.bytes.fill(0, end, end + shift);

  const { header, segment: program, section } = file.format;
  if (tables.shoff >= end) edited.set(header, 0, 'shoff', tables.shoff + shift);
  for (const { at, offset, filesz } of tables.segments) {
    if (offset >= end && filesz > 0) edited.set(program, at, 'offset', offset + shift);
  }
  for (const { at, offset } of tables.sections) {
    if (offset >= end) edited.set(section, at >= end ? at + shift : at, 'offset', offset + shift);
  }
  grow(edited, segment, segment.memsz + padding + size);
  return { file: edited, room };
}

/** A segment of its own at the end of the file, in the place of a program header that says nothing new. */
function slot(file: ElfBytes, tables: ElfTables, size: number, alignment: number): Placement | undefined {
  const spare = spareHeader(tables.segments);
  if (spare === undefined) return undefined;
  const room = extentBehind(file, tables, roundUp(file.bytes.length, alignment), size);
  if (room === undefined) return undefined;
  const edited = file.copy(room.offset + size - file.bytes.length);
  const others = tables.segments.filter((segment) => segment !== spare);
  writeHeaders(edited, tables, others, room);
  return { file: edited, room };
}

/**
 * The same with one more program header: what stands behind the table, such as PT_INTERP and notes, makes way for it
 * and goes to the new segment too.
 */
function header(file: ElfBytes, tables: ElfTables, size: number, alignment: number): Placement | undefined {
  const { segments } = tables;
  const { header: fileHeader, segment: record } = file.format;
  const way = behindHeaders(file, tables);
  if (way === undefined) return undefined;
  const { part, sections } = way;
  const offset = roundUp(file.bytes.length, strictest) + (part.offset % strictest);
  const before = roundUp(offset + part.size, alignment) - offset;
  const added = extentBehind(file, tables, offset, before + size);
  if (added === undefined) return undefined;

  const edited = file.copy(offset + added.size - file.bytes.length);
  file.bytes.copy(edited.bytes, offset, part.offset, part.offset + part.size);
  edited.bytes.fill(0, part.offset, part.offset + part.size);
  repoint(edited, tables, sections, part, added);
  for (const { at, type, filesz, memsz } of segments) {
    if (type !== SegmentType.phdr) continue;
    edited.set(record, at, 'filesz', filesz + record.size);
    edited.set(record, at, 'memsz', memsz + record.size);
  }
  writeHeaders(edited, tables, segments, added);
  edited.set(fileHeader, 0, 'phnum', segments.length + 1);
  const room = { offset: offset + before, address: added.address + before, size };
  return { file: edited, room };
}

/** The least that has to go for one more program header, and may. */
function behindHeaders(file: ElfBytes, tables: ElfTables): { part: Extent; sections: Section[] } | undefined {
  const { phoff, segments, sections } = tables;
  const { size: needed } = file.format.segment;
  const start = phoff + segments.length * needed;
  const holder = loads(segments).find(({ offset, filesz }) => start >= offset && start < offset + filesz);
  if (holder === undefined) return undefined;
  const ends = sections
    .filter(hasBytes)
    .map(({ offset, size }) => offset + size)
    .sort((a, b) => a - b);
  const candidates = ends.filter((end) => end >= start + needed && end <= holder.offset + holder.filesz);
  for (const end of candidates.slice(0, maxMoves)) {
    const part = { offset: start, address: holder.vaddr + (start - holder.offset), size: end - start };
    const moved = movableSections(file, tables, part);
    if (moved !== undefined) return { part, sections: moved };
  }
  return undefined;
}

/** Writes the program headers with a read-only PT_LOAD behind the last one: they have to ascend. */
function writeHeaders(
  file: ElfBytes,
  { machine, phoff }: ElfTables,
  segments: Segment[],
  added: Extent,
): void {
  const { segment: record } = file.format;
  const behind = 1 + segments.findLastIndex((segment) => segment.type === SegmentType.load);
  const written = segments.map(({ at }) => Buffer.from(file.bytes.subarray(at, at + record.size)));
  written.splice(behind, 0, Buffer.alloc(record.size));
  Buffer.concat(written).copy(file.bytes, phoff);
  const at = phoff + behind * record.size;
  file.set(record, at, 'type', SegmentType.load);
  file.set(record, at, 'flags', SegmentFlag.read);
  file.set(record, at, 'offset', added.offset);
  file.set(record, at, 'vaddr', added.address);
  file.set(record, at, 'paddr', added.address);
  file.set(record, at, 'filesz', added.size);
  file.set(record, at, 'memsz', added.size);
  file.set(record, at, 'align', largestPage(machine));
}

/** PT_NULL, or the PT_NOTE that only repeats PT_GNU_PROPERTY, which glibc and Linux prefer. */
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

/** Whether everything in the file lies wholly before `end`, or wholly behind it and isn't mapped. */
function movableFrom(file: ElfBytes, tables: ElfTables, end: number): boolean {
  return (
    tables.phoff < end &&
    fileParts(file, tables).every(
      ({ offset, size }) => offset + size <= end || offset >= end || size === 0,
    ) &&
    loads(tables.segments).every(({ offset, filesz }) => filesz === 0 || offset + filesz <= end)
  );
}

/** New memory on a page behind all other, as far into it as the offset is into its own: mmap() needs them to agree. */
function extentBehind(
  file: ElfBytes,
  { segments, machine }: ElfTables,
  offset: number,
  size: number,
): Extent | undefined {
  const page = largestPage(machine);
  const last = loads(segments).at(-1);
  const address = roundUp((last?.vaddr ?? 0) + (last?.memsz ?? 0), page) + (offset % page);
  return address + size > file.format.limit ? undefined : { offset, address, size };
}
