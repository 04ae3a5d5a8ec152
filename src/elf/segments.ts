import type { ElfBytes } from './bytes.ts';
import { SegmentType } from './format.ts';

/** A program header. */
export interface Segment {
  /** Its offset in the file. */
  at: number;
  type: number;
  flags: number;
  offset: number;
  vaddr: number;
  filesz: number;
  memsz: number;
}

/** A range of bytes in the file. */
export interface FilePart {
  offset: number;
  size: number;
}

/** A range of bytes in the file that is mapped into memory. */
export interface Extent extends FilePart {
  address: number;
}

/** The segments that are mapped: PT_LOAD. */
export function loads(segments: Segment[]): Segment[] {
  return segments.filter((segment) => segment.type === SegmentType.load);
}

/**
 * The file offset of the bytes that are mapped at `address`. Undefined if they are not one range in the file.
 * The range may continue in the next segment, if that one follows in the file as in memory: patchelf leaves such strings.
 */
export function fileOffset(segments: Segment[], address: number, size: number): number | undefined {
  const mapped = loads(segments);
  const first = mapped.findIndex(
    (s) => address >= s.vaddr && address + Math.min(size, 1) <= s.vaddr + s.filesz,
  );
  const segment = mapped[first];
  if (segment === undefined) return undefined;
  let end = segment.vaddr + segment.filesz;
  for (const next of mapped.slice(first + 1)) {
    if (next.vaddr !== end || next.offset !== segment.offset + (end - segment.vaddr)) break;
    end += next.filesz;
  }
  return address + size <= end ? segment.offset + (address - segment.vaddr) : undefined;
}

/** The PT_LOAD segment that contains all these parts of the file. */
export function segmentOf(segments: Segment[], ...parts: FilePart[]): Segment | undefined {
  return loads(segments).find(({ offset, filesz: size }) =>
    parts.every((part) => within(part, { offset, size })),
  );
}

/** Whether a part of the file is completely inside another one. */
export function within(part: FilePart, whole: FilePart): boolean {
  return part.offset >= whole.offset && part.offset + part.size <= whole.offset + whole.size;
}

/** Whether two parts of the file have a byte in common. */
export function overlap(a: FilePart, b: FilePart): boolean {
  return a.size > 0 && b.size > 0 && a.offset < b.offset + b.size && b.offset < a.offset + a.size;
}

/** Reads the program headers. Throws RelopackError('elf-malformed'). */
export function readSegments(file: ElfBytes, phoff: number): Segment[] {
  const { header, segment } = file.format;
  const count = file.get(header, 0, 'phnum');
  if (count === 0) return [];
  if (file.get(header, 0, 'phentsize') !== segment.size)
    throw file.malformed('its program headers have the wrong size');
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
 * Checks that the PT_LOAD segments can be mapped. glibc (elf/dl-load.c) maps them in the order of their headers and
 * relies on ascending addresses. Throws RelopackError('elf-malformed').
 */
export function checkLoads(file: ElfBytes, segments: Segment[]): void {
  let end = 0;
  for (const { offset, vaddr, filesz, memsz } of loads(segments)) {
    if (!file.contains(offset, filesz))
      throw file.malformed(`it is truncated (its segments need ${offset + filesz} bytes)`);
    if (memsz < filesz || vaddr < end) throw file.malformed('its segments overlap in memory');
    end = vaddr + memsz;
    if (end > file.format.maxAddress) throw file.malformed('the addresses of its segments exceed the limit');
  }
}

/** Rounds `value` up to a multiple of `unit`. */
export function roundUp(value: number, unit: number): number {
  return Math.ceil(value / unit) * unit;
}
