import { ElfBytes } from '../bytes.ts';
import { SectionType } from '../format.ts';

/** A smaller section is read: to skip it costs one more system call. */
const minSkippedBytes = 1 << 18;
/** Bytes at the start of the file that contain the ELF header of both classes. */
const headerBytes = 64;

interface Range {
  start: number;
  end: number;
}

/**
 * Reads an ELF file for `readImage` only. Large sections of code and data, which `readImage` does not need, are not read
 * and are zeros in the result. They are most of a large library, and zero pages that nobody touches use no memory.
 *
 * `size` is the file's. `read` fills the buffer from byte `at` of the file. All of the file is read if its section
 * headers are missing or malformed.
 */
export function skim(size: number, read: (into: Buffer, at: number) => void): Buffer {
  const bytes = Buffer.alloc(size);
  const readRange = ({ start, end }: Range) => read(bytes.subarray(start, end), start);
  let at = 0;
  for (const { start, end } of skippable(bytes, readRange)) {
    if (start < at) continue;
    readRange({ start: at, end: start });
    at = end;
  }
  readRange({ start: at, end: size });
  return bytes;
}

/** The large sections of code and data, in the order of the file. None if the section headers cannot be read. */
function skippable(bytes: Buffer, readRange: (range: Range) => void): Range[] {
  if (bytes.length < minSkippedBytes) return [];
  readRange({ start: 0, end: headerBytes });
  try {
    const file = new ElfBytes(bytes, '');
    const { header, section } = file.format;
    const start = file.get(header, 0, 'shoff');
    const count = file.get(header, 0, 'shnum');
    if (file.get(header, 0, 'shentsize') !== section.size || !file.contains(start, count * section.size))
      return [];
    readRange({ start, end: start + count * section.size });
    return Array.from({ length: count }, (_, index) => start + index * section.size)
      .map((at) => ({
        type: file.get(section, at, 'type'),
        offset: file.get(section, at, 'offset'),
        size: file.get(section, at, 'size'),
      }))
      .filter(
        ({ type, offset, size }) =>
          type === SectionType.progbits && size >= minSkippedBytes && file.contains(offset, size),
      )
      .map(({ offset, size }) => ({ start: offset, end: offset + size }))
      .sort((a, b) => a.start - b.start);
  } catch {
    return [];
  }
}
