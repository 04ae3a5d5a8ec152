import type { ElfBytes } from '../bytes.ts';
import { SectionType } from '../format.ts';
import { loads, overlap } from '../segments.ts';
import { type ElfTables, hasBytes, headerParts, readTables, type Section } from '../tables.ts';

/**
 * Lets the symbols of sections that are not where they were `before` follow them, in .symtab, which ld.so doesn't read
 * and most files have lost: debuggers and linters do. Those of .dynsym stay as they are.
 */
export function followSections(file: ElfBytes, before: Section[]): void {
  if (!before.some(({ type }) => type === SectionType.symtab)) return;
  const tables = readTables(file);
  const { symbol } = file.format;
  const moved = before.map((was, index) => ({ was, shift: (tables.sections[index]?.addr ?? 0) - was.addr }));
  if (moved.every(({ shift }) => shift === 0)) return;

  const table = onlySymbolTable(file, tables);
  if (table === undefined) return;
  for (let at = table.offset; at + symbol.size <= table.offset + table.size; at += symbol.size) {
    const section = moved[file.get(symbol, at, 'section')];
    if (section === undefined || section.shift === 0) continue;
    const { addr, size } = section.was;
    const value = file.getBig(symbol, at, 'value');
    if (value >= addr && value <= addr + size) file.set(symbol, at, 'value', Number(value) + section.shift);
  }
}

/** A file has one at most (System V gABI, "Sections"); one that shares its bytes with anything else is none. */
function onlySymbolTable(file: ElfBytes, tables: ElfTables): Section | undefined {
  const [table, ...more] = tables.sections.filter(({ type }) => type === SectionType.symtab);
  if (table === undefined || more.length > 0 || !file.holds(table.offset, table.size)) return undefined;
  const others = [
    ...headerParts(file, tables),
    ...loads(tables.segments).map(({ offset, filesz }) => ({ offset, size: filesz })),
    ...tables.sections.filter((one) => one !== table && hasBytes(one)),
  ];
  return others.some((part) => overlap(part, table)) ? undefined : table;
}
