import type { ElfBytes } from '../bytes.ts';
import { holder, roundUp } from '../segments.ts';
import { exactStringSection, setStrings } from '../strings.ts';
import type { ElfTables } from '../tables.ts';
import { gapBehind } from './gap.ts';
import { movableSections, slide } from './movable.ts';
import { grow, type Placement, strictest } from './room.ts';

/**
 * Room for `size` bytes behind .dynstr, which stays where it is: the tables that stand between it and the end of its
 * segment move up, into the zeros behind that. Undefined where something else stands there as well, such as code, or
 * where there are too few zeros.
 */
export function widen(file: ElfBytes, tables: ElfTables, size: number): Placement | undefined {
  const { strings, segments } = tables;
  const segment = strings && holder(segments, strings);
  const own = exactStringSection(tables);
  if (strings === undefined || segment === undefined || own === undefined) return undefined;

  const room = { offset: strings.offset + strings.size, address: strings.address + strings.size, size };
  const behind = { ...room, size: segment.offset + segment.filesz - room.offset };
  const shift = roundUp(size, strictest);
  const moved = movableSections(file, tables, behind);
  if (moved === undefined || gapBehind(file, tables, segment, shift, 1) === undefined) return undefined;

  const edited = file.copy();
  grow(edited, segment, segment.filesz + shift);
  slide(edited, tables, moved, behind, shift);
  setStrings(edited, tables, own, { ...strings, size: strings.size + size });
  return { file: edited, room };
}
