import type { ElfBytes } from '../bytes.ts';
import { SegmentType } from '../format.ts';
import { type Extent, overlap, roundUp, segmentOf } from '../segments.ts';
import { exactStringSection, writeStringsExtent } from '../strings.ts';
import { type ElfTables, extentOf, readTables, type Section } from '../tables.ts';
import { isSingle, movableSections, writeReferences, writeShift } from './movable.ts';
import { type FindRoom, maxAlignment } from './room.ts';

/** A file has at most one table of each of the six types that can move alone. */
const maxCandidates = 6;

/** A table that can move away, and the strings that can grow into its place. */
interface Eviction {
  table: Section;
  /** .dynstr, as it is before. */
  strings: Extent;
  /** The part of the file between the table and the end of .dynstr that moves. */
  between: Extent;
  /** The sections in that part: .dynstr is one of them if the table is before it. */
  sections: Section[];
  /** How many bytes they move: up is positive. */
  shift: number;
}

/**
 * The way "evict": makes room directly behind .dynstr. A table that is at least as large as the room moves into other
 * room, which `findRoom` finds. The sections between the table and .dynstr move into the table's old place.
 *
 * The smallest table for which there is other room moves. The result is undefined if no table can move, or if none is
 * smaller than .dynstr.
 */
export function evictTable(findRoom: FindRoom): FindRoom {
  return (file, tables, size) => {
    const candidates = [...tables.sections.entries()]
      .filter(([, section]) => isSingle(section) && section.size < (tables.strings?.size ?? 0))
      .sort(([, a], [, b]) => a.size - b.size)
      .slice(0, maxCandidates);
    for (const [index, section] of candidates) {
      if (findEviction(file, tables, index, size) === undefined) continue;
      const room = findRoom(file, tables, section.size, maxAlignment);
      if (room === undefined) continue;
      // Tables may have moved to make this room (way "header"), so look again. Sections keep their order.
      const now = readTables(room.file);
      const eviction = findEviction(room.file, now, index, size);
      if (eviction === undefined) continue;
      const strings = movedStrings(eviction);
      const end = { offset: strings.offset + strings.size, address: strings.address + strings.size };
      writeEviction(room.file, now, eviction, room.extent, { ...strings, size: strings.size + size });
      return { file: room.file, extent: { ...end, size } };
    }
    return undefined;
  };
}

function findEviction(file: ElfBytes, tables: ElfTables, index: number, size: number): Eviction | undefined {
  const { sections, segments, strings } = tables;
  const table = sections[index];
  const ownStrings = exactStringSection(tables);
  if (table === undefined || strings === undefined || ownStrings === undefined) return undefined;
  const distance = roundUp(size, maxAlignment);
  const sameDistance = table.addr - strings.address === table.offset - strings.offset;
  if (segmentOf(segments, table, strings) === undefined || !sameDistance) return undefined;
  if (table.size < distance || !sharesNoBytes(file, tables, table)) return undefined;

  const shift = table.offset > strings.offset ? distance : -distance;
  const [start, end] =
    shift > 0
      ? [strings.offset + strings.size, table.offset]
      : [table.offset + table.size, strings.offset + strings.size];
  if (end < start) return undefined;
  const address = strings.address + (start - strings.offset);
  const between = { offset: start, address, size: end - start };
  const moved = movableSections(file, tables, between, shift > 0 ? undefined : ownStrings);
  return moved && { table, strings, between, sections: moved, shift };
}

/** Whether nothing else uses a byte of the table. */
function sharesNoBytes(file: ElfBytes, tables: ElfTables, table: Section): boolean {
  const others = tables.segments.filter(({ type }) => type !== SegmentType.load);
  return (
    movableSections(file, tables, extentOf(table))?.length === 1 &&
    others.every(({ offset, filesz }) => !overlap({ offset, size: filesz }, table))
  );
}

/** The extent of .dynstr after the eviction. It moves down if the table was before it. */
function movedStrings({ strings, shift }: Eviction): Extent {
  const by = Math.min(shift, 0);
  return { offset: strings.offset + by, address: strings.address + by, size: strings.size };
}

/** Moves the table to `place` and the sections between into its place, and writes the new extent of .dynstr. */
function writeEviction(
  edited: ElfBytes,
  tables: ElfTables,
  { table, between, sections, shift }: Eviction,
  place: Extent,
  strings: Extent,
): void {
  edited.bytes.copy(edited.bytes, place.offset, table.offset, table.offset + table.size);
  edited.bytes.fill(0, table.offset, table.offset + table.size);
  writeReferences(edited, tables, [table], extentOf(table), place);
  writeShift(edited, tables, sections, between, shift);
  writeStringsExtent(edited, tables, exactStringSection(tables), strings);
}
