import type { ElfBytes } from '../bytes.ts';
import { SectionFlag, SectionType, SegmentType, Tag } from '../format.ts';
import { isFoundBySegment } from '../notes.ts';
import { type Extent, type FilePart, overlap, within } from '../segments.ts';
import { type ElfTables, extentOf, hasBytes, headerParts, type Section } from '../tables.ts';

/** Tables that ld.so finds by a dynamic entry alone, and that do not contain their own address. */
const foundByPointer: ReadonlySet<number> = new Set([
  SectionType.hash,
  SectionType.gnuHash,
  SectionType.dynsym,
  SectionType.gnuVersym,
  SectionType.gnuVerdef,
  SectionType.gnuVerneed,
]);

/** Relocations are such tables too. All of them move or none: DT_RELASZ may count those of two sections as one. */
const relocations: ReadonlySet<number> = new Set([SectionType.rela, SectionType.rel, SectionType.relr]);

/** The dynamic entries whose value is the address of such a table or of .dynstr. */
const pointers: ReadonlySet<number> = new Set([
  Tag.rela,
  Tag.rel,
  Tag.jmprel,
  Tag.relr,
  Tag.hash,
  Tag.gnuHash,
  Tag.strtab,
  Tag.symtab,
  Tag.versym,
  Tag.verdef,
  Tag.verneed,
]);

/** Segments whose bytes are found by their program header alone. */
const foundBySegment: ReadonlySet<number> = new Set([
  SegmentType.interp,
  SegmentType.note,
  SegmentType.gnuProperty,
]);

/** Whether a table can move alone, whatever is beside it. */
export function isSingle({ type }: Section): boolean {
  return foundByPointer.has(type);
}

/**
 * The sections in the part `whole` of the file, if all of it can move. Tables, relocations, notes, PT_INTERP and zeros
 * can. `.dynstr` can only if its section is given as `ownStrings`. Returns undefined if anything else is there.
 */
export function movableSections(
  file: ElfBytes,
  tables: ElfTables,
  whole: Extent,
  ownStrings?: Section,
): Section[] | undefined {
  const { segments, sections } = tables;
  const interpreter = segments.find(({ type }) => type === SegmentType.interp);
  const isMovable = (one: Section) =>
    foundByPointer.has(one.type) ||
    relocations.has(one.type) ||
    (one.type === SectionType.note && isFoundBySegment(file, one)) ||
    (one.type === SectionType.progbits && one.offset === interpreter?.offset);
  const isThere = ({ addr, offset }: Section) => addr - whole.address === offset - whole.offset;
  const real = sections.filter(hasBytes);
  const moved = new Set(
    real.filter((one) => within(one, whole) && isThere(one) && (isMovable(one) || one === ownStrings)),
  );

  const others = [
    ...fixedParts(file, tables, whole),
    ...real.filter((one) => !moved.has(one)),
    ...(tables.strings === undefined || ownStrings !== undefined ? [] : [tables.strings]),
  ];
  if (others.some((part) => overlap(part, whole))) return undefined;
  const found = [...moved];
  const possible =
    keepsRelocationsTogether(real, moved) &&
    leadsToSections(tables, whole, found, ownStrings) &&
    isZeroBetween(file, whole, found);
  return possible ? found : undefined;
}

/** The headers, the dynamic section, and each segment that cannot move together with the part `whole`. */
function fixedParts(file: ElfBytes, tables: ElfTables, whole: FilePart): FilePart[] {
  const { segments, dynamic } = tables;
  return [
    ...headerParts(file, tables),
    { offset: dynamic[0]?.at ?? 0, size: dynamic.length * file.format.dynamic.size },
    ...segments
      .map(({ type, offset, filesz: size }) => ({ type, offset, size }))
      .filter((one) => !(one.type === SegmentType.load && within(whole, one)))
      .filter((one) => !(foundBySegment.has(one.type) && within(one, whole))),
  ];
}

/** Whether all mapped relocations move, or none. */
function keepsRelocationsTogether(sections: Section[], moved: ReadonlySet<Section>): boolean {
  const counted = sections.filter(
    ({ type, flags }) => relocations.has(type) && (flags & SectionFlag.alloc) !== 0,
  );
  return !counted.some((one) => moved.has(one)) || counted.every((one) => moved.has(one));
}

/** Whether each dynamic entry that points into the part `whole` points into a moving section, and DT_STRTAB into .dynstr. */
function leadsToSections(
  { dynamic }: ElfTables,
  whole: Extent,
  moved: Section[],
  ownStrings: Section | undefined,
): boolean {
  return dynamic
    .filter(({ tag, value }) => pointers.has(tag) && pointsInto(value, whole))
    .every(({ tag, value }) =>
      moved.some((one) => (one === ownStrings) === (tag === Tag.strtab) && pointsInto(value, extentOf(one))),
    );
}

/** Whether the part `whole` has only zeros besides the sections that move. */
function isZeroBetween(file: ElfBytes, whole: FilePart, moved: Section[]): boolean {
  const rest = Buffer.from(file.bytes.subarray(whole.offset, whole.offset + whole.size));
  for (const { offset, size } of moved) rest.fill(0, offset - whole.offset, offset - whole.offset + size);
  return rest.equals(Buffer.alloc(rest.length));
}

function pointsInto(value: bigint, { address, size }: Extent): boolean {
  return value >= address && value < address + size;
}

/**
 * Writes the new place of moved sections into everything that refers to them: section headers, program headers and
 * dynamic entries. The bytes that were at `from` are at `to` now.
 */
export function writeReferences(
  edited: ElfBytes,
  { dynamic, segments }: ElfTables,
  sections: Section[],
  from: Extent,
  to: Omit<Extent, 'size'>,
): void {
  const { segment, section, dynamic: entry } = edited.format;
  const [inFile, inMemory] = [to.offset - from.offset, to.address - from.address];
  for (const { at, tag, value } of dynamic) {
    if (pointers.has(tag) && pointsInto(value, from))
      edited.set(entry, at, 'value', Number(value) + inMemory);
  }
  for (const { at, addr, offset } of sections) {
    edited.set(section, at, 'addr', addr + inMemory);
    edited.set(section, at, 'offset', offset + inFile);
  }
  for (const { at, type, offset, vaddr, filesz } of segments) {
    if (!foundBySegment.has(type) || filesz === 0 || !within({ offset, size: filesz }, from)) continue;
    edited.set(segment, at, 'offset', offset + inFile);
    edited.set(segment, at, 'vaddr', vaddr + inMemory);
    edited.set(segment, at, 'paddr', vaddr + inMemory);
  }
}

/**
 * Moves a part of the file by `shift` bytes into zeros, and writes the new place of its sections. Up is positive.
 * The bytes that become free are zero afterwards.
 */
export function writeShift(
  edited: ElfBytes,
  tables: ElfTables,
  sections: Section[],
  part: Extent,
  shift: number,
): void {
  const { offset, address, size } = part;
  edited.bytes.copyWithin(offset + shift, offset, offset + size);
  if (shift > 0) edited.bytes.fill(0, offset, offset + shift);
  else edited.bytes.fill(0, offset + size + shift, offset + size);
  writeReferences(edited, tables, sections, part, { offset: offset + shift, address: address + shift });
}
