import type { ElfBytes } from '../bytes.ts';
import { SectionType } from '../format.ts';
import { loads, overlap } from '../segments.ts';
import { type ElfTables, hasBytes, headerParts, readTables, type Section } from '../tables.ts';

/**
 * Writes the new addresses of moved sections into their symbols in .symtab. `before` are the sections before the edit.
 * ld.so does not read .symtab, and most files have none; debuggers and linters do read it. No symbol of .dynsym changes.
 */
export function writeMovedSymbols(edited: ElfBytes, before: Section[]): void {
  if (!before.some(({ type }) => type === SectionType.symtab)) return;
  const tables = readTables(edited);
  const { symbol } = edited.format;
  const moves = before.map((was, index) => ({ was, shift: (tables.sections[index]?.addr ?? 0) - was.addr }));
  if (moves.every(({ shift }) => shift === 0)) return;

  const table = onlySymbolTable(edited, tables);
  if (table === undefined) return;
  for (let at = table.offset; at + symbol.size <= table.offset + table.size; at += symbol.size) {
    const move = moves[edited.get(symbol, at, 'section')];
    if (move === undefined || move.shift === 0) continue;
    const { addr, size } = move.was;
    const value = edited.getBig(symbol, at, 'value');
    if (value >= addr && value <= addr + size) edited.set(symbol, at, 'value', Number(value) + move.shift);
  }
}

/**
 * The section .symtab. A file may have one at most (System V gABI, "Sections"). Returns undefined if there are more, or
 * if anything else uses its bytes.
 */
function onlySymbolTable(file: ElfBytes, tables: ElfTables): Section | undefined {
  const [table, ...more] = tables.sections.filter(({ type }) => type === SectionType.symtab);
  if (table === undefined || more.length > 0 || !file.contains(table.offset, table.size)) return undefined;
  const others = [
    ...headerParts(file, tables),
    ...loads(tables.segments).map(({ offset, filesz }) => ({ offset, size: filesz })),
    ...tables.sections.filter((one) => one !== table && hasBytes(one)),
  ];
  return others.some((part) => overlap(part, table)) ? undefined : table;
}
