import { SectionType, Tag } from '../../../src/elf/format.ts';
import type { ElfTables } from '../../../src/elf/tables.ts';

const searchPaths: readonly number[] = [Tag.rpath, Tag.runpath];
const hints: readonly number[] = [Tag.relacount, Tag.relcount];
const pointers: readonly number[] = [
  ...[Tag.hash, Tag.gnuHash, Tag.symtab, Tag.rela, Tag.rel, Tag.relr, Tag.jmprel],
  ...[Tag.versym, Tag.verdef, Tag.verneed],
];

/** What a pointer may not lead into, whatever a hostile section header says. */
const elsewhere: readonly number[] = [SectionType.nobits, SectionType.strtab];

/**
 * What speaks against an edited dynamic section: all entries have to be what they were, in their order, but for the search
 * path and .dynstr's place and size. Pointers follow the section that they pointed into, wherever the section headers
 * say that it is now. Of a file without a spare entry a hint may have been given up.
 */
export function wrongEntries(old: ElfTables, now: ElfTables): string[] {
  const givenUp = old.dynamicNulls < 2 && !old.dynamic.some(({ tag }) => searchPaths.includes(tag));
  const hint = givenUp ? old.dynamic.find(({ tag }) => hints.includes(tag)) : undefined;
  const others = ({ dynamic }: ElfTables) =>
    dynamic.filter(({ tag }) => !searchPaths.includes(tag) && tag !== Tag.strtab && tag !== Tag.strsz);
  const after = others(now);
  const before = others(old).filter((entry) => entry !== hint);
  if (before.length !== after.length) return [`it had ${before.length} entries and has ${after.length}`];
  return before.flatMap(({ tag, value }, index) => {
    const is = after[index];
    const expected = pointers.includes(tag) ? places(old, now, value) : [value];
    if (is?.tag === tag && expected.includes(is.value)) return [];
    return [`entry ${tag} was ${value}; entry ${is?.tag} is ${is?.value}`];
  });
}

/** Where what was at an address may be now: in whatever section had it, or where it was if none had. */
function places(old: ElfTables, now: ElfTables, address: bigint): bigint[] {
  const found = old.sections.flatMap(({ type, addr, size }, index) => {
    const holds = !elsewhere.includes(type) && address >= addr && address < addr + size;
    return holds ? [address + BigInt((now.sections[index]?.addr ?? addr) - addr)] : [];
  });
  return found.length === 0 ? [address] : found;
}
