import { ElfBytes } from '../../../src/elf/bytes.ts';
import { elf32, elf64, Ident, ObjectType, SegmentFlag, SegmentType, Tag } from '../../../src/elf/format.ts';
import type { ElfIdentity } from '../../../src/elf/identity.ts';

/** The facts that a stub contains for ld.so. */
export interface Stub {
  interpreter: string | undefined;
  soname: string | undefined;
  needed: readonly string[];
  runpath?: readonly string[];
  /** Further strings in it, such as options that ld.so knows. */
  strings?: readonly string[];
}

/**
 * An ELF file with headers, dynamic section and strings only (System V gABI, "Program Header" and "Dynamic Section"). It
 * is all that a plan reads, made from the description of a file in an RPM database.
 */
export function stubElf(identity: ElfIdentity, stub: Stub): Buffer {
  const { interpreter, soname, needed, runpath = [], strings = [] } = stub;
  const { header, segment, dynamic, wordSize } = identity.class === 64 ? elf64 : elf32;
  const path = runpath.length > 0 ? [runpath.join(':')] : [];
  const table = new Strings([interpreter, soname, ...needed, ...path, ...strings]);
  const segments = interpreter === undefined ? 2 : 3;
  const stringsAt = header.size + segments * segment.size;
  const dynamicAt = Math.ceil((stringsAt + table.bytes.length) / wordSize) * wordSize;
  const tags: [tag: number, value: number][] = [
    ...needed.map((library): [number, number] => [Tag.needed, table.offset(library)]),
    ...(soname === undefined ? [] : [[Tag.soname, table.offset(soname)] satisfies [number, number]]),
    ...path.map((text): [number, number] => [Tag.runpath, table.offset(text)]),
    [Tag.strtab, stringsAt],
    [Tag.strsz, table.bytes.length],
    // GNU ld leaves room for more entries.
    ...Array.from({ length: 5 }, (): [number, number] => [Tag.null, 0]),
  ];
  const size = dynamicAt + tags.length * dynamic.size;
  const elf = emptyElf(identity, size);
  const set = { type: ObjectType.dyn, machine: identity.machine, phoff: header.size, phnum: segments };
  for (const [field, value] of Object.entries({ ...set, phentsize: segment.size }))
    elf.set(header, 0, field as keyof typeof set, value);
  const parts: [type: number, offset: number, size: number][] = [
    [SegmentType.load, 0, size],
    [SegmentType.dynamic, dynamicAt, tags.length * dynamic.size],
  ];
  if (interpreter !== undefined)
    parts.unshift([SegmentType.interp, stringsAt + table.offset(interpreter), interpreter.length + 1]);
  for (const [index, [type, offset, length]] of parts.entries()) {
    const at = header.size + index * segment.size;
    elf.set(segment, at, 'type', type);
    elf.set(segment, at, 'flags', SegmentFlag.read);
    for (const field of ['offset', 'vaddr', 'paddr'] as const) elf.set(segment, at, field, offset);
    for (const field of ['filesz', 'memsz'] as const) elf.set(segment, at, field, length);
    elf.set(segment, at, 'align', wordSize);
  }
  table.bytes.copy(elf.bytes, stringsAt);
  for (const [index, [tag, value]] of tags.entries()) {
    elf.set(dynamic, dynamicAt + index * dynamic.size, 'tag', tag);
    elf.set(dynamic, dynamicAt + index * dynamic.size, 'value', value);
  }
  return elf.bytes;
}

function emptyElf({ class: bits, littleEndian }: ElfIdentity, size: number): ElfBytes {
  const bytes = Buffer.alloc(size);
  bytes.write('\x7fELF', 0, 'latin1');
  bytes.writeUInt8(bits === 64 ? 2 : 1, Ident.class);
  bytes.writeUInt8(littleEndian ? 1 : 2, Ident.byteOrder);
  bytes.writeUInt8(1, Ident.byteOrder + 1); // EI_VERSION
  return new ElfBytes(bytes, 'a stub');
}

/** The string table: each text once, with a zero byte after it, and an empty one in front. */
class Strings {
  readonly bytes: Buffer;
  readonly #offsets = new Map<string, number>();

  constructor(texts: readonly (string | undefined)[]) {
    let joined = '\0';
    for (const text of texts) {
      if (text === undefined || this.#offsets.has(text)) continue;
      this.#offsets.set(text, joined.length);
      joined += `${text}\0`;
    }
    this.bytes = Buffer.from(joined);
  }

  offset(text: string): number {
    return this.#offsets.get(text) ?? 0;
  }
}
