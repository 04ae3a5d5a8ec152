import { ElfBytes } from '../../../src/elf/bytes.ts';
import { SectionType, SegmentType } from '../../../src/elf/format.ts';
import { type Extent, type FilePart, overlap, roundUp, within } from '../../../src/elf/segments.ts';
import { type ElfTables, readTables } from '../../../src/elf/tables.ts';

const evictable = [
  SectionType.hash,
  SectionType.gnuHash,
  SectionType.dynsym,
  SectionType.gnuVersym,
  SectionType.gnuVerdef,
  SectionType.gnuVerneed,
] as const;

/** An evicted table leaves room in multiples of this many bytes. */
const alignment = 16;

/**
 * Undoes the way "evict": moves the table back to its old place, and the strings and tables that took its place too.
 * The result is the file with only `room` for the table. Undefined if no table moved, or if one moved differently than
 * declared.
 */
export function reinstate(before: Buffer, after: Buffer): { bytes: Buffer; room: Extent } | undefined {
  const [old, now] = [before, after].map((bytes) => readTables(new ElfBytes(bytes, 'edited')));
  if (old?.strings === undefined || now?.strings === undefined) return undefined;
  for (const [index, { type }] of old.sections.entries()) {
    if (!evictable.some((one) => one === type)) continue;
    const found = reinstated(before, after, old, now, index);
    if (found !== undefined) return found;
  }
  return undefined;
}

function reinstated(before: Buffer, after: Buffer, old: ElfTables, now: ElfTables, index: number) {
  const [was, is] = [old.sections[index], now.sections[index]];
  const [strings, longer] = [old.strings, now.strings];
  if (was === undefined || is === undefined || strings === undefined || longer === undefined)
    return undefined;
  const extra = longer.size - strings.size;
  const distance = roundUp(extra, alignment);
  const shift = was.offset > strings.offset ? distance : -distance;
  const span = spanOf([was, strings]);
  const run =
    shift > 0
      ? { offset: strings.offset + strings.size, size: was.offset - strings.offset - strings.size }
      : { offset: was.offset + was.size, size: span.offset + span.size - was.offset - was.size };
  const moved = is.offset !== was.offset && is.size === was.size && !overlap(is, span);
  const placed = longer.offset === strings.offset + Math.min(shift, 0);
  const inside = span.offset + span.size <= before.length && is.offset + is.size <= after.length;
  if (!moved || !placed || !inside || extra <= 0 || distance > was.size) return undefined;

  // The span as the edit makes it, without the new string.
  const expected = Buffer.alloc(span.size);
  before.copy(expected, 0, span.offset, span.offset + span.size);
  expected.fill(0, was.offset - span.offset, was.offset - span.offset + was.size);
  const slid = Buffer.from(expected.subarray(run.offset - span.offset, run.offset - span.offset + run.size));
  expected.fill(0, run.offset - span.offset, run.offset - span.offset + run.size);
  slid.copy(expected, run.offset - span.offset + shift);
  const start = longer.offset + strings.size - span.offset;
  after.copy(expected, start, span.offset + start, span.offset + start + extra);
  const same =
    expected.equals(bytesOf(after, span)) && bytesOf(before, was).equals(bytesOf(after, is)) && run.size >= 0;
  if (!same) return undefined;

  const file = new ElfBytes(after, 'after').copy();
  before.copy(file.bytes, span.offset, span.offset, span.offset + span.size);
  file.bytes.fill(0, is.offset, is.offset + is.size);
  const { section, segment, dynamic } = file.format;
  const entries = old.dynamic[0]?.at ?? 0;
  before.copy(file.bytes, entries, entries, entries + (old.dynamic.length + 1) * dynamic.size);
  for (const [other, { offset, addr, size }] of old.sections.entries()) {
    const place = now.sections[other];
    const by = other === index ? is.offset - was.offset : within({ offset, size }, run) ? shift : undefined;
    const byMemory = other === index ? is.addr - was.addr : shift;
    if (place === undefined || by === undefined || place.offset !== offset + by) continue;
    if (place.addr !== addr + byMemory) continue;
    file.set(section, place.at, 'offset', offset);
    file.set(section, place.at, 'addr', addr);
  }
  const own = old.sections.findIndex(
    ({ type, addr }) => type === SectionType.strtab && addr === strings.address,
  );
  const [header, place] = [old.sections[own], now.sections[own]];
  if (header !== undefined && place?.offset === longer.offset && place.size === longer.size) {
    before.copy(file.bytes, place.at, header.at, header.at + section.size);
  }
  for (const { at, type, offset, vaddr, filesz } of old.segments) {
    const movable = [SegmentType.interp, SegmentType.note, SegmentType.gnuProperty].some(
      (one) => one === type,
    );
    if (!movable || filesz === 0 || !within({ offset, size: filesz }, run)) continue;
    const place = now.segments.find(
      (one) => one.type === type && one.offset === offset + shift && one.vaddr === vaddr + shift,
    );
    if (place !== undefined) before.copy(file.bytes, place.at, at, at + segment.size);
  }
  return { bytes: file.bytes, room: { offset: is.offset, address: is.addr, size: is.size } };
}

/** Undoes the new addresses of symbols in .symtab whose sections moved. */
export function undoSymbols(undone: ElfBytes, input: ElfBytes, old: ElfTables, now: ElfTables): void {
  const { symbol } = input.format;
  for (const table of old.sections.filter(({ type }) => type === SectionType.symtab)) {
    if (!input.contains(table.offset, table.size)) continue;
    for (let at = table.offset; at + symbol.size <= table.offset + table.size; at += symbol.size) {
      const index = input.get(symbol, at, 'section');
      const [was, is] = [old.sections[index], now.sections[index]];
      const value = input.getBig(symbol, at, 'value');
      if (was === undefined || is === undefined || value < was.addr || value > was.addr + was.size) continue;
      const shift = is.addr - was.addr;
      const followed = undone.getBig(symbol, at, 'value') === value + BigInt(shift);
      if (followed) input.bytes.copy(undone.bytes, at, at, at + symbol.size);
    }
  }
}

function spanOf(parts: FilePart[]): FilePart {
  const offset = Math.min(...parts.map((part) => part.offset));
  return { offset, size: Math.max(...parts.map((part) => part.offset + part.size)) - offset };
}

function bytesOf(bytes: Buffer, { offset, size }: FilePart): Buffer {
  return bytes.subarray(offset, offset + size);
}
