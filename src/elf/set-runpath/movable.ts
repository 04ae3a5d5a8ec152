import type { ElfBytes } from '../bytes.ts';
import type { DynamicEntry } from '../dynamic.ts';
import { SectionFlag, SectionType, SegmentType, Tag } from '../format.ts';
import { isLookedUp } from '../notes.ts';
import { type Extent, overlap, within } from '../segments.ts';
import { type ElfTables, hasBytes, headerParts, type Section } from '../tables.ts';

/** What ld.so finds by an entry of the dynamic section alone, and what doesn't hold the address of its own place. */
const foundByPointer: ReadonlySet<number> = new Set([
  SectionType.hash,
  SectionType.gnuHash,
  SectionType.dynsym,
  SectionType.gnuVersym,
  SectionType.gnuVerdef,
  SectionType.gnuVerneed,
]);

/** The same of relocations: they go together or not at all, as DT_RELASZ may count those of two sections. */
const relocations: ReadonlySet<number> = new Set([SectionType.rela, SectionType.rel, SectionType.relr]);

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

/** What is found by a program header alone. */
const foundBySegment: ReadonlySet<number> = new Set([
  SegmentType.interp,
  SegmentType.note,
  SegmentType.gnuProperty,
]);

/** Whether a table can go alone: ld.so finds it by an entry of the dynamic section, whatever stands beside it. */
export function isSingle({ type }: Section): boolean {
  return foundByPointer.has(type);
}

/**
 * The sections in a part of the file that may be put elsewhere; undefined where it holds anything else. .dynstr is one of
 * them where it is given.
 */
export function movableSections(
  file: ElfBytes,
  tables: ElfTables,
  whole: Extent,
  ownStrings?: Section,
): Section[] | undefined {
  const { dynamic } = file.format;
  const { segments, sections, dynamic: entries, strings } = tables;
  const interpreter = segments.find(({ type }) => type === SegmentType.interp);
  const isMovable = (one: Section) =>
    foundByPointer.has(one.type) ||
    relocations.has(one.type) ||
    (one.type === SectionType.note && isLookedUp(file, one)) ||
    (one.type === SectionType.progbits && one.offset === interpreter?.offset);
  const isThere = ({ addr, offset }: Section) => addr - whole.address === offset - whole.offset;
  const real = sections.filter(hasBytes);
  const moved = new Set(
    real.filter((one) => within(one, whole) && isThere(one) && (isMovable(one) || one === ownStrings)),
  );

  const others = [
    ...headerParts(file, tables),
    { offset: entries[0]?.at ?? 0, size: entries.length * dynamic.size },
    ...segments
      .map(({ type, offset, filesz: size }) => ({ type, offset, size }))
      .filter((one) => !(one.type === SegmentType.load && within(whole, one)))
      .filter((one) => !(foundBySegment.has(one.type) && within(one, whole))),
    ...real.filter((one) => !moved.has(one)),
    ...(strings === undefined || ownStrings !== undefined ? [] : [strings]),
  ];
  if (others.some((part) => overlap(part, whole))) return undefined;
  const counted = real.filter(
    ({ type, flags }) => relocations.has(type) && (flags & SectionFlag.alloc) !== 0,
  );
  if (counted.some((one) => moved.has(one)) && !counted.every((one) => moved.has(one))) return undefined;

  // What ld.so finds there has to be what the section headers tell of.
  const found = ({ tag, value }: DynamicEntry) =>
    [...moved].some(
      (one) => (one === ownStrings) === (tag === Tag.strtab) && pointsInto(value, extentOf(one)),
    );
  const asked = entries.filter(({ tag, value }) => pointers.has(tag) && pointsInto(value, whole));
  if (!asked.every(found)) return undefined;

  const rest = Buffer.from(file.bytes.subarray(whole.offset, whole.offset + whole.size));
  for (const { offset, size } of moved) rest.fill(0, offset - whole.offset, offset - whole.offset + size);
  return rest.equals(Buffer.alloc(rest.length)) ? [...moved] : undefined;
}

/** Makes all that tells of these sections tell of their new place: `to` is where the bytes at `from` are now. */
export function repoint(
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

function pointsInto(value: bigint, { address, size }: Extent): boolean {
  return value >= address && value < address + size;
}

/** Where a section is. */
export function extentOf({ offset, addr: address, size }: Section): Extent {
  return { offset, address, size };
}

/** Moves what stands in a part of the file by some bytes, into zeros, and leaves zeros. */
export function slide(
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
  repoint(edited, tables, sections, part, { offset: offset + shift, address: address + shift });
}
