import { Tag } from '../../../../src/elf/format.ts';
import type { RecordWriter, StringTable } from './records.ts';
import { facts, interpreterText, type Shape } from './shape.ts';

/** STB_GLOBAL and STT_FUNC. */
const globalFunction = 0x12;
/** SHN_ABS. */
const absolute = 0xfff1;
/** Dynamic entries that src/elf/format.ts does not name. */
const [dtRelasz, dtRelaent, dtSyment] = [8, 9, 11];

/** The offsets of the tables in the read-only segment, or 0 for tables that a shape does not have. */
export type Tables = ReturnType<typeof appendTables>;

/** The offsets of the contents of the writable segment, and of the comment behind it. */
export type Data = ReturnType<typeof appendData>;

/** Appends the contents of the read-only segment. */
export function appendTables(writer: RecordWriter, shape: Shape, strings: StringTable) {
  const { symbol = 'answer', noteOwner = 'GNU\0' } = shape;
  const { program = false, stringsLast = false, code = false, apart = false } = shape;
  const { format } = writer;
  const interp = program ? writer.appendText(interpreterText) : 0;
  const note = writer.append(format.note, [{ namesz: 4, descsz: 16, type: 1 }]);
  writer.appendText(noteOwner);
  writer.write(format.abiTag, { major: 3, minor: 2, patch: 7 }, writer.reserve(16, 4));
  // One bucket and a chain of two: there is one symbol.
  const words = [1, 2, 1, 0, 0].map((value) => ({ value }));
  const hash = writer.append(format.word, words);
  const symbols = writer.append(format.symbol, [
    {},
    { name: strings.at(symbol), info: globalFunction, section: absolute },
  ]);
  const stringsFirst = stringsLast ? 0 : writer.appendText(strings.text);
  const pltRelocations = apart ? writer.append(format.rela, [{}]) : 0;
  const versionOf = writer.appendText('\0\0\0\0');
  const versions = writer.append(format.verneed, [
    { version: 1, count: 1, file: strings.at('libc.so.6'), aux: format.verneed.size },
  ]);
  const version = { hash: 0x0d696914, other: 2, name: strings.at('GLIBC_2.4') };
  writer.write(format.vernaux, version, writer.reserve(format.vernaux.size, 1));
  const versionsSize = writer.end - versions;
  const dynstr = stringsLast ? writer.appendText(strings.text) : stringsFirst;
  // Their type is 0, so they relocate nothing.
  const relocations = writer.append(format.rela, [{}, {}]);
  const text = code ? writer.appendText('instructions') : 0;
  return {
    ...{ interp, note, hash, symbols, dynstr, pltRelocations, versionOf, versions, versionsSize },
    ...{ relocations, text, end: writer.end },
  };
}

/** Appends the contents of the writable segment, and a comment that is not mapped. */
export function appendData(
  writer: RecordWriter,
  { paths = [], nulls = 4, hint = false, apart = false }: Shape,
  strings: StringTable,
  tables: Tables,
  address: (offset: number) => number,
) {
  const { format } = writer;
  const start = writer.end;
  const dynamic = writer.append(format.dynamic, [
    ...facts.needed.map((name) => ({ tag: Tag.needed, value: strings.at(name) })),
    { tag: Tag.soname, value: strings.at(facts.soname) },
    ...paths.map(([tag, path]) => ({ tag: Tag[tag], value: strings.at(path) })),
    { tag: Tag.strtab, value: address(tables.dynstr) },
    { tag: Tag.strsz, value: strings.text.length },
    { tag: Tag.hash, value: address(tables.hash) },
    { tag: Tag.symtab, value: address(tables.symbols) },
    { tag: dtSyment, value: format.symbol.size },
    { tag: Tag.rela, value: address(tables.relocations) },
    { tag: dtRelasz, value: 2 * format.rela.size },
    { tag: dtRelaent, value: format.rela.size },
    ...(apart ? [{ tag: Tag.jmprel, value: address(tables.pltRelocations) }] : []),
    { tag: Tag.versym, value: address(tables.versionOf) },
    { tag: Tag.verneed, value: address(tables.versions) },
    { tag: Tag.verneednum, value: 1 },
    ...(hint ? [{ tag: Tag.relacount, value: 3 }] : []),
    ...Array.from({ length: nulls }, () => ({ tag: Tag.null })),
  ]);
  const dynamicSize = writer.end - dynamic;
  const data = writer.appendText('data that is not zero, up to the very end');
  const end = writer.end;
  const comment = writer.appendText('unmapped\0');
  return { start, dynamic, dynamicSize, data, end, comment };
}
