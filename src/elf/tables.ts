import type { ElfBytes } from './bytes.ts';
import { type Dynamic, readDynamic } from './dynamic.ts';
import { maxPageSize, ObjectType, SectionFlag, SectionType, SegmentType } from './format.ts';
import { checkLoads, type Extent, type FilePart, loads, readSegments, type Segment } from './segments.ts';

/** A section header. */
export interface Section {
  /** Its offset in the file. */
  at: number;
  type: number;
  flags: number;
  addr: number;
  offset: number;
  size: number;
  link: number;
  addralign: number;
}

/** All headers of an ELF file and its dynamic section. */
export interface ElfTables extends Dynamic {
  machine: number;
  type: number;
  phoff: number;
  shoff: number;
  segments: Segment[];
  sections: Section[];
}

/**
 * Reads the headers and the dynamic section. The dynamic section is found by addresses, as ld.so does, and not by the
 * names of sections. Throws RelopackError('elf-malformed').
 */
export function readTables(file: ElfBytes): ElfTables {
  const { header } = file.format;
  const type = file.get(header, 0, 'type');
  const phoff = file.get(header, 0, 'phoff');
  const shoff = file.get(header, 0, 'shoff');
  const segments = readSegments(file, phoff);
  const sections = readSections(file, shoff);
  const tables = { machine: file.get(header, 0, 'machine'), type, phoff, shoff, segments, sections };
  const withoutDynamic = { ...tables, dynamic: [], dynamicNulls: 0, strings: undefined };
  if (type !== ObjectType.exec && type !== ObjectType.dyn) return withoutDynamic;
  const found = findDynamic(segments, sections);
  if (found === undefined) return withoutDynamic;

  checkLoads(file, segments);
  return { ...tables, ...readDynamic(file, segments, found) };
}

/** Returns no sections if there are more than 65,279: e_shnum is 0 then, and only relocatable objects have so many. */
function readSections(file: ElfBytes, shoff: number): Section[] {
  const { header, section } = file.format;
  const count = file.get(header, 0, 'shnum');
  if (shoff === 0 || count === 0) return [];
  if (file.get(header, 0, 'shentsize') !== section.size)
    throw file.malformed('its section headers have the wrong size');
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

/** Whether a section has bytes in the file. */
export function hasBytes({ type }: Section): boolean {
  return type !== SectionType.null && type !== SectionType.nobits;
}

/** The extent of a section, in the file and in memory. */
export function extentOf({ offset, addr: address, size }: Section): Extent {
  return { offset, address, size };
}

/** Finds PT_DYNAMIC. Ignores it in a .debug file: its bytes are in the file that was stripped. */
function findDynamic(segments: Segment[], sections: Section[]): Segment | undefined {
  const found = segments.find((segment) => segment.type === SegmentType.dynamic && segment.filesz > 0);
  if (found === undefined) return undefined;
  const emptied = sections.some(
    ({ type, flags, addr }) =>
      type === SectionType.nobits && (flags & SectionFlag.tls) === 0 && addr === found.vaddr,
  );
  return emptied ? undefined : found;
}

/** The parts of the file that are headers: the ELF header, the program headers and the section headers. */
export function headerParts(
  { format: { header, segment, section } }: ElfBytes,
  { phoff, segments, shoff, sections }: ElfTables,
): FilePart[] {
  return [
    { offset: 0, size: header.size },
    { offset: phoff, size: segments.length * segment.size },
    { offset: shoff, size: sections.length * section.size },
  ];
}

/** All parts of the file that are in use: the headers, and the segments and sections that they describe. */
export function fileParts(file: ElfBytes, tables: ElfTables): FilePart[] {
  return [
    ...headerParts(file, tables),
    ...tables.segments.map(({ offset, filesz }) => ({ offset, size: filesz })),
    ...tables.sections.filter(hasBytes),
  ];
}

/** The address where the memory behind a segment ends. ld.so maps the next segment from the start of its page. */
export function memoryLimit(file: ElfBytes, { segments, machine }: ElfTables, address: number): number {
  const next = loads(segments).find(({ vaddr }) => vaddr > address);
  return next === undefined ? file.format.maxAddress : next.vaddr - (next.vaddr % maxPageSize(machine));
}
