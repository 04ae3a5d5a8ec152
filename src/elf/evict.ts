import type { ElfBytes } from './bytes.ts';
import { SectionType, SegmentType } from './format.ts';
import { movableSections, repoint, slide } from './movable.ts';
import { type Place, type Placement, roundUp, strictest } from './placement.ts';
import { type Extent, loads, overlap } from './segments.ts';
import { exactStringSection, setStrings } from './strings.ts';
import { type ElfTables, readTables, type Section } from './tables.ts';

/** What may leave the tables that it stands among. Relocations stay: DT_RELASZ may count those of two sections. */
const evictable: ReadonlySet<number> = new Set([
  SectionType.hash,
  SectionType.gnuHash,
  SectionType.dynsym,
  SectionType.gnuVersym,
  SectionType.gnuVerdef,
  SectionType.gnuVerneed,
]);

const relocations: ReadonlySet<number> = new Set([SectionType.rela, SectionType.rel, SectionType.relr]);

/** A table that can leave, and what stands between it and .dynstr: that moves by `shift` bytes into its place. */
interface Eviction {
  table: Section;
  strings: Extent;
  ownStrings: Section;
  run: Extent;
  between: Section[];
  shift: number;
}

/**
 * Room for `size` bytes behind .dynstr: the smallest table that is large enough goes to another place, and what stands
 * between the two moves into its own, .dynstr too where that comes last. Undefined where no table can go, or none
 * that is smaller than .dynstr.
 */
export function evict(file: ElfBytes, tables: ElfTables, size: number, place: Place): Placement | undefined {
  const candidates = [...tables.sections.entries()]
    .filter(([, section]) => evictable.has(section.type) && section.size < (tables.strings?.size ?? 0))
    .sort(([, a], [, b]) => a.size - b.size);
  for (const [index, section] of candidates) {
    if (eviction(file, tables, index, size) === undefined) continue;
    const placement = place(file, tables, section.size, strictest);
    if (placement === undefined) continue;
    // They are looked at once more: what made way for a program header may have been one of them.
    const now = readTables(placement.file);
    const found = eviction(placement.file, now, index, size);
    if (found !== undefined) return carryOut(placement, now, found, size);
  }
  return undefined;
}

function eviction(file: ElfBytes, tables: ElfTables, index: number, size: number): Eviction | undefined {
  const { sections, segments, strings } = tables;
  const table = sections[index];
  const ownStrings = exactStringSection(tables);
  if (table === undefined || strings === undefined || ownStrings === undefined) return undefined;
  const distance = roundUp(size, strictest);
  const shift = table.offset > strings.offset ? distance : -distance;
  const [start, end] =
    shift > 0
      ? [strings.offset + strings.size, table.offset]
      : [table.offset + table.size, strings.offset + strings.size];
  const run = { offset: start, address: strings.address + (start - strings.offset), size: end - start };
  const together = loads(segments).some(
    ({ offset, vaddr, filesz }) =>
      [table, strings].every((one) => one.offset >= offset && one.offset + one.size <= offset + filesz) &&
      table.addr - vaddr === table.offset - offset &&
      strings.address - vaddr === strings.offset - offset,
  );
  if (!together || table.size < distance || run.size < 0) return undefined;

  const alone =
    movableSections(file, tables, extentOf(table))?.length === 1 &&
    segments.every(
      ({ type, offset, filesz }) => type === SegmentType.load || !overlap({ offset, size: filesz }, table),
    );
  const between = movableSections(file, tables, run, shift > 0 ? undefined : ownStrings);
  const splits = between?.some(({ type }) => relocations.has(type)) ?? true;
  return !alone || between === undefined || splits
    ? undefined
    : { table, strings, ownStrings, run, between, shift };
}

function carryOut(
  { file: edited, room }: Placement,
  tables: ElfTables,
  { table, strings, ownStrings, run, between, shift }: Eviction,
  size: number,
): Placement {
  const { offset } = table;
  edited.bytes.copy(edited.bytes, room.offset, offset, offset + table.size);
  edited.bytes.fill(0, offset, offset + table.size);
  repoint(edited, tables, [table], extentOf(table), room);
  slide(edited, tables, between, run, shift);
  const by = Math.min(shift, 0);
  const longer = { offset: strings.offset + by, address: strings.address + by, size: strings.size + size };
  setStrings(edited, tables, ownStrings, longer);
  return {
    file: edited,
    room: { offset: longer.offset + strings.size, address: longer.address + strings.size, size },
  };
}

function extentOf({ offset, addr: address, size }: Section): Extent {
  return { offset, address, size };
}
