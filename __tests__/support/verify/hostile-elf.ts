const headerSize = 64;
const segmentSize = 56;
const sectionSize = 64;
const dynamicSize = 16;
const Tag = { null: 0, needed: 1, strtab: 5, strsz: 10, soname: 14, runpath: 29 } as const;
const Segment = { load: 1, dynamic: 2 } as const;

/** An ELF file whose entries share strings, so that a short file has millions of bytes of them. */
interface Shape {
  /** DT_RUNPATH. */
  runpath?: string;
  soname?: string;
  /** The name that every DT_NEEDED has, and how many of them there are. Each begins one byte later if they are `stepped`. */
  needed?: { name: string; count: number; stepped?: boolean };
  /** The number of section headers, all empty. */
  sections?: number;
}

/** An x86-64 library without code (System V gABI, "Program Header" and "Dynamic Section"). No linker makes such a file. */
export function hostileElf({ runpath, soname, needed, sections = 0 }: Shape): Buffer {
  let text = '\0';
  const place = (string: string): number => {
    const at = text.length;
    text += `${string}\0`;
    return at;
  };
  const dynamic: [tag: number, value: number][] = [];
  if (soname !== undefined) dynamic.push([Tag.soname, place(soname)]);
  if (runpath !== undefined) dynamic.push([Tag.runpath, place(runpath)]);
  if (needed !== undefined) {
    const at = place(needed.name);
    const step = needed.stepped ? 1 : 0;
    for (let index = 0; index < needed.count; index++) dynamic.push([Tag.needed, at + step * index]);
  }
  const strings = Buffer.from(text, 'latin1');
  const stringsAt = headerSize + 2 * segmentSize;
  dynamic.push([Tag.strtab, stringsAt], [Tag.strsz, strings.length], [Tag.null, 0]);
  const dynamicAt = Math.ceil((stringsAt + strings.length) / 8) * 8;
  const sectionsAt = dynamicAt + dynamic.length * dynamicSize;
  const bytes = Buffer.alloc(sectionsAt + sections * sectionSize);
  bytes.write('\x7fELF\x02\x01\x01', 0, 'latin1');
  bytes.writeUInt16LE(3, 16); // e_type: ET_DYN
  bytes.writeUInt16LE(62, 18); // e_machine: x86-64
  bytes.writeBigUInt64LE(BigInt(headerSize), 32); // e_phoff
  bytes.writeBigUInt64LE(BigInt(sections === 0 ? 0 : sectionsAt), 40); // e_shoff
  bytes.writeUInt16LE(segmentSize, 54); // e_phentsize
  bytes.writeUInt16LE(2, 56); // e_phnum
  bytes.writeUInt16LE(sectionSize, 58); // e_shentsize
  bytes.writeUInt16LE(sections, 60); // e_shnum
  const parts: [type: number, offset: number, size: number][] = [
    [Segment.load, 0, bytes.length],
    [Segment.dynamic, dynamicAt, dynamic.length * dynamicSize],
  ];
  for (const [index, [type, offset, size]] of parts.entries()) {
    const at = headerSize + index * segmentSize;
    bytes.writeUInt32LE(type, at);
    for (const field of [8, 16, 24]) bytes.writeBigUInt64LE(BigInt(offset), at + field);
    for (const field of [32, 40]) bytes.writeBigUInt64LE(BigInt(size), at + field);
  }
  strings.copy(bytes, stringsAt);
  for (const [index, [tag, value]] of dynamic.entries()) {
    bytes.writeBigUInt64LE(BigInt(tag), dynamicAt + index * dynamicSize);
    bytes.writeBigUInt64LE(BigInt(value), dynamicAt + index * dynamicSize + 8);
  }
  return bytes;
}
