import type { ElfBytes } from './bytes.ts';
import { SegmentType } from './format.ts';

/** A program header; `at` is where it stands in the file. */
export interface Segment {
  at: number;
  type: number;
  flags: number;
  offset: number;
  vaddr: number;
  filesz: number;
  memsz: number;
}

/** A run of bytes of the file. */
export interface FilePart {
  offset: number;
  size: number;
}

/** One that is in memory too. */
export interface Extent extends FilePart {
  address: number;
}

/** The segments that are mapped. */
export function loads(segments: Segment[]): Segment[] {
  return segments.filter((segment) => segment.type === SegmentType.load);
}

/**
 * Where in the file the memory at `address` comes from; undefined unless all of it does so in one run. patchelf lets
 * strings run on from one segment into the next, which follows in the file as it does in memory.
 */
export function fileOffset(segments: Segment[], address: number, size: number): number | undefined {
  const mapped = loads(segments);
  const first = mapped.findIndex(
    (s) => address >= s.vaddr && address + Math.min(size, 1) <= s.vaddr + s.filesz,
  );
  const holder = mapped[first];
  if (holder === undefined) return undefined;
  let end = holder.vaddr + holder.filesz;
  for (const next of mapped.slice(first + 1)) {
    if (next.vaddr !== end || next.offset !== holder.offset + (end - holder.vaddr)) break;
    end += next.filesz;
  }
  return address + size <= end ? holder.offset + (address - holder.vaddr) : undefined;
}

/** The segment that has all of these parts in the file. */
export function holder(segments: Segment[], ...parts: FilePart[]): Segment | undefined {
  return loads(segments).find(({ offset, filesz: size }) =>
    parts.every((part) => within(part, { offset, size })),
  );
}

/** Whether a run of bytes lies wholly in another one. */
export function within(part: FilePart, whole: FilePart): boolean {
  return part.offset >= whole.offset && part.offset + part.size <= whole.offset + whole.size;
}

/** Whether two runs of bytes have a byte in common. */
export function overlap(a: FilePart, b: FilePart): boolean {
  return a.size > 0 && b.size > 0 && a.offset < b.offset + b.size && b.offset < a.offset + a.size;
}

/** Reads the program headers. Throws RelopackError('elf-malformed'). */
export function readSegments(file: ElfBytes, phoff: number): Segment[] {
  const { header, segment } = file.format;
  const count = file.get(header, 0, 'phnum');
  if (count === 0) return [];
  if (file.get(header, 0, 'phentsize') !== segment.size)
    throw file.malformed('its program headers have an odd size');
  return Array.from({ length: count }, (_, index) => {
    const at = phoff + index * segment.size;
    return {
      at,
      type: file.get(segment, at, 'type'),
      flags: file.get(segment, at, 'flags'),
      offset: file.get(segment, at, 'offset'),
      vaddr: file.get(segment, at, 'vaddr'),
      filesz: file.get(segment, at, 'filesz'),
      memsz: file.get(segment, at, 'memsz'),
    };
  });
}

/**
 * Throws RelopackError('elf-malformed') for segments that can't be mapped: glibc's elf/dl-load.c maps them in the order
 * of their headers, and trusts that to be ascending.
 */
export function checkLoads(file: ElfBytes, segments: Segment[]): void {
  let end = 0;
  for (const { offset, vaddr, filesz, memsz } of loads(segments)) {
    if (!file.holds(offset, filesz))
      throw file.malformed(`it ends before byte ${offset + filesz}, which its segments need`);
    if (memsz < filesz || vaddr < end) throw file.malformed('its segments overlap in memory');
    end = vaddr + memsz;
    if (end > file.format.limit) throw file.malformed('its segments lie beyond any address');
  }
}

/** The least multiple of `unit` that is not below `value`. */
export function roundUp(value: number, unit: number): number {
  return Math.ceil(value / unit) * unit;
}
