import { ElfBytes } from '../../../../src/elf/bytes.ts';
import { maxPageSize, ObjectType } from '../../../../src/elf/format.ts';
import { appendData, appendTables } from './contents.ts';
import { appendSections, programHeaders } from './headers.ts';
import { RecordWriter, stringTable } from './records.ts';
import { type Form, facts, type Shape } from './shape.ts';

const maxBytes = 1 << 14;

/** The first 64 bytes of an ELF file, with e_ident and e_machine (System V ABI). `order` is 1 for little-endian. */
export function elfHeader(elfClass: number, order: number, machine: number): Buffer {
  const bytes = Buffer.alloc(64);
  bytes.set([0x7f, 0x45, 0x4c, 0x46, elfClass, order, 1]);
  if (order === 1) bytes.writeUInt16LE(machine, 18);
  else bytes.writeUInt16BE(machine, 18);
  return bytes;
}

/**
 * Makes a library or program of two segments, one read-only and one writable, byte by byte. No linker makes all four
 * forms, or a file for each way and each refusal of the editor. It can be read but not run.
 */
export function synthetic(form: Form, shape: Shape = {}): Buffer {
  const { gap = 0, spare, paths = [], symbol = 'answer', base = 0, program = false } = shape;
  const bytes = Buffer.alloc(maxBytes);
  bytes.set([0x7f, 0x45, 0x4c, 0x46, form.class / 32, form.littleEndian ? 1 : 2, 1]);
  const writer = new RecordWriter(new ElfBytes(bytes, 'synthetic'));
  const { format } = writer;
  const page = maxPageSize(form.machine);
  const searchPaths = paths.map(([, path]) => path);
  const strings = stringTable([...searchPaths, ...facts.needed, facts.soname, 'GLIBC_2.4', symbol]);

  writer.reserve(format.header.size);
  const headerCount = 5 + Number(spare !== undefined) + Number(program);
  const phoff = writer.reserve(headerCount * format.segment.size);
  const tables = appendTables(writer, shape, strings);
  writer.reserve(gap, 1);
  const writable = writer.reserve(0, 16);
  const address = (offset: number) => base + offset + (offset >= writable ? page : 0);
  const data = appendData(writer, shape, strings, tables, address);

  const segments = programHeaders(shape, tables, data, address, page);
  for (const [index, values] of segments.entries())
    writer.write(format.segment, values, phoff + index * format.segment.size);
  const sections = appendSections(writer, shape, strings, tables, data, address);
  const common = { type: ObjectType.dyn, machine: form.machine, version: 1, ehsize: format.header.size };
  const counts = { phoff, phentsize: format.segment.size, phnum: segments.length };
  writer.write(format.header, { ...common, ...counts, ...sections }, 0);
  return bytes.subarray(0, writer.end);
}
