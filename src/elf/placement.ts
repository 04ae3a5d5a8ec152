import type { ElfBytes } from './bytes.ts';
import { largestPage, ObjectType, SectionFlag, SectionType, SegmentFlag, SegmentType } from './format.ts';
import { type ElfTables, type Extent, type FilePart, loads, overlap, type Segment } from './tables.ts';

/** A copy of a file with room in it: zero bytes that are mapped and that nothing else uses. */
export interface Placement {
  file: ElfBytes;
  room: Extent;
  /** How the room was made, for figures. */
  way: 'gap' | 'tail' | 'slot' | 'headers';
}

/** A tail is made by writing .bss out. Zeros compress, but they do take room on the disk. */
const smallBss = 1 << 16;
const largeBss = 1 << 20;

/**
 * Makes room for `size` bytes of read-only memory, in the way that changes least. Undefined where there is none.
 *
 * A gap costs nothing; a tail moves what isn't mapped; a slot turns a header that says nothing new into a PT_LOAD;
 * moving the headers is for libraries only, since kernels before 5.18 look for those of a program in its first segment.
 */
export function place(file: ElfBytes, tables: ElfTables, size: number): Placement | undefined {
  return (
    gap(file, tables, size) ??
    tail(file, tables, size, smallBss) ??
    slot(file, tables, size) ??
    tail(file, tables, size, largeBss) ??
    headers(file, tables, size)
  );
}

/** The zeros between a read-only segment and the page where the next one begins. */
function gap(file: ElfBytes, tables: ElfTables, size: number): Placement | undefined {
  const { strings, segments } = tables;
  const holds = ({ vaddr, memsz }: Segment) =>
    strings !== undefined && strings.address >= vaddr && strings.address < vaddr + memsz;
  const candidates = loads(segments)
    .filter(
      (s) =>
        (s.flags & SegmentFlag.write) === 0 && (s.flags & SegmentFlag.read) !== 0 && s.filesz === s.memsz,
    )
    .sort((a, b) => Number(holds(b)) - Number(holds(a)));

  for (const segment of candidates) {
    const room = { offset: segment.offset + segment.filesz, address: segment.vaddr + segment.memsz, size };
    if (room.address + size > memoryLimit(file, tables, segment) || !isFree(file, tables, room)) continue;
    const edited = file.copy();
    grow(edited, segment, segment.filesz + size);
    return { file: edited, room, way: 'gap' };
  }
  return undefined;
}

/** The end of the last segment, behind its .bss; what follows it in the file moves on. */
function tail(file: ElfBytes, tables: ElfTables, size: number, maxBss: number): Placement | undefined {
  const segment = loads(tables.segments).at(-1);
  if (segment === undefined) return undefined;
  const end = segment.offset + segment.filesz;
  const bss = segment.memsz - segment.filesz;
  const room = { offset: end + bss, address: segment.vaddr + segment.memsz, size };
  if (bss > maxBss || room.address + size > file.format.limit || !movableFrom(file, tables, end))
    return undefined;

  const alignment = Math.max(8, ...tables.sections.filter((s) => s.offset >= end).map((s) => s.addralign));
  if (alignment > largestPage(tables.machine)) return undefined;
  const shift = roundUp(bss + size, alignment);
  const edited = file.copy(shift);
  file.bytes.copy(edited.bytes, end + shift, end);
  edited.bytes.fill(0, end, end + shift);

  const { header, segment: program, section } = file.format;
  if (tables.shoff >= end) edited.set(header, 0, 'shoff', tables.shoff + shift);
  for (const { at, offset, filesz } of tables.segments) {
    if (offset >= end && filesz > 0) edited.set(program, at, 'offset', offset + shift);
  }
  for (const { at, type, flags, addr, offset } of tables.sections) {
    const place = at >= end ? at + shift : at;
    const inBss = (flags & SectionFlag.tls) === 0 && addr >= segment.vaddr + segment.filesz;
    if (type === SectionType.nobits && (flags & SectionFlag.alloc) !== 0 && inBss) {
      // It has bytes in the file now; strip would take them away again.
      edited.set(section, place, 'type', SectionType.progbits);
      edited.set(section, place, 'offset', segment.offset + (addr - segment.vaddr));
    } else if (offset >= end) {
      edited.set(section, place, 'offset', offset + shift);
    }
  }
  grow(edited, segment, segment.memsz + size);
  return { file: edited, room, way: 'tail' };
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
  return { file: edited, room, way: 'slot' };
}

/**
 * The same with the program headers moved to the end, one more of them. They keep off every page that is mapped from
 * before, where ld.so would look for them and find .bss. The segment leaves them out, which makes strip decline: it
 * would put them back where they don't fit.
 */
function headers(file: ElfBytes, tables: ElfTables, size: number): Placement | undefined {
  const { segments, machine, type } = tables;
  const program = segments.some((s) => s.type === SegmentType.interp || s.type === SegmentType.phdr);
  if (type !== ObjectType.dyn || program) return undefined;
  const { header, segment } = file.format;
  const count = segments.length + 1;
  const mapped = Math.max(...loads(segments).map(({ offset, filesz }) => offset + filesz));
  const phoff = roundUp(Math.max(file.bytes.length, roundUp(mapped, largestPage(machine))), 8);
  const room = extentBehind(file, tables, phoff + count * segment.size, size);
  if (room === undefined) return undefined;
  const edited = file.copy(room.offset + size - file.bytes.length);
  writeHeaders(file, tables, edited, phoff, segments, room);
  edited.set(header, 0, 'phoff', phoff);
  edited.set(header, 0, 'phnum', count);
  return { file: edited, room, way: 'headers' };
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

function grow(file: ElfBytes, { at }: Segment, size: number): void {
  file.set(file.format.segment, at, 'filesz', size);
  file.set(file.format.segment, at, 'memsz', size);
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

/** Where the memory behind a segment ends: ld.so maps the next one from the start of its page. */
function memoryLimit(file: ElfBytes, { segments, machine }: ElfTables, segment: Segment): number {
  const next = loads(segments).find(({ vaddr }) => vaddr > segment.vaddr);
  return next === undefined ? file.format.limit : roundDown(next.vaddr, largestPage(machine));
}

/** Whether these bytes of the file are zero and belong to nothing. */
function isFree(file: ElfBytes, tables: ElfTables, { offset, size }: Extent): boolean {
  if (!file.holds(offset, size)) return false;
  const free = fileParts(file, tables).every((part) => !overlap(part, { offset, size }));
  return free && Buffer.alloc(size).equals(file.bytes.subarray(offset, offset + size));
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

/** Everything that the headers speak of. */
function fileParts(file: ElfBytes, tables: ElfTables): FilePart[] {
  const { header, segment, section } = file.format;
  return [
    { offset: 0, size: header.size },
    { offset: tables.phoff, size: tables.segments.length * segment.size },
    { offset: tables.shoff, size: tables.sections.length * section.size },
    ...tables.segments.map(({ offset, filesz }) => ({ offset, size: filesz })),
    ...tables.sections.filter(({ type }) => type !== SectionType.null && type !== SectionType.nobits),
  ];
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

function roundDown(value: number, unit: number): number {
  return Math.floor(value / unit) * unit;
}
