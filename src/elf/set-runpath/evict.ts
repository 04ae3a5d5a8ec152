import type { ElfBytes } from '../bytes.ts';
import { SegmentType } from '../format.ts';
import { type Extent, holder, overlap, roundUp } from '../segments.ts';
import { exactStringSection, setStrings } from '../strings.ts';
import { type ElfTables, readTables, type Section } from '../tables.ts';
import { extentOf, isSingle, movableSections, repoint, slide } from './movable.ts';
import { type Place, type Placement, strictest } from './room.ts';

/** One of each kind is all that a file has. */
const maxCandidates = 6;

/** A table that can leave, and what stands between it and .dynstr: that moves by `shift` bytes into its place. */
interface Eviction {
  table: Section;
  run: Extent;
  between: Section[];
  shift: number;
}

/**
 * Room for `size` bytes behind .dynstr: a table that is large enough goes to another place, the smallest that finds one,
 * and what stands between the two moves into its own, .dynstr too where that comes last. Undefined where no table can
 * go, or none that is smaller than .dynstr.
 */
export function evict(file: ElfBytes, tables: ElfTables, size: number, place: Place): Placement | undefined {
  const candidates = [...tables.sections.entries()]
    .filter(([, section]) => isSingle(section) && section.size < (tables.strings?.size ?? 0))
    .sort(([, a], [, b]) => a.size - b.size)
    .slice(0, maxCandidates);
  for (const [index, section] of candidates) {
    if (eviction(file, tables, index, size) === undefined) continue;
    const placement = place(file, tables, section.size, strictest);
    if (placement === undefined) continue;
    // Looked at once more, since what made way for a program header may have been one of them. Sections keep their order.
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
  const segment = holder(segments, table, strings);
  const apart = table.addr - strings.address === table.offset - strings.offset;
  if (segment === undefined || !apart || table.size < distance || !isAlone(file, tables, table))
    return undefined;

  const shift = table.offset > strings.offset ? distance : -distance;
  const [start, end] =
    shift > 0
      ? [strings.offset + strings.size, table.offset]
      : [table.offset + table.size, strings.offset + strings.size];
  if (end < start) return undefined;
  const run = { offset: start, address: strings.address + (start - strings.offset), size: end - start };
  const between = movableSections(file, tables, run, shift > 0 ? undefined : ownStrings);
  return between && { table, run, between, shift };
}

/** Whether nothing else has any of its bytes. */
function isAlone(file: ElfBytes, tables: ElfTables, table: Section): boolean {
  const others = tables.segments.filter(({ type }) => type !== SegmentType.load);
  return (
    movableSections(file, tables, extentOf(table))?.length === 1 &&
    others.every(({ offset, filesz }) => !overlap({ offset, size: filesz }, table))
  );
}

function carryOut(
  { file: edited, room }: Placement,
  tables: ElfTables,
  { table, run, between, shift }: Eviction,
  size: number,
): Placement | undefined {
  const { strings } = tables;
  if (strings === undefined) return undefined;
  edited.bytes.copy(edited.bytes, room.offset, table.offset, table.offset + table.size);
  edited.bytes.fill(0, table.offset, table.offset + table.size);
  repoint(edited, tables, [table], extentOf(table), room);
  slide(edited, tables, between, run, shift);
  const by = Math.min(shift, 0);
  const longer = { offset: strings.offset + by, address: strings.address + by, size: strings.size + size };
  setStrings(edited, tables, exactStringSection(tables), longer);
  const end = { offset: longer.offset + strings.size, address: longer.address + strings.size };
  return { file: edited, room: { ...end, size } };
}
