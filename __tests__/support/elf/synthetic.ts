import { ElfBytes } from '../../../src/elf/bytes.ts';
import {
  type Format,
  type Layout,
  maxPageSize,
  ObjectType,
  SectionType,
  SegmentType,
  Tag,
} from '../../../src/elf/format.ts';

/** A class and a byte order of ELF files, with a machine that uses both. */
export interface Form {
  class: 32 | 64;
  littleEndian: boolean;
  /** e_machine. */
  machine: number;
}

/** Each class in each byte order. */
export const forms: [title: string, form: Form][] = [
  ['ELF64 little-endian', { class: 64, littleEndian: true, machine: 62 }],
  ['ELF64 big-endian', { class: 64, littleEndian: false, machine: 22 }],
  ['ELF32 little-endian', { class: 32, littleEndian: true, machine: 40 }],
  ['ELF32 big-endian', { class: 32, littleEndian: false, machine: 20 }],
];

/** What a synthetic file is like. By default it is a library without any room. */
export interface Shape {
  /** How many zeros are between its two segments in the file. */
  gap?: number;
  /** The size of .bss in bytes. */
  bss?: number;
  /** A program header that is not needed: PT_NULL, or a PT_NOTE that PT_GNU_PROPERTY repeats. */
  spare?: 'null' | 'note';
  /** Its DT_RPATH and DT_RUNPATH entries. */
  paths?: [tag: 'rpath' | 'runpath', path: string][];
  /** The name of its symbol. If a search path ends with that name, both share its bytes: linkers do that. */
  symbol?: string;
  /** Whether it has a DT_RELACOUNT. */
  hint?: boolean;
  /** How many DT_NULL end the dynamic section. */
  nulls?: number;
  /** Whether it has a PT_INTERP, like a program. */
  program?: boolean;
  /** Whether .dynstr is behind most other tables, as lld does it. Otherwise it is between them. */
  stringsLast?: boolean;
  /** Whether code is behind the tables, in their segment. */
  code?: boolean;
  /** The owner of its note: four characters with the NUL. */
  noteOwner?: string;
  /** Whether it has more relocations, directly behind .dynstr. */
  apart?: boolean;
  /** Whether it has section headers. */
  sections?: boolean;
  /** The address of its first segment. */
  base?: number;
}

/** What each synthetic file contains besides. */
export const facts = {
  needed: ['libneeded.so.1', 'libc.so.6'],
  soname: 'libsynthetic.so.2',
  abiTagKernel: '3.2.7',
  glibcNeeded: '2.4',
};

const maxBytes = 1 << 14;

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

