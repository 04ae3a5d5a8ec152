import { ElfBytes } from '../../src/elf/bytes.ts';
import { type Layout, SectionType, SegmentType } from '../../src/elf/format.ts';
import { type ElfTables, loads, readTables } from '../../src/elf/tables.ts';

/** In which way a RUNPATH came into a file, from nothing done to the program headers moved. */
export type Way = 'same' | 'strings' | 'gap' | 'tail' | 'slot' | 'headers';

/**
 * Takes back the changes that an edit may make, one by one, each only where it is what it should be. What comes out
 * has to be the input byte for byte; `undeclared` says where it isn't.
 */
export function undo(before: Buffer, after: Buffer): { way: Way; undeclared: string[] } {
  const [input, output] = [new ElfBytes(before, 'before'), new ElfBytes(after, 'after')];
  const [old, now] = [readTables(input), readTables(output)];
  const way = wayOf(before, after, old, now);
  if (way === 'same') return { way, undeclared: [] };

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

  /** Gives a field its old value where the new one is what the edit makes of it. */
  const back = <F extends string>(layout: Layout<F>, at: number, field: F, made: number) => {
    if (undone.get(layout, at, field) === made) undone.set(layout, at, field, input.get(layout, at, field));
  };
  const restore = (start: number, size: number) => before.copy(undone.bytes, start, start, start + size);

  const first = old.dynamic[0];
  if (first !== undefined) restore(first.at, (old.dynamic.length + 1) * dynamic.size);
  if (old.strings !== undefined && isZero(after, old.strings.offset, old.strings.size)) {
    restore(old.strings.offset, old.strings.size);
  }
  if (old.strings !== undefined && way === 'strings') restore(old.strings.offset, old.strings.size);
  const room = now.strings;
  if (way === 'gap' && room !== undefined && isZero(before, room.offset, room.size))
    restore(room.offset, room.size);

  if (way === 'tail') back(header, 0, 'shoff', old.shoff + shift);
  if (way === 'headers') {
    back(header, 0, 'phoff', now.phoff);
    back(header, 0, 'phnum', old.segments.length + 1);
  }
  if (way === 'slot' && onlyOneTurned(old, now, before, after)) {
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
  const last = loads(old.segments).at(-1);
  for (const { at, type, addr, offset } of old.sections) {
    if (type === SectionType.strtab && addr === old.strings?.address && room !== undefined) {
      back(section, at, 'addr', room.address);
      back(section, at, 'offset', room.offset);
      back(section, at, 'size', room.size);
    } else if (way === 'tail') {
      back(section, at, 'type', SectionType.progbits);
      if (last !== undefined) back(section, at, 'offset', last.offset + addr - last.vaddr);
      back(section, at, 'offset', offset + shift);
    }
  }
  return { way, undeclared: differences(before, undone.bytes) };
}

function wayOf(before: Buffer, after: Buffer, old: ElfTables, now: ElfTables): Way {
  if (before.equals(after)) return 'same';
  if (old.strings?.address === now.strings?.address) return 'strings';
  if (old.phoff !== now.phoff) return 'headers';
  if (loads(now.segments).length > loads(old.segments).length) return 'slot';
  return before.length === after.length ? 'gap' : 'tail';
}

/** Whether the program headers are the old ones in their order, but one, and a PT_LOAD for the strings. */
function onlyOneTurned(old: ElfTables, now: ElfTables, before: Buffer, after: Buffer): boolean {
  const size = now.segments.length > 1 ? (now.segments[1]?.at ?? 0) - (now.segments[0]?.at ?? 0) : 0;
  const texts = (tables: ElfTables, bytes: Buffer) =>
    tables.segments.map(({ at }) => bytes.toString('latin1', at, at + size));
  const was = texts(old, before);
  const is = texts(now, after);
  const added = now.segments.findIndex(({ offset }) => offset === now.strings?.offset);
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
