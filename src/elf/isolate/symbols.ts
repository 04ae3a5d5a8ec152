import type { ElfBytes } from '../bytes.ts';
import { dynamicValue } from '../dynamic.ts';
import { SectionType, Tag } from '../format.ts';
import { fileOffset } from '../segments.ts';
import type { ElfTables } from '../tables.ts';

/** A dynamic symbol that the file defines. */
export interface DynamicSymbol {
  /** Its index in .dynsym, by which relocations name it. */
  index: number;
  address: number;
  size: number;
}

/** Finds a dynamic symbol by its name. Undefined if the file does not define it, or has no section headers. */
export function findSymbol(file: ElfBytes, tables: ElfTables, name: string): DynamicSymbol | undefined {
  const { strings, sections } = tables;
  const table = sections.find(({ type }) => type === SectionType.dynsym);
  if (strings === undefined || table === undefined) return undefined;
  const { symbol } = file.format;
  const wanted = Buffer.from(`${name}\0`);
  for (let at = table.offset; at + symbol.size <= table.offset + table.size; at += symbol.size) {
    const start = strings.offset + file.get(symbol, at, 'name');
    if (file.get(symbol, at, 'section') === 0) continue;
    if (!file.bytes.subarray(start, start + wanted.length).equals(wanted)) continue;
    return {
      index: (at - table.offset) / symbol.size,
      address: file.get(symbol, at, 'value'),
      size: file.get(symbol, at, 'size'),
    };
  }
  return undefined;
}

/** The addresses that relocations of a type write for a symbol. For files of 64 bits with DT_RELA. */
export function relocatedPlaces(
  file: ElfBytes,
  tables: ElfTables,
  type: number,
  { index }: DynamicSymbol,
): number[] {
  const address = dynamicValue(file, tables.dynamic, Tag.rela);
  const size = dynamicValue(file, tables.dynamic, Tag.relasz);
  if (address === undefined || size === undefined) return [];
  const start = fileOffset(tables.segments, address, size);
  if (start === undefined) throw file.malformed('its relocations are outside its segments');
  const { rela } = file.format;
  const info = BigInt(index) * 2n ** 32n + BigInt(type);
  const places: number[] = [];
  for (let at = start; at + rela.size <= start + size; at += rela.size)
    if (file.getBig(rela, at, 'info') === info) places.push(file.get(rela, at, 'offset'));
  return places;
}
