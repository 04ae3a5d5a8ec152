import type { ElfBytes } from './bytes.ts';
import { largestPage, SegmentFlag, SegmentType } from './format.ts';
import { movableSections, repoint } from './movable.ts';
import { fileParts, grow, type Placement } from './placement.ts';
import { type Extent, loads, type Segment } from './segments.ts';
import type { ElfTables, Section } from './tables.ts';

/** The alignment of the strictest table: of 64-bit notes and symbols it's eight. */
const strictest = 16;
/** How many of the tables behind the headers may have to go together. */
const maxMoves = 8;

/**
 * Makes the file longer for `size` bytes of read-only memory, in the way that changes least. Undefined where none does.
 *
 * A tail moves what isn't mapped; a slot turns a header that says nothing new into a PT_LOAD; a header is one more
 * of them. The program headers stay in the first segment, where kernels before 5.18 look for those of a program.
 */
export function grown(file: ElfBytes, tables: ElfTables, size: number): Placement | undefined {
  return tail(file, tables, size) ?? slot(file, tables, size) ?? header(file, tables, size);
}

/** The end of the last segment, unless that has .bss there; what follows it in the file moves on. */
function tail(file: ElfBytes, tables: ElfTables, size: number): Placement | undefined {
  const segment = loads(tables.segments).at(-1);
  if (segment === undefined || segment.filesz !== segment.memsz) return undefined;
  const end = segment.offset + segment.filesz;
  const room = { offset: end, address: segment.vaddr + segment.memsz, size };
  if (room.address + size > file.format.limit || !movableFrom(file, tables, end)) return undefined;

  const alignment = Math.max(8, ...tables.sections.filter((s) => s.offset >= end).map((s) => s.addralign));
  if (alignment > largestPage(tables.machine)) return undefined;
  const shift = roundUp(size, alignment);
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
  grow(edited, segment, segment.memsz + size);
  return { file: edited, room };
}

/** A segment of its own at the end of the file, in the place of a program header that says nothing new. */
function slot(file: ElfBytes, tables: ElfTables, size: number): Placement | undefined {
  const spare = spareHeader(tables.segments);
  if (spare === undefined) return undefined;
  const room = extentBehind(file, tables, file.bytes.length, size);
  if (room === undefined) return undefined;
  const edited = file.copy(size);
  const others = tables.segments.filter((segment) => segment !== spare);
  writeHeaders(file, tables, edited, tables.phoff, others, room);
  return { file: edited, room };
}

/**
 * The same with one more program header: what stands behind the table, such as PT_INTERP and notes, makes way for it
 * and goes to the new segment too.
 */
function header(file: ElfBytes, tables: ElfTables, size: number): Placement | undefined {
  const { segments, phoff } = tables;
  const { header: fileHeader, segment: record } = file.format;
  const way = behindHeaders(file, tables);
  if (way === undefined) return undefined;
  const { part, sections } = way;
  const offset = roundUp(file.bytes.length, strictest) + (part.offset % strictest);
  const added = extentBehind(file, tables, offset, part.size + size);
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
  writeHeaders(edited.copy(), tables, edited, phoff, segments, added);
  edited.set(fileHeader, 0, 'phnum', segments.length + 1);
  const room = { offset: offset + part.size, address: added.address + part.size, size };
  return { file: edited, room };
}

/** The least that has to go for one more program header, and may. */
function behindHeaders(file: ElfBytes, tables: ElfTables): { part: Extent; sections: Section[] } | undefined {
  const { phoff, segments, sections } = tables;
  const { size: needed } = file.format.segment;
  const start = phoff + segments.length * needed;
  const holder = loads(segments).find(({ offset, filesz }) => start >= offset && start < offset + filesz);
  if (holder === undefined) return undefined;
  const ends = sections.map(({ offset, size }) => offset + size).sort((a, b) => a - b);
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
  from: ElfBytes,
  { machine }: ElfTables,
  to: ElfBytes,
  phoff: number,
  segments: Segment[],
  added: Extent,
): void {
  const { segment: record } = from.format;
  const behind = 1 + segments.findLastIndex((segment) => segment.type === SegmentType.load);
  segments.forEach(({ at }, index) => {
    const place = index < behind ? index : index + 1;
    from.bytes.copy(to.bytes, phoff + place * record.size, at, at + record.size);
  });
  const at = phoff + behind * record.size;
  to.set(record, at, 'type', SegmentType.load);
  to.set(record, at, 'flags', SegmentFlag.read);
  to.set(record, at, 'offset', added.offset);
  to.set(record, at, 'vaddr', added.address);
  to.set(record, at, 'paddr', added.address);
  to.set(record, at, 'filesz', added.size);
  to.set(record, at, 'memsz', added.size);
  to.set(record, at, 'align', largestPage(machine));
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

function roundUp(value: number, unit: number): number {
  return Math.ceil(value / unit) * unit;
}
