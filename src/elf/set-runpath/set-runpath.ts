import { ElfBytes } from '../bytes.ts';
import { type DynamicEntry, isSearchPath } from '../dynamic.ts';
import { SectionType, Tag } from '../format.ts';
import { type ElfImage, readImage } from '../image.ts';
import { type Extent, overlap } from '../segments.ts';
import { stringSection, writeStringsExtent } from '../strings.ts';
import { type ElfTables, headerParts, readTables } from '../tables.ts';
import { evictTable } from './evict.ts';
import { findGap } from './gap.ts';
import { addHeader } from './header.ts';
import { findString, overwriteSearchPath } from './in-place.ts';
import type { FindRoom, PlacedString } from './room.ts';
import { shiftTables } from './shift.ts';
import { reuseSlot } from './slot.ts';
import { writeMovedSymbols } from './symbols.ts';
import { growTail } from './tail.ts';

/**
 * Returns a copy of the file with this DT_RUNPATH and without a DT_RPATH. All else that ld.so reads stays the same.
 * docs/elf.md describes the ways and their order.
 *
 * Returns `bytes` itself if nothing has to change: the value is there already, or the file needs no library. The latter
 * are ld.so and static programs, which must not have a RUNPATH, and relocatable and .debug files.
 * `bytes` is never changed. `name` is the file's name in errors.
 * Throws RelopackError: 'elf-malformed', or 'elf-unsupported' if there is no room for the string or its entry.
 */
export function setRunpath(bytes: Buffer, runpath: string, name: string): Buffer {
  const image = readImage(bytes, name);
  if (image.needed.length === 0) return bytes;
  if (image.rpath.length === 0 && image.runpath.join(':') === runpath) return bytes;

  const file = new ElfBytes(bytes, name);
  const tables = readTables(file);
  const { strings } = tables;
  if (strings === undefined) throw file.malformed('it has no dynamic strings');
  checkDisjoint(file, tables, strings);

  const placed = placeString(file, tables, strings, Buffer.from(`${runpath}\0`));
  if (placed === undefined) throw file.unsupported('it has no room for a RUNPATH');
  writeRunpathEntry(placed, tables);
  writeMovedSymbols(placed.file, tables.sections);
  checkResult(file, image, readImage(placed.file.bytes, name), runpath);
  return placed.file.bytes;
}

/** Puts the string, with its NUL, into .dynstr of a copy. The first way that finds room is used. */
function placeString(
  file: ElfBytes,
  tables: ElfTables,
  strings: Extent,
  value: Buffer,
): PlacedString | undefined {
  const append = (findRoom: FindRoom) => appendString(file, tables, strings, value, findRoom);
  const copy = (findRoom: FindRoom) => copyStrings(file, tables, strings, value, findRoom);
  return (
    findString(file, strings, value) ??
    overwriteSearchPath(file, tables, strings, value) ??
    copy(findGap) ??
    append(shiftTables) ??
    append(evictTable(findGap)) ??
    append(evictTable(grow)) ??
    copy(grow)
  );
}

/** The ways that make the file longer. The first one changes least. */
const grow: FindRoom = (file, tables, size, alignment) =>
  growTail(file, tables, size, alignment) ??
  reuseSlot(file, tables, size, alignment) ??
  addHeader(file, tables, size, alignment);

/** Writes the string into room directly behind .dynstr. */
function appendString(
  file: ElfBytes,
  tables: ElfTables,
  strings: Extent,
  value: Buffer,
  findRoom: FindRoom,
): PlacedString | undefined {
  const room = findRoom(file, tables, value.length, 1);
  if (room === undefined) return undefined;
  value.copy(room.file.bytes, room.extent.offset);
  return { file: room.file, index: strings.size };
}

/** Copies .dynstr into larger room, and writes the string behind it. Each string keeps its index. */
function copyStrings(
  file: ElfBytes,
  tables: ElfTables,
  strings: Extent,
  value: Buffer,
  findRoom: FindRoom,
): PlacedString | undefined {
  const room = findRoom(file, tables, strings.size + value.length, 1);
  if (room === undefined) return undefined;
  const { file: edited, extent } = room;
  file.bytes.copy(edited.bytes, extent.offset, strings.offset, strings.offset + strings.size);
  value.copy(edited.bytes, extent.offset + strings.size);

  const { sections } = readTables(edited);
  const own = stringSection({ sections, strings });
  writeStringsExtent(edited, tables, own, extent);
  // Zeros compress well. But bytes that another section uses as well are not cleared.
  const shared = sections.some((s) => s !== own && s.type !== SectionType.nobits && overlap(s, strings));
  if (own !== undefined && !shared) edited.bytes.fill(0, strings.offset, strings.offset + strings.size);
  return { file: edited, index: strings.size };
}

/**
 * Writes the one DT_RUNPATH into the dynamic section. It replaces the first search path, or a spare DT_NULL if there is
 * no search path. All other search paths are removed, and the entries behind them move up.
 *
 * lld leaves no spare DT_NULL. The entry then replaces a relocation count.
 */
function writeRunpathEntry(
  { file: edited, index }: PlacedString,
  { dynamic, dynamicNulls }: ElfTables,
): void {
  const { dynamic: record } = edited.format;
  const spare = dynamicNulls >= 2;
  const own = dynamic.find(isSearchPath) ?? (spare ? undefined : dynamic.find(isRelocationCount));
  if (own === undefined && !spare) throw edited.unsupported('it has no room in its dynamic section');
  const start = dynamic[0]?.at ?? 0;
  const entries = dynamic
    .filter((entry) => entry === own || !isSearchPath(entry))
    .map(({ at }) => Buffer.from(edited.bytes.subarray(at, at + record.size)));
  const position = own === undefined ? entries.length : dynamic.indexOf(own);
  const written = Buffer.concat(entries);
  written.copy(edited.bytes, start);
  edited.bytes.fill(0, start + written.length, start + dynamic.length * record.size);
  edited.set(record, start + position * record.size, 'tag', Tag.runpath);
  edited.set(record, start + position * record.size, 'value', index);
}

/**
 * Whether an entry counts the relative relocations. It is a hint that saves ld.so one comparison per relocation; without
 * it, all of them are still done (glibc elf/do-rel.h).
 */
function isRelocationCount({ tag }: DynamicEntry): boolean {
  return tag === Tag.relacount || tag === Tag.relcount;
}

/** Checks that the headers, .dynamic and .dynstr share no bytes: no linker makes such a file, and no way can edit it. */
function checkDisjoint(file: ElfBytes, tables: ElfTables, strings: Extent): void {
  const { dynamic } = file.format;
  const parts = [
    ...headerParts(file, tables),
    {
      offset: tables.dynamic[0]?.at ?? 0,
      size: (tables.dynamic.length + tables.dynamicNulls) * dynamic.size,
    },
    strings,
  ];
  if (parts.some((part, index) => parts.slice(index + 1).some((other) => overlap(part, other)))) {
    throw file.malformed('its tables overlap');
  }
}

/** Checks that ld.so reads the same from the finished file as before, except for the search path. */
function checkResult(file: ElfBytes, before: ElfImage, after: ElfImage, runpath: string): void {
  const same = { ...after, rpath: before.rpath, runpath: before.runpath };
  const isSet = after.rpath.length === 0 && after.runpath.join(':') === runpath;
  if (!isSet || JSON.stringify(same) !== JSON.stringify(before)) throw file.malformed('its parts overlap');
}
