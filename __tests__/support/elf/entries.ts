import { SectionType, Tag } from '../../../src/elf/format.ts';
import type { ElfTables } from '../../../src/elf/tables.ts';

const searchPaths: readonly number[] = [Tag.rpath, Tag.runpath];
const relocationCounts: readonly number[] = [Tag.relacount, Tag.relcount];
const pointers: readonly number[] = [
  ...[Tag.hash, Tag.gnuHash, Tag.symtab, Tag.rela, Tag.rel, Tag.relr, Tag.jmprel],
  ...[Tag.versym, Tag.verdef, Tag.verneed],
];

/** Types of section that no pointer leads into, even if a hostile section header says so. */
const notPointedTo: readonly number[] = [SectionType.nobits, SectionType.strtab];

/**
 * The errors in an edited dynamic section. All entries have to be the same and in the same order, except for the search
 * path and the place and size of .dynstr. A pointer has to follow the section that it pointed into, by the section
 * headers. A file without a spare entry may have lost its relocation count.
 */
export function wrongEntries(old: ElfTables, now: ElfTables): string[] {
  const mayLose = old.dynamicNulls < 2 && !old.dynamic.some(({ tag }) => searchPaths.includes(tag));
  const lost = mayLose ? old.dynamic.find(({ tag }) => relocationCounts.includes(tag)) : undefined;
  const others = ({ dynamic }: ElfTables) =>
    dynamic.filter(({ tag }) => !searchPaths.includes(tag) && tag !== Tag.strtab && tag !== Tag.strsz);
  const after = others(now);
  const before = others(old).filter((entry) => entry !== lost);
  if (before.length !== after.length) return [`it had ${before.length} entries and has ${after.length}`];
  return before.flatMap(({ tag, value }, index) => {
    const is = after[index];
    const expected = pointers.includes(tag) ? places(old, now, value) : [value];
    if (is?.tag === tag && expected.includes(is.value)) return [];
    return [`entry ${tag} was ${value}; entry ${is?.tag} is ${is?.value}`];
  });
}

/** The addresses at which the bytes of an old address may be now: in each section that contained it, or unchanged. */
function places(old: ElfTables, now: ElfTables, address: bigint): bigint[] {
  const found = old.sections.flatMap(({ type, addr, size }, index) => {
    const contains = !notPointedTo.includes(type) && address >= addr && address < addr + size;
    return contains ? [address + BigInt((now.sections[index]?.addr ?? addr) - addr)] : [];
  });
  return found.length === 0 ? [address] : found;
}