const rw = 6;
const rx = 5;
const alloc = 2;
const allocWrite = 3;
/** STB_GLOBAL and STT_FUNC. */
const globalFunction = 0x12;
/** SHN_ABS. */
const absolute = 0xfff1;
/** STB_LOCAL and STT_SECTION. */
const localSection = 3;
/** Dynamic entries that src/elf/format.ts does not name. */
const [dtRelasz, dtRelaent, dtSyment] = [8, 9, 11];

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
  const { gap = 0, bss = 16, spare, paths = [], symbol = 'answer', nulls = 4, base = 0 } = shape;
  const { program = false, sections = true, hint = false, stringsLast = false, code = false } = shape;
  const { noteOwner = 'GNU\0', apart = false } = shape;
  const bytes = Buffer.alloc(maxBytes);
  bytes.set([0x7f, 0x45, 0x4c, 0x46, form.class / 32, form.littleEndian ? 1 : 2, 1]);
  const file = new ElfBytes(bytes, 'synthetic');
  const format = withFieldsOfOthers(file.format);
  const page = maxPageSize(form.machine);

  let end = 0;
  const reserve = (size: number, alignment = 8): number => {
    const at = Math.ceil(end / alignment) * alignment;
    end = at + size;
    return at;
  };
  const put = <F extends string>(layout: Layout<F>, values: Partial<Record<F, number>>, at: number): void => {
    for (const field of Object.keys(values) as F[]) file.set(layout, at, field, values[field] ?? 0);
  };
  const putAll = <F extends string>(layout: Layout<F>, rows: Partial<Record<F, number>>[]): number => {
    const start = reserve(rows.length * layout.size);
    rows.forEach((row, index) => {
      put(layout, row, start + index * layout.size);
    });
    return start;
  };
  const bytesOf = (content: string): number => {
    const at = reserve(content.length, 1);
    bytes.write(content, at, 'latin1');
    return at;
  };

  const interpreter = '/lib/ld.so.1\0';
  const strings = stringTable([
    ...paths.map(([, path]) => path),
    ...facts.needed,
    facts.soname,
    'GLIBC_2.4',
    symbol,
  ]);
  const headers = 5 + Number(spare !== undefined) + Number(program);

  reserve(format.header.size);
  const phoff = reserve(headers * format.segment.size);
  const interp = program ? bytesOf(interpreter) : 0;
  const note = putAll(format.note, [{ namesz: 4, descsz: 16, type: 1 }]);
  bytesOf(noteOwner);
  put(format.abiTag, { major: 3, minor: 2, patch: 7 }, reserve(16, 4));
  // One bucket and a chain of two: there is one symbol.
  const hash = putAll(
    format.word,
    [1, 2, 1, 0, 0].map((value) => ({ value })),
  );
  const symbols = putAll(format.symbol, [
    {},
    { name: strings.at(symbol), info: globalFunction, section: absolute },
  ]);
  const stringsFirst = stringsLast ? 0 : bytesOf(strings.text);
  const pltRelocations = apart ? putAll(format.rela, [{}]) : 0;
  const versionOf = bytesOf('\0\0\0\0');
  const versions = putAll(format.verneed, [
    { version: 1, count: 1, file: strings.at('libc.so.6'), aux: format.verneed.size },
  ]);
  put(
    format.vernaux,
    { hash: 0x0d696914, other: 2, name: strings.at('GLIBC_2.4') },
    reserve(format.vernaux.size, 1),
  );
  const versionsSize = end - versions;
  const dynstr = stringsLast ? bytesOf(strings.text) : stringsFirst;
  // Their type is 0, so they relocate nothing.
  const relocations = putAll(format.rela, [{}, {}]);
  const text = code ? bytesOf('instructions') : 0;
  const readOnly = end;

  reserve(gap, 1);
  const writable = reserve(0, 16);
  const address = (offset: number) => base + offset + (offset >= writable ? page : 0);
  const dynamic = putAll(format.dynamic, [
    ...facts.needed.map((name) => ({ tag: Tag.needed, value: strings.at(name) })),
    { tag: Tag.soname, value: strings.at(facts.soname) },
    ...paths.map(([tag, path]) => ({ tag: Tag[tag], value: strings.at(path) })),
    { tag: Tag.strtab, value: address(dynstr) },
    { tag: Tag.strsz, value: strings.text.length },
    { tag: Tag.hash, value: address(hash) },
    { tag: Tag.symtab, value: address(symbols) },
    { tag: dtSyment, value: format.symbol.size },
    { tag: Tag.rela, value: address(relocations) },
    { tag: dtRelasz, value: 2 * format.rela.size },
    { tag: dtRelaent, value: format.rela.size },
    ...(apart ? [{ tag: Tag.jmprel, value: address(pltRelocations) }] : []),
    { tag: Tag.versym, value: address(versionOf) },
    { tag: Tag.verneed, value: address(versions) },
    { tag: Tag.verneednum, value: 1 },
    ...(hint ? [{ tag: Tag.relacount, value: 3 }] : []),
    ...Array.from({ length: nulls }, () => ({ tag: Tag.null })),
  ]);
  const dynamicSize = end - dynamic;
  const data = bytesOf('data that is not zero, up to the very end');
  const writableEnd = end;
  const comment = bytesOf('unmapped\0');

  const part = (
    type: number,
    flags: number,
    offset: number,
    size: number,
    extra: { align?: number; bss?: number } = {},
  ) => ({
    ...{ type, flags, offset, vaddr: address(offset), paddr: address(offset), align: extra.align ?? 4 },
    ...{ filesz: size, memsz: size + (extra.bss ?? 0) },
  });
  const segments = [
    ...(program ? [part(SegmentType.interp, 4, interp, interpreter.length)] : []),
    part(SegmentType.load, rx, 0, readOnly, { align: page }),
    part(SegmentType.load, rw, writable, writableEnd - writable, { align: page, bss }),
    part(SegmentType.dynamic, rw, dynamic, dynamicSize),
    part(SegmentType.note, 4, note, 32),
    part(0x6474e551, rw, 0, 0), // PT_GNU_STACK
    ...(spare === 'note' ? [part(SegmentType.gnuProperty, 4, note, 32)] : []),
    ...(spare === 'null' ? [{}] : []),
  ];
  segments.forEach((values, index) => {
    put(format.segment, values, phoff + index * format.segment.size);
  });

  /** The sh_link of sections that use .dynstr: it is the first section. */
  const link = 1;
  const dynsym = 3 + Number(program);
  const rows: Row[] = [
    { name: '', type: SectionType.null },
    { name: '.dynstr', type: SectionType.strtab, flags: alloc, offset: dynstr, size: strings.text.length },
    ...(program
      ? [
          {
            name: '.interp',
            type: SectionType.progbits,
            flags: alloc,
            offset: interp,
            size: interpreter.length,
          },
        ]
      : []),
    { name: '.note.ABI-tag', type: SectionType.note, flags: alloc, offset: note, size: 32 },
    {
      ...{ name: '.dynsym', type: SectionType.dynsym, flags: alloc, offset: symbols, link, info: 1 },
      ...{ size: 2 * format.symbol.size, entsize: format.symbol.size },
    },
    { name: '.hash', type: SectionType.hash, flags: alloc, offset: hash, size: 20, link: dynsym, entsize: 4 },
    {
      name: '.gnu.version',
      type: SectionType.gnuVersym,
      flags: alloc,
      offset: versionOf,
      size: 4,
      link: dynsym,
      entsize: 2,
    },
    {
      ...{ name: '.rela.dyn', type: SectionType.rela, flags: alloc, offset: relocations, link: dynsym },
      ...{ size: 2 * format.rela.size, entsize: format.rela.size },
    },
    {
      ...{ name: '.gnu.version_r', type: SectionType.gnuVerneed, flags: alloc, link, info: 1 },
      ...{ offset: versions, size: versionsSize },
    },
    {
      ...{ name: '.dynamic', type: SectionType.dynamic, flags: allocWrite, offset: dynamic, link },
      ...{ size: dynamicSize, entsize: format.dynamic.size },
    },
    ...(apart
      ? [
          {
            ...{ name: '.rela.plt', type: SectionType.rela, flags: alloc, offset: pltRelocations },
            ...{ size: format.rela.size, link: dynsym, entsize: format.rela.size },
          },
        ]
      : []),
    ...(code ? [{ name: '.text', type: SectionType.progbits, flags: alloc, offset: text, size: 12 }] : []),
    { name: '.data', type: SectionType.progbits, flags: allocWrite, offset: data, size: writableEnd - data },
    { name: '.bss', type: SectionType.nobits, flags: allocWrite, offset: writableEnd, size: bss },
    { name: '.comment', type: SectionType.progbits, offset: comment, size: 9 },
  ];
  const addressOf = ({ name, offset = 0, flags }: Row) => {
    if (name === '.bss') return address(data) + (writableEnd - data);
    return flags === undefined ? 0 : address(offset);
  };
  // One symbol for each mapped section, as linkers do it.
  const mapped = [...rows.entries()].filter(([, { flags }]) => flags !== undefined);
  rows.push({
    ...{ name: '.symtab', type: SectionType.symtab, link: rows.length + 1, info: mapped.length + 1 },
    ...{ size: (mapped.length + 1) * format.symbol.size, entsize: format.symbol.size },
    offset: putAll(format.symbol, [
      {},
      ...mapped.map(([index, row]) => ({ info: localSection, section: index, value: addressOf(row) })),
    ]),
  });
  rows.push({ name: '.strtab', type: SectionType.strtab, offset: comment + 8, size: 1 });
  const sectionNames = stringTable([...rows.map(({ name }) => name), '.shstrtab']);
  const size = sectionNames.text.length;
  rows.push({ name: '.shstrtab', type: SectionType.strtab, offset: bytesOf(sectionNames.text), size });
  const shoff = sections
    ? putAll(
        format.section,
        rows.map((row) => ({
          ...row,
          name: sectionNames.at(row.name),
          addr: addressOf(row),
          addralign: row.type === SectionType.null ? 0 : 1,
        })),
      )
    : 0;
  put(
    format.header,
    {
      ...{ type: ObjectType.dyn, machine: form.machine, version: 1, ehsize: format.header.size },
      ...{ phoff, phentsize: format.segment.size, phnum: segments.length },
      ...(sections
        ? { shoff, shentsize: format.section.size, shnum: rows.length, shstrndx: rows.length - 1 }
        : {}),
    },
    0,
  );
  return bytes.subarray(0, end);
}

