import { ElfBytes } from '../bytes.ts';
import { SectionType, Tag } from '../format.ts';
import { type ElfImage, readImage } from '../image.ts';
import { type Extent, overlap } from '../segments.ts';
import { isUnshared, setStrings, stringSection } from '../strings.ts';
import { type ElfTables, headerParts, readTables } from '../tables.ts';
import { evict } from './evict.ts';
import { gap } from './gap.ts';
import { grown } from './grow.ts';
import type { Place, Placement } from './room.ts';
import { widen } from './shift.ts';
import { followSections } from './symbols.ts';

/** A file whose .dynstr holds the search path at `index`. */
interface Edit {
  file: ElfBytes;
  index: number;
}

/**
 * The file with this DT_RUNPATH, and without a DT_RPATH; all else that ld.so reads stays as it is.
 *
 * The input itself comes back where nothing is to do: the value is there already, or the object needs no other
 * (ld.so, static and static-pie programs, none of which starts with a RUNPATH; .debug and relocatable files).
 * The input is never changed. `name` is for messages.
 * Throws RelopackError: 'elf-malformed', or 'elf-unsupported' where there is no room for the string.
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

  const value = Buffer.from(`${runpath}\0`);
  const edit =
    withPresentString(file, strings, value) ??
    withStringInPlace(file, tables, strings, value) ??
    withCopiedStrings(file, tables, strings, value, gap) ??
    withLongerStrings(strings, value, widen(file, tables, value.length)) ??
    withLongerStrings(strings, value, evict(file, tables, value.length, gap)) ??
    withLongerStrings(strings, value, evict(file, tables, value.length, grown)) ??
    withCopiedStrings(file, tables, strings, value, grown);
  if (edit === undefined) throw file.unsupported('there is no room for a RUNPATH in it');
  setEntry(edit, tables);
  followSections(edit.file, tables.sections);
  checkResult(file, image, readImage(edit.file.bytes, name), runpath);
  return edit.file.bytes;
}

/** The string may be there already, as that of a DT_RPATH or the tail of another one. */
function withPresentString(file: ElfBytes, strings: Extent, value: Buffer): Edit | undefined {
  const index = file.bytes.subarray(strings.offset, strings.offset + strings.size).indexOf(value);
  return index === -1 ? undefined : { file: file.copy(), index };
}

/** Over the old search path, where that is long enough and serves nothing else. */
function withStringInPlace(
  file: ElfBytes,
  tables: ElfTables,
  strings: Extent,
  value: Buffer,
): Edit | undefined {
  const old = tables.dynamic.findLast(isSearchPath);
  if (old === undefined) return undefined;
  const index = Number(old.value);
  const length = file.bytes.subarray(strings.offset + index).indexOf(0);
  if (value.length > length + 1 || !isUnshared(file, tables, index, length)) return undefined;
  const edited = file.copy();
  const start = strings.offset + index;
  edited.bytes.fill(0, start, start + length);
  value.copy(edited.bytes, start);
  return { file: edited, index };
}

/** Behind .dynstr, in room that was made there. */
function withLongerStrings(
  strings: Extent,
  value: Buffer,
  placement: Placement | undefined,
): Edit | undefined {
  if (placement === undefined) return undefined;
  value.copy(placement.file.bytes, placement.room.offset);
  return { file: placement.file, index: strings.size };
}

/** Behind a copy of .dynstr in a roomier place; as each string keeps its index, nothing else has to change. */
function withCopiedStrings(
  file: ElfBytes,
  tables: ElfTables,
  strings: Extent,
  value: Buffer,
  place: Place,
): Edit | undefined {
  const placement = place(file, tables, strings.size + value.length, 1);
  if (placement === undefined) return undefined;
  const { file: edited, room } = placement;
  file.bytes.copy(edited.bytes, room.offset, strings.offset, strings.offset + strings.size);
  value.copy(edited.bytes, room.offset + strings.size);

  const { sections } = readTables(edited);
  const own = stringSection({ sections, strings });
  setStrings(edited, tables, own, room);
  // Zeros compress; but what another section claims as well isn't ours to clear.
  const claimed = sections.some((s) => s !== own && s.type !== SectionType.nobits && overlap(s, strings));
  if (own !== undefined && !claimed) edited.bytes.fill(0, strings.offset, strings.offset + strings.size);
  return { file: edited, index: strings.size };
}

/**
 * The one entry takes the place of the first search path, else of a DT_NULL; where others go, the rest moves up.
 * lld leaves no DT_NULL to spare: a hint is given up then, which spares ld.so a comparison for each relocation.
 */
function setEntry({ file, index }: Edit, { dynamic, dynamicNulls }: ElfTables): void {
  const { dynamic: record } = file.format;
  const spare = dynamicNulls >= 2;
  const own = dynamic.find(isSearchPath) ?? (spare ? undefined : dynamic.find(isHint));
  if (own === undefined && !spare) throw file.unsupported('there is no room in its dynamic section');
  const start = dynamic[0]?.at ?? 0;
  const raw = dynamic
    .filter((entry) => entry === own || !isSearchPath(entry))
    .map(({ at }) => Buffer.from(file.bytes.subarray(at, at + record.size)));
  const place = own === undefined ? raw.length : dynamic.indexOf(own);
  const written = Buffer.concat(raw);
  written.copy(file.bytes, start);
  file.bytes.fill(0, start + written.length, start + dynamic.length * record.size);
  file.set(record, start + place * record.size, 'tag', Tag.runpath);
  file.set(record, start + place * record.size, 'value', index);
}

function isSearchPath({ tag }: { tag: number }): boolean {
  return tag === Tag.rpath || tag === Tag.runpath;
}

/** How many relocations are relative ones (glibc elf/do-rel.h): those are done as well when they aren't counted. */
function isHint({ tag }: { tag: number }): boolean {
  return tag === Tag.relacount || tag === Tag.relcount;
}

/** Parts that share bytes can't be edited one by one; no linker makes such a file. */
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

/** The last line of defence: what ld.so reads now is what it read before, but for the search path. */
function checkResult(file: ElfBytes, before: ElfImage, after: ElfImage, runpath: string): void {
  const same = { ...after, rpath: before.rpath, runpath: before.runpath };
  const set = after.rpath.length === 0 && after.runpath.join(':') === runpath;
  if (!set || JSON.stringify(same) !== JSON.stringify(before)) throw file.malformed('its parts overlap');
}
