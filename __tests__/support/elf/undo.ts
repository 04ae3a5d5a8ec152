import { reason } from '../../../src/common/error.ts';
import { ElfBytes } from '../../../src/elf/bytes.ts';
import { type Layout, SectionType, SegmentType } from '../../../src/elf/format.ts';
import { type Extent, loads, within } from '../../../src/elf/segments.ts';
import { type ElfTables, readTables } from '../../../src/elf/tables.ts';
import { wrongEntries } from './entries.ts';
import { reinstate, undoSymbols } from './reinstate.ts';

/** The way by which a file got its RUNPATH (docs/elf.md). `same` means that it was not changed. */
export type Way = 'same' | 'in-place' | 'shift' | Place | `evict ${Place}`;

/** Where room for .dynstr, or for the table that moved, was found or made. */
type Place = 'gap' | 'tail' | 'slot' | 'header';

/**
 * Undoes the changes that an edit may make, one by one. A change is undone only if it is exactly as declared.
 * The result has to be the original, byte for byte: `undeclared` lists the differences.
 */
export function undo(before: Buffer, after: Buffer): { way: Way; undeclared: string[] } {
  if (before.equals(after)) return { way: 'same', undeclared: [] };
  const plain = attempt(before, after);
  const evicted = plain.undeclared.length > 0 ? reinstate(before, after) : undefined;
  return evicted === undefined ? plain : undoKnown(before, after, evicted);
}

/** The result of `undoKnown`. If that assumes the wrong way, the headers may become unreadable: a difference too. */
function attempt(before: Buffer, after: Buffer): ReturnType<typeof undo> {
  try {
    return undoKnown(before, after);
  } catch (error) {
    return { way: 'same', undeclared: [reason(error)] };
  }
}

function undoKnown(
  before: Buffer,
  edited: Buffer,
  evicted?: ReturnType<typeof reinstate>,
): { way: Way; undeclared: string[] } {
  const after = evicted?.bytes ?? edited;
  const [input, output] = [new ElfBytes(before, 'before'), new ElfBytes(after, 'after')];
  const [old, now] = [readTables(input), readTables(output)];
  const room = evicted?.room ?? now.strings;
  const way = wayOf(before, after, old, now, room);

  const { header, segment, section, dynamic } = input.format;
  const end = Math.max(...loads(old.segments).map(({ offset, filesz }) => offset + filesz));
  const shift = way === 'tail' ? after.length - before.length : 0;
  const undone = input.copy();
  after.copy(undone.bytes, 0, 0, shift > 0 ? end : before.length);
  after.copy(
    undone.bytes,
    shift > 0 ? end : before.length,
    shift > 0 ? end + shift : before.length,
    before.length + shift,
  );

  /** Writes the old value of a field, if the new value is the one that the edit makes. */
  const back = <F extends string>(layout: Layout<F>, at: number, field: F, made: number) => {
    if (undone.get(layout, at, field) === made) undone.set(layout, at, field, input.get(layout, at, field));
  };
  const restore = (start: number, size: number) => before.copy(undone.bytes, start, start, start + size);

  const first = old.dynamic[0];
  if (first !== undefined) restore(first.at, (old.dynamic.length + 1) * dynamic.size);
  if (old.strings !== undefined && isZero(after, old.strings.offset, old.strings.size)) {
    restore(old.strings.offset, old.strings.size);
  }
  if (old.strings !== undefined && way === 'in-place') restore(old.strings.offset, old.strings.size);
  if (way === 'gap' && room !== undefined && isZero(before, room.offset, room.size))
    restore(room.offset, room.size);

  if (way === 'tail') back(header, 0, 'shoff', old.shoff + shift);
  const madeWay = way === 'header' ? undoHeader(undone, input, output, old, now, room) : undefined;
  if (way === 'slot' && onlyOneTurned(old, now, before, after, room)) {
    restore(old.phoff, old.segments.length * segment.size);
  }
  if (way === 'gap' || way === 'tail') {
    for (const { at, type, offset, vaddr, filesz } of old.segments) {
      if (type === SegmentType.load && room !== undefined && room.offset + room.size > offset) {
        const size = room.offset + room.size - offset;
        const grows = room.address + room.size === vaddr + size;
        if (grows) back(segment, at, 'filesz', size);
        if (grows) back(segment, at, 'memsz', size);
      }
      if (way === 'tail' && offset >= end && filesz > 0) back(segment, at, 'offset', offset + shift);
    }
  }
  if (way === 'shift') undoShift(undone, input, old, now);
  const own = old.sections.find(
    ({ type, addr }) => type === SectionType.strtab && addr === old.strings?.address,
  );
  for (const { at, addr, offset, size } of old.sections) {
    if (at === own?.at && room !== undefined) {
      back(section, at, 'addr', room.address);
      back(section, at, 'offset', room.offset);
      back(section, at, 'size', room.size);
    } else if (way === 'tail') {
      back(section, at, 'offset', offset + shift);
    } else if (madeWay !== undefined && within({ offset, size }, madeWay.part)) {
      back(section, at, 'offset', offset + madeWay.inFile);
      back(section, at, 'addr', addr + madeWay.inMemory);
    }
  }
  const result = evicted === undefined ? now : readTables(new ElfBytes(edited, 'edited'));
  undoSymbols(undone, input, old, result);
  const named =
    evicted !== undefined && way !== 'in-place' && way !== 'shift' ? (`evict ${way}` as const) : way;
  return {
    way: named,
    undeclared: [...wrongEntries(old, result), ...differences(before, undone.bytes)],
  };
}