/** The format with more fields. relopack does not use them, but other readers need them. */
function withFieldsOfOthers(format: Format) {
  const wide = format.wordSize === 8;
  const extend = <F extends string, G extends string>(layout: Layout<F>, fields: Layout<G>['fields']) =>
    ({
      size: layout.size,
      fields: { ...layout.fields, ...fields },
    }) as Layout<F | G>;
  return {
    ...format,
    header: extend(format.header, {
      version: [20, 4],
      ehsize: [wide ? 52 : 40, 2],
      shstrndx: [wide ? 62 : 50, 2],
    }),
    section: extend(format.section, {
      name: [0, 4],
      info: [wide ? 44 : 28, 4],
      entsize: wide ? [56, 8] : [36, 4],
    }),
    symbol: extend(format.symbol, { info: [wide ? 4 : 12, 1] }),
    rela: { size: 3 * format.wordSize, fields: {} } as Layout<never>,
    verneed: extend(format.verneed, { version: [0, 2] }),
    vernaux: extend(format.vernaux, { hash: [0, 4], other: [6, 2] }),
  };
}

/** A string table with each string once. A string that ends another one shares its bytes. */
function stringTable(wanted: string[]): { text: string; at: (string: string) => number } {
  let text = '\0';
  for (const string of wanted) if (!text.includes(`${string}\0`)) text += `${string}\0`;
  return { text, at: (string) => text.indexOf(`${string}\0`) };
}
