import type { ElfBytes } from '../bytes.ts';
import { roundUp, segmentOf } from '../segments.ts';
import { exactStringSection, writeStringsExtent } from '../strings.ts';
import type { ElfTables } from '../tables.ts';
import { gapBehind } from './gap.ts';
import { movableSections, writeShift } from './movable.ts';
import { maxAlignment, type Room, writeSegmentSize } from './room.ts';

/**
 * The way "shift": makes room for `size` bytes directly behind .dynstr, which stays in its place. The tables between
 * .dynstr and the end of its segment move up, into the zeros behind the segment. Returns undefined if code or anything
 * else that cannot move is there too, or if there are too few zeros.
 */
export function shiftTables(file: ElfBytes, tables: ElfTables, size: number): Room | undefined {
  const { strings, segments } = tables;
  const segment = strings && segmentOf(segments, strings);
  const own = exactStringSection(tables);
  if (strings === undefined || segment === undefined || own === undefined) return undefined;

  const extent = { offset: strings.offset + strings.size, address: strings.address + strings.size, size };
  const behind = { ...extent, size: segment.offset + segment.filesz - extent.offset };
  const shift = roundUp(size, maxAlignment);
  const moved = movableSections(file, tables, behind);
  if (moved === undefined || gapBehind(file, tables, segment, shift, 1) === undefined) return undefined;

  const edited = file.copy();
  writeSegmentSize(edited, segment, segment.filesz + shift);
  writeShift(edited, tables, moved, behind, shift);
  writeStringsExtent(edited, tables, own, { ...strings, size: strings.size + size });
  return { file: edited, extent };
}
