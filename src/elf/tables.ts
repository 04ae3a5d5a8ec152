import type { ElfBytes } from './bytes.ts';
import { ObjectType, SectionFlag, SectionType, SegmentType, Tag } from './format.ts';

/** A program header; `at` is where it stands in the file. */
export interface Segment {
  at: number;
  type: number;
  flags: number;
  offset: number;
  vaddr: number;
  filesz: number;
  memsz: number;
}

/** A section header; `at` is where it stands in the file. */
export interface Section {
  at: number;
  type: number;
  flags: number;
  addr: number;
  offset: number;
  size: number;
  link: number;
  addralign: number;
}

/** An entry of the dynamic section; `at` is where it stands in the file. */
export interface DynamicEntry {
  at: number;
  /** d_tag; one beyond 2^53 loses its low bits, and means nothing here. */
  tag: number;
  value: bigint;
}

/** A run of bytes of the file. */
export interface FilePart {
  offset: number;
  size: number;
}

/** One that is in memory too. */
export interface Extent extends FilePart {
  address: number;
}

/** Where the parts of an ELF file are. */
export interface ElfTables {
  machine: number;
  type: number;
  phoff: number;
  shoff: number;
  segments: Segment[];
  sections: Section[];
  /** The entries before the first DT_NULL; empty where ld.so finds no dynamic section. */
  dynamic: DynamicEntry[];
  /** How many DT_NULL follow them in a row, counted up to two: one to take, one to stay. */
  dynamicNulls: number;
  /** What DT_STRTAB and DT_STRSZ describe: .dynstr. */
  strings: Extent | undefined;
}

/** More than any linker writes (LLVM's own libraries have some forty); a hostile file could ask for millions. */
const maxDynamicEntries = 16_384;

/**
 * Reads the headers and the dynamic section as ld.so sees them: by addresses, not by section names.
 * Throws RelopackError('elf-malformed').
 */
export function readTables(file: ElfBytes): ElfTables {
  const { header } = file.format;
  const type = file.get(header, 0, 'type');
  const phoff = file.get(header, 0, 'phoff');
  const shoff = file.get(header, 0, 'shoff');
  const segments = readSegments(file, phoff);
  const sections = readSections(file, shoff);
  const tables = { machine: file.get(header, 0, 'machine'), type, phoff, shoff, segments, sections };
  const none = { ...tables, dynamic: [], dynamicNulls: 0, strings: undefined };
  if (type !== ObjectType.exec && type !== ObjectType.dyn) return none;
  const found = findDynamic(segments, sections);
  if (found === undefined) return none;

  checkLoads(file, segments);
  const { dynamic, dynamicNulls } = readDynamic(file, segments, found);
  return { ...tables, dynamic, dynamicNulls, strings: findStrings(file, segments, dynamic) };
}

/** The segments that are mapped. */
export function loads(segments: Segment[]): Segment[] {
  return segments.filter((segment) => segment.type === SegmentType.load);
}

/**
 * Where in the file the memory at `address` comes from; undefined unless all of it does so in one run. patchelf lets
 * strings run on from one segment into the next, which follows in the file as it does in memory.
 */
export function fileOffset(segments: Segment[], address: number, size: number): number | undefined {
  const mapped = loads(segments);
  const first = mapped.findIndex((s) => address >= s.vaddr && address <= s.vaddr + s.filesz);
  const holder = mapped[first];
  if (holder === undefined) return undefined;
  let end = holder.vaddr + holder.filesz;
  for (const next of mapped.slice(first + 1)) {
    if (next.vaddr !== end || next.offset !== holder.offset + (end - holder.vaddr)) break;
    end += next.filesz;
  }
  return address + size <= end ? holder.offset + (address - holder.vaddr) : undefined;
}

/** Whether two runs of bytes have a byte in common. */
export function overlap(a: FilePart, b: FilePart): boolean {
  return a.size > 0 && b.size > 0 && a.offset < b.offset + b.size && b.offset < a.offset + a.size;
}

/** The value of the last entry of a tag, as ld.so takes it. Throws where it is beyond any address. */
export function dynamicValue(file: ElfBytes, dynamic: DynamicEntry[], tag: number): number | undefined {
  const entry = dynamic.findLast((candidate) => candidate.tag === tag);
  return entry === undefined ? undefined : file.get(file.format.dynamic, entry.at, 'value');
}

