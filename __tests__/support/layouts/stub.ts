/** The facts that a stub contains for ld.so. */
export interface Stub {
  interpreter: string | undefined;
  soname: string | undefined;
  needed: readonly string[];
  /** Further strings in it, such as options that ld.so knows. */
  strings?: readonly string[];
}

const headerSize = 64;
const segmentSize = 56;
const dynamicSize = 16;
const Tag = { null: 0, needed: 1, strtab: 5, strsz: 10, soname: 14 } as const;
const Segment = { load: 1, dynamic: 2, interp: 3 } as const;

/**
 * An x86-64 ELF file with headers, dynamic section and strings only (System V gABI, "Program Header" and "Dynamic
 * Section"). It is all that a plan reads, made from the description of a file in an RPM database.
 */
export function stubElf({ interpreter, soname, needed, strings = [] }: Stub): Buffer {
  let text = '\0';
  const offsets = new Map<string, number>();
  for (const string of [interpreter, soname, ...needed, ...strings]) {
    if (string === undefined || offsets.has(string)) continue;
    offsets.set(string, text.length);
    text += `${string}\0`;
  }
  const offsetOf = (string: string) => offsets.get(string) ?? 0;
  const table = Buffer.from(text);
  const segments = interpreter === undefined ? 2 : 3;
  const stringsAt = headerSize + segments * segmentSize;
  const dynamicAt = Math.ceil((stringsAt + table.length) / 8) * 8;
  const dynamic: [tag: number, value: number][] = [
    ...needed.map((library): [number, number] => [Tag.needed, offsetOf(library)]),
    ...(soname === undefined ? [] : [[Tag.soname, offsetOf(soname)] satisfies [number, number]]),
    [Tag.strtab, stringsAt],
    [Tag.strsz, table.length],
    [Tag.null, 0],
  ];
  const size = dynamicAt + dynamic.length * dynamicSize;
  const bytes = Buffer.alloc(size);
  bytes.write('\x7fELF\x02\x01\x01', 0, 'latin1');
  bytes.writeUInt16LE(3, 16); // e_type: ET_DYN
  bytes.writeUInt16LE(62, 18); // e_machine: x86-64
  bytes.writeUInt32LE(1, 20); // e_version
  bytes.writeBigUInt64LE(BigInt(headerSize), 32); // e_phoff
  bytes.writeUInt16LE(headerSize, 52); // e_ehsize
  bytes.writeUInt16LE(segmentSize, 54); // e_phentsize
  bytes.writeUInt16LE(segments, 56); // e_phnum
  const parts: [type: number, offset: number, size: number][] = [
    [Segment.load, 0, size],
    [Segment.dynamic, dynamicAt, dynamic.length * dynamicSize],
  ];
  if (interpreter !== undefined) {
    parts.unshift([Segment.interp, stringsAt + offsetOf(interpreter), interpreter.length + 1]);
  }
  for (const [index, [type, offset, length]] of parts.entries()) {
    const at = headerSize + index * segmentSize;
    bytes.writeUInt32LE(type, at);
    bytes.writeUInt32LE(4, at + 4); // p_flags: readable
    // File offset, virtual and physical address are equal. Then come the sizes in the file and in memory.
    for (const field of [8, 16, 24]) bytes.writeBigUInt64LE(BigInt(offset), at + field);
    for (const field of [32, 40]) bytes.writeBigUInt64LE(BigInt(length), at + field);
    bytes.writeBigUInt64LE(8n, at + 48); // p_align
  }
  table.copy(bytes, stringsAt);
  for (const [index, [tag, value]] of dynamic.entries()) {
    bytes.writeBigUInt64LE(BigInt(tag), dynamicAt + index * dynamicSize);
    bytes.writeBigUInt64LE(BigInt(value), dynamicAt + index * dynamicSize + 8);
  }
  return bytes;
}
