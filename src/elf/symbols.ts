import type { ElfBytes } from './bytes.ts';
import { SectionType } from './format.ts';
import { fileParts } from './placement.ts';
import { overlap } from './segments.ts';
import { readTables, type Section } from './tables.ts';

/**
 * Lets the symbols of sections that are not where they were `before` follow them, in .symtab, which ld.so doesn't read
 * and most files have lost: debuggers and linters do. Those of .dynsym stay as they are.
 */
export function followSections(file: ElfBytes, before: Section[]): void {
  const tables = readTables(file);
  const { symbol } = file.format;
  const moved = before.map((was, index) => ({ was, shift: (tables.sections[index]?.addr ?? 0) - was.addr }));
  if (moved.every(({ shift }) => shift === 0)) return;

  for (const table of tables.sections.filter(({ type }) => type === SectionType.symtab)) {
    // A table that shares its bytes with something else is none.
    const others = fileParts(file, tables).filter(
      ({ offset, size }) => offset !== table.offset || size !== table.size,
    );
    if (others.some((part) => overlap(part, table)) || !file.holds(table.offset, table.size)) continue;
    for (let at = table.offset; at + symbol.size <= table.offset + table.size; at += symbol.size) {
      const { was, shift } = moved[file.get(symbol, at, 'section')] ?? { shift: 0 };
      if (was === undefined || shift === 0) continue;
      const value = file.getBig(symbol, at, 'value');
      const inside = value >= was.addr && value <= was.addr + was.size;
      if (inside) file.set(symbol, at, 'value', Number(value) + shift);
    }
  }
}