function readSegments(file: ElfBytes, phoff: number): Segment[] {
  const { header, segment } = file.format;
  const count = file.get(header, 0, 'phnum');
  if (count === 0) return [];
  if (file.get(header, 0, 'phentsize') !== segment.size)
    throw file.malformed('its program headers have an odd size');
  return Array.from({ length: count }, (_, index) => {
    const at = phoff + index * segment.size;
    return {
      at,
      type: file.get(segment, at, 'type'),
      flags: file.get(segment, at, 'flags'),
      offset: file.get(segment, at, 'offset'),
      vaddr: file.get(segment, at, 'vaddr'),
      filesz: file.get(segment, at, 'filesz'),
      memsz: file.get(segment, at, 'memsz'),
    };
  });
}

/** A table of more than 65,279 sections (only relocatable objects have that) reads as none. */
function readSections(file: ElfBytes, shoff: number): Section[] {
  const { header, section } = file.format;
  const count = file.get(header, 0, 'shnum');
  if (shoff === 0 || count === 0) return [];
  if (file.get(header, 0, 'shentsize') !== section.size)
    throw file.malformed('its section headers have an odd size');
  return Array.from({ length: count }, (_, index) => {
    const at = shoff + index * section.size;
    return {
      at,
      type: file.get(section, at, 'type'),
      flags: file.get(section, at, 'flags'),
      addr: file.get(section, at, 'addr'),
      offset: file.get(section, at, 'offset'),
      size: file.get(section, at, 'size'),
      link: file.get(section, at, 'link'),
      addralign: file.get(section, at, 'addralign'),
    };
  });
}

/** PT_DYNAMIC, unless its bytes were split off into another file, as in a .debug file. */
function findDynamic(segments: Segment[], sections: Section[]): Segment | undefined {
  const found = segments.find((segment) => segment.type === SegmentType.dynamic && segment.filesz > 0);
  if (found === undefined) return undefined;
  const emptied = sections.some(
    ({ type, flags, addr }) =>
      type === SectionType.nobits && (flags & SectionFlag.tls) === 0 && addr === found.vaddr,
  );
  return emptied ? undefined : found;
}

/** glibc's elf/dl-load.c maps the segments in the order of their headers and trusts that to be ascending. */
function checkLoads(file: ElfBytes, segments: Segment[]): void {
  let end = 0;
  for (const { offset, vaddr, filesz, memsz } of loads(segments)) {
    if (!file.holds(offset, filesz))
      throw file.malformed(`it ends before byte ${offset + filesz}, which its segments need`);
    if (memsz < filesz || vaddr < end) throw file.malformed('its segments overlap in memory');
    end = vaddr + memsz;
    if (end > file.format.limit) throw file.malformed('its segments lie beyond any address');
  }
}

function readDynamic(
  file: ElfBytes,
  segments: Segment[],
  found: Segment,
): Pick<ElfTables, 'dynamic' | 'dynamicNulls'> {
  const { dynamic: record } = file.format;
  const start = fileOffset(segments, found.vaddr, found.filesz);
  if (start === undefined) throw file.malformed('its dynamic section is outside its segments');
  const tags: number[] = [];
  const tagAt = (index: number) => Number(file.getBig(record, start + index * record.size, 'tag'));
  const capacity = Math.floor(found.filesz / record.size);

  for (let index = 0; index < capacity && index < maxDynamicEntries; index++) {
    const tag = tagAt(index);
    if (tag === Tag.null) break;
    tags.push(tag);
  }
  let nulls = 0;
  while (nulls < 2 && tags.length + nulls < capacity && tagAt(tags.length + nulls) === Tag.null) nulls++;
  if (tags.length === maxDynamicEntries) throw file.malformed('its dynamic section has no end');

  const dynamic = tags.map((tag, index) => {
    const at = start + index * record.size;
    return { at, tag, value: file.getBig(record, at, 'value') };
  });
  return { dynamic, dynamicNulls: nulls };
}

function findStrings(file: ElfBytes, segments: Segment[], dynamic: DynamicEntry[]): Extent | undefined {
  const address = dynamicValue(file, dynamic, Tag.strtab);
  const size = dynamicValue(file, dynamic, Tag.strsz);
  if (address === undefined || size === undefined) return undefined;
  const offset = fileOffset(segments, address, size);
  if (offset === undefined) throw file.malformed('its dynamic strings are outside its segments');
  if (size > 0 && file.bytes[offset + size - 1] !== 0)
    throw file.malformed('its dynamic strings have no end');
  return { offset, address, size };
}