/**
 * Undoes the way "header": moves the part behind the program headers back, and removes the new program header.
 * Returns that part, and how far it had moved.
 */
function undoHeader(
  undone: ElfBytes,
  input: ElfBytes,
  output: ElfBytes,
  old: ElfTables,
  now: ElfTables,
  room: Extent | undefined,
) {
  const { segment, header } = input.format;
  const added = now.segments.find(
    ({ type, offset }) => type === SegmentType.load && offset >= input.bytes.length,
  );
  const holder = loads(old.segments)[0];
  if (added === undefined || holder === undefined || room === undefined) return undefined;
  const offset = old.phoff + old.segments.length * segment.size;
  const inFile = added.offset - offset;
  const ends = old.sections
    .filter((section, index) => now.sections[index]?.offset === section.offset + inFile)
    .map((section) => section.offset + section.size)
    .filter((end) => end + inFile <= room.offset);
  const part = { offset, size: Math.max(offset, ...ends) - offset };
  const inMemory = added.vaddr - (holder.vaddr + offset - holder.offset);
  const moved = output.bytes.subarray(added.offset, added.offset + part.size);
  if (!moved.equals(input.bytes.subarray(offset, offset + part.size))) return undefined;

  const rest = now.segments.filter((one) => one !== added);
  const same = old.segments.every((was, index) => {
    const is = rest[index];
    const size = was.type === SegmentType.phdr ? segment.size : 0;
    const gone =
      was.type !== SegmentType.load &&
      was.filesz > 0 &&
      within({ offset: was.offset, size: was.filesz }, part);
    return (
      is !== undefined &&
      is.type === was.type &&
      is.flags === was.flags &&
      is.filesz === was.filesz + size &&
      is.memsz === was.memsz + size &&
      is.offset === was.offset + (gone ? inFile : 0) &&
      is.vaddr === was.vaddr + (gone ? inMemory : 0)
    );
  });
  if (!same) return undefined;
  input.bytes.copy(undone.bytes, old.phoff, old.phoff, offset + part.size);
  if (now.segments.length === old.segments.length + 1) undone.set(header, 0, 'phnum', old.segments.length);
  return { part, inFile, inMemory };
}

