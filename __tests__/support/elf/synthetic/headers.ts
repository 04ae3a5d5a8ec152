import { SectionType, SegmentType } from '../../../../src/elf/format.ts';
import type { Data, Tables } from './contents.ts';
import { type RecordWriter, type StringTable, stringTable } from './records.ts';
import { interpreterText, type Shape } from './shape.ts';

/** A section header, by the names of its fields. */
interface Row {
  name: string;
  type: number;
  flags?: number;
  offset?: number;
  size?: number;
  link?: number;
  info?: number;
  entsize?: number;
}

type AddressOf = (offset: number) => number;

/** p_flags. */
const [r, rx, rw] = [4, 5, 6];
const gnuStack = 0x6474e551;
const noteBytes = 32;
/** sh_flags. */
const [alloc, allocWrite] = [2, 3];
/** STB_LOCAL and STT_SECTION. */
const localSection = 3;
/** The sh_link of sections that use .dynstr: it is the first section. */
const dynstrIndex = 1;

/** The fields of all program headers. */
export function programHeaders(
  { bss = 16, spare, program = false }: Shape,
  tables: Tables,
  data: Data,
  address: AddressOf,
  page: number,
) {
  const part = (type: number, flags: number, offset: number, size: number, align = 4, more = 0) => ({
    ...{ type, flags, offset, vaddr: address(offset), paddr: address(offset), align },
    ...{ filesz: size, memsz: size + more },
  });
  return [
    ...(program ? [part(SegmentType.interp, r, tables.interp, interpreterText.length)] : []),
    part(SegmentType.load, rx, 0, tables.end, page),
    part(SegmentType.load, rw, data.start, data.end - data.start, page, bss),
    part(SegmentType.dynamic, rw, data.dynamic, data.dynamicSize),
    part(SegmentType.note, r, tables.note, noteBytes),
    part(gnuStack, rw, 0, 0),
    ...(spare === 'note' ? [part(SegmentType.gnuProperty, r, tables.note, noteBytes)] : []),
    ...(spare === 'null' ? [{}] : []),
  ];
}

/** Appends the sections that are not mapped and the section headers. Returns the fields of the ELF header for them. */
export function appendSections(
  writer: RecordWriter,
  shape: Shape,
  strings: StringTable,
  tables: Tables,
  data: Data,
  address: AddressOf,
) {
  const { format } = writer;
  const rows = mappedRows(writer, shape, strings, tables, data);
  rows.push({ name: '.comment', type: SectionType.progbits, offset: data.comment, size: 9 });
  const addressOf = ({ name, offset = 0, flags }: Row) => {
    if (name === '.bss') return address(data.data) + (data.end - data.data);
    return flags === undefined ? 0 : address(offset);
  };
  // One symbol for each mapped section, as linkers do it.
  const mapped = [...rows.entries()].filter(([, { flags }]) => flags !== undefined);
  rows.push({
    ...{ name: '.symtab', type: SectionType.symtab, link: rows.length + 1, info: mapped.length + 1 },
    ...{ size: (mapped.length + 1) * format.symbol.size, entsize: format.symbol.size },
    offset: writer.append(format.symbol, [
      {},
      ...mapped.map(([index, row]) => ({ info: localSection, section: index, value: addressOf(row) })),
    ]),
  });
  rows.push({ name: '.strtab', type: SectionType.strtab, offset: data.comment + 8, size: 1 });
  const names = stringTable([...rows.map(({ name }) => name), '.shstrtab']);
  const size = names.text.length;
  rows.push({ name: '.shstrtab', type: SectionType.strtab, offset: writer.appendText(names.text), size });
  if (shape.sections === false) return {};

  const headers = rows.map((row) => ({
    ...row,
    name: names.at(row.name),
    addr: addressOf(row),
    addralign: row.type === SectionType.null ? 0 : 1,
  }));
  const shoff = writer.append(format.section, headers);
  return { shoff, shentsize: format.section.size, shnum: rows.length, shstrndx: rows.length - 1 };
}

/** The headers of the sections that are mapped, behind the empty one. */
function mappedRows(
  { format }: RecordWriter,
  { program = false, apart = false, code = false, bss = 16 }: Shape,
  strings: StringTable,
  tables: Tables,
  data: Data,
): Row[] {
  const { strtab, progbits, note, dynsym, hash, gnuVersym, gnuVerneed, rela, dynamic, nobits } = SectionType;
  const symbolsIndex = 3 + Number(program);
  const relocation = { type: rela, flags: alloc, link: symbolsIndex, entsize: format.rela.size };
  const version = { flags: alloc, link: dynstrIndex, info: 1 };
  const dataSize = data.end - data.data;
  const interpreter = { flags: alloc, offset: tables.interp, size: interpreterText.length };
  return [
    { name: '', type: SectionType.null },
    { name: '.dynstr', type: strtab, flags: alloc, offset: tables.dynstr, size: strings.text.length },
    ...(program ? [{ name: '.interp', type: progbits, ...interpreter }] : []),
    { name: '.note.ABI-tag', type: note, flags: alloc, offset: tables.note, size: noteBytes },
    {
      ...{ name: '.dynsym', type: dynsym, flags: alloc, offset: tables.symbols, link: dynstrIndex, info: 1 },
      ...{ size: 2 * format.symbol.size, entsize: format.symbol.size },
    },
    {
      ...{ name: '.hash', type: hash, flags: alloc, offset: tables.hash, size: 20 },
      ...{ link: symbolsIndex, entsize: 4 },
    },
    {
      ...{ name: '.gnu.version', type: gnuVersym, flags: alloc, offset: tables.versionOf, size: 4 },
      ...{ link: symbolsIndex, entsize: 2 },
    },
    { name: '.rela.dyn', ...relocation, offset: tables.relocations, size: 2 * format.rela.size },
    {
      ...{ name: '.gnu.version_r', type: gnuVerneed, ...version },
      ...{ offset: tables.versions, size: tables.versionsSize },
    },
    {
      ...{ name: '.dynamic', type: dynamic, flags: allocWrite, offset: data.dynamic, link: dynstrIndex },
      ...{ size: data.dynamicSize, entsize: format.dynamic.size },
    },
    ...(apart
      ? [{ name: '.rela.plt', ...relocation, offset: tables.pltRelocations, size: format.rela.size }]
      : []),
    ...(code ? [{ name: '.text', type: progbits, flags: alloc, offset: tables.text, size: 12 }] : []),
    { name: '.data', type: progbits, flags: allocWrite, offset: data.data, size: dataSize },
    { name: '.bss', type: nobits, flags: allocWrite, offset: data.end, size: bss },
  ];
}
