import { ElfBytes } from './bytes.ts';
import { SectionType } from './format.ts';

/** Smaller ones are not worth a system call of their own. */
const minSkipped = 1 << 18;

/**
 * An ELF file for `readImage` alone, read by `read` into the buffer it is given: large sections of code and data, which
 * nothing is looked up in, are zeros. Most of a large library is that, and a page never touched is never claimed.
 *
 * `size` is the file's. Where its section headers are missing or odd, all of it is read.
 */
export function skim(size: number, read: (into: Buffer, at: number) => void): Buffer {
  const bytes = Buffer.alloc(size);
  const readRange = (start: number, end: number) => read(bytes.subarray(start, end), start);
  let at = 0;
  for (const { offset, end } of skippable(bytes, readRange)) {
    if (offset < at) continue;
    readRange(at, offset);
    at = end;
  }
  readRange(at, size);
  return bytes;
}

/** The large sections of code and data, in the order of the file; none where the headers can't be read. */
function skippable(
  bytes: Buffer,
  readRange: (start: number, end: number) => void,
): { offset: number; end: number }[] {
  if (bytes.length < minSkipped) return [];
  readRange(0, 64);
  try {
    const file = new ElfBytes(bytes, '');
    const { header, section } = file.format;
    const start = file.get(header, 0, 'shoff');
    const count = file.get(header, 0, 'shnum');
    if (file.get(header, 0, 'shentsize') !== section.size || !file.holds(start, count * section.size))
      return [];
    readRange(start, start + count * section.size);
    return Array.from({ length: count }, (_, index) => start + index * section.size)
      .map((at) => {
        const offset = file.get(section, at, 'offset');
        const size = file.get(section, at, 'size');
        return { type: file.get(section, at, 'type'), offset, size, end: offset + size };
      })
      .filter(
        ({ type, offset, size }) =>
          type === SectionType.progbits && size >= minSkipped && file.holds(offset, size),
      )
      .sort((a, b) => a.offset - b.offset);
  } catch {
    return [];
  }
}