/** Undoes the way "shift": moves the tables behind the strings back, and everything that refers to them. */
function undoShift(undone: ElfBytes, input: ElfBytes, old: ElfTables, now: ElfTables): void {
  const { segment, section } = input.format;
  const strings = old.strings;
  const index = old.segments.findIndex(
    ({ type, offset, filesz }) =>
      type === SegmentType.load &&
      strings !== undefined &&
      strings.offset >= offset &&
      strings.offset < offset + filesz,
  );
  const [held, holds] = [old.segments[index], now.segments[index]];
  if (strings === undefined || held === undefined || holds === undefined) return;
  const shift = holds.filesz - held.filesz;
  const [start, end] = [strings.offset + strings.size, held.offset + held.filesz];
  if (shift !== holds.memsz - held.memsz || !isZero(input.bytes, end, shift)) return;
  undone.bytes.copyWithin(start, start + shift, end + shift);
  undone.bytes.fill(0, end, end + shift);
  for (const field of ['filesz', 'memsz'] as const) undone.set(segment, held.at, field, held[field]);
  for (const { at, type, offset, vaddr, filesz } of old.segments) {
    // Only a hostile file has a note behind the strings.
    const moved = [SegmentType.interp, SegmentType.note, SegmentType.gnuProperty].some((one) => one === type);
    if (!moved || filesz === 0 || offset < start || offset + filesz > end) continue;
    if (undone.get(segment, at, 'offset') !== offset + shift) continue;
    if (undone.get(segment, at, 'vaddr') !== vaddr + shift) continue;
    input.bytes.copy(undone.bytes, at, at, at + segment.size);
  }
  const own = old.sections.find(({ type, addr }) => type === SectionType.strtab && addr === strings.address);
  if (own !== undefined) undone.set(section, own.at, 'size', own.size);
  for (const { at, offset, addr } of old.sections) {
    if (offset < start || offset >= end || undone.get(section, at, 'offset') !== offset + shift) continue;
    undone.set(section, at, 'offset', offset);
    if (undone.get(section, at, 'addr') === addr + shift) undone.set(section, at, 'addr', addr);
  }
}

function wayOf(
  before: Buffer,
  after: Buffer,
  old: ElfTables,
  now: ElfTables,
  room: Extent | undefined,
): 'in-place' | 'shift' | Place {
  if (old.strings?.address === room?.address) {
    return old.strings?.size === room?.size ? 'in-place' : 'shift';
  }
  if (now.segments.length > old.segments.length) return 'header';
  if (loads(now.segments).length > loads(old.segments).length) return 'slot';
  return before.length === after.length ? 'gap' : 'tail';
}

/** Whether the program headers are the old ones in their order, except that a PT_LOAD for the strings replaces one. */
function onlyOneTurned(
  old: ElfTables,
  now: ElfTables,
  before: Buffer,
  after: Buffer,
  room: Extent | undefined,
): boolean {
  const size = now.segments.length > 1 ? (now.segments[1]?.at ?? 0) - (now.segments[0]?.at ?? 0) : 0;
  const texts = (tables: ElfTables, bytes: Buffer) =>
    tables.segments.map(({ at }) => bytes.toString('latin1', at, at + size));
  const was = texts(old, before);
  const is = texts(now, after);
  const added = now.segments.findIndex(
    ({ type, offset }) => type === SegmentType.load && offset === room?.offset,
  );
  is.splice(added, 1);
  return added !== -1 && was.some((_, gone) => was.toSpliced(gone, 1).join('') === is.join(''));
}

function isZero(bytes: Buffer, offset: number, size: number): boolean {
  return Buffer.alloc(size).equals(bytes.subarray(offset, offset + size));
}

function differences(before: Buffer, undone: Buffer): string[] {
  if (before.equals(undone)) return [];
  const found: string[] = [];
  for (let at = 0; at < before.length && found.length < 9; at++) {
    if (before[at] !== undone[at]) found.push(`byte ${at} was ${before[at]} and is ${undone[at]}`);
  }
  return found;
}
