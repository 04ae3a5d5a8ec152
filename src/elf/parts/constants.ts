import { ElfBytes } from '../bytes.ts';
import { SectionFlag, SectionType } from '../format.ts';

/** Bytes at the start of the file that contain the ELF header of both classes. */
const headerBytes = 64;

/**
 * Reads the constants of an ELF file: its sections that are loaded and have no code, such as .rodata and .data. Without
 * section headers it is the whole file. `size` is the file's. `read` fills the buffer from byte `at` of the file.
 */
export function readConstants(size: number, read: (into: Buffer, at: number) => void): Buffer[] {
  const readPart = (at: number, length: number) => {
    const bytes = Buffer.alloc(Math.max(0, Math.min(length, size - at)));
    read(bytes, at);
    return bytes;
  };
  const parts = constantParts(readPart);
  return (parts ?? [{ offset: 0, size }]).map((part) => readPart(part.offset, part.size));
}

/** The sections of constants; undefined if the section headers cannot be read. */
function constantParts(
  readPart: (at: number, length: number) => Buffer,
): { offset: number; size: number }[] | undefined {
  const head = new ElfBytes(readPart(0, headerBytes), '');
  const { header, section } = head.format;
  try {
    const count = head.get(header, 0, 'shnum');
    if (count === 0 || head.get(header, 0, 'shentsize') !== section.size) return undefined;
    const table = readPart(head.get(header, 0, 'shoff'), count * section.size);
    const headers = new ElfBytes(Buffer.concat([head.bytes, table]), '');
    return Array.from({ length: count }, (_, index) => head.bytes.length + index * section.size)
      .map((at) => ({
        type: headers.get(section, at, 'type'),
        flags: headers.get(section, at, 'flags'),
        offset: headers.get(section, at, 'offset'),
        size: headers.get(section, at, 'size'),
      }))
      .filter(
        ({ type, flags }) =>
          type === SectionType.progbits &&
          (flags & SectionFlag.alloc) !== 0 &&
          (flags & SectionFlag.code) === 0,
      );
  } catch {
    return undefined;
  }
}
