import type { ElfBytes } from './bytes.ts';
import { SectionType, Tag } from './format.ts';
import type { Extent } from './segments.ts';
import type { ElfTables, Section } from './tables.ts';
import { versionDefinitions, versionNeeds } from './versions.ts';

/** The dynamic entries whose value is an index of .dynstr. */
const stringTags: ReadonlySet<number> = new Set([
  Tag.needed,
  Tag.soname,
  Tag.rpath,
  Tag.runpath,
  Tag.config,
  Tag.depaudit,
  Tag.audit,
  Tag.auxiliary,
  Tag.filter,
]);

/** The types of section whose references to .dynstr `isUnshared` reads. */
const knownUsers: ReadonlySet<number> = new Set([
  SectionType.dynamic,
  SectionType.dynsym,
  SectionType.gnuVerdef,
  SectionType.gnuVerneed,
]);

/** The section header of .dynstr: the one with the address that DT_STRTAB gives. */
export function stringSection({
  sections,
  strings,
}: Pick<ElfTables, 'sections' | 'strings'>): Section | undefined {
  return sections.find(({ type, addr }) => type === SectionType.strtab && addr === strings?.address);
}

/** The section header of .dynstr, if its offset and size agree with the dynamic section. */
export function exactStringSection(tables: Pick<ElfTables, 'sections' | 'strings'>): Section | undefined {
  const own = stringSection(tables);
  const { strings } = tables;
  return own?.offset === strings?.offset && own?.size === strings?.size ? own : undefined;
}

/** Writes the new place and size of .dynstr into the dynamic section, and into its section header `own`. */
export function writeStringsExtent(
  edited: ElfBytes,
  { dynamic }: ElfTables,
  own: Section | undefined,
  strings: Extent,
): void {
  const { dynamic: entry, section } = edited.format;
  for (const { at, tag } of dynamic) {
    if (tag === Tag.strtab) edited.set(entry, at, 'value', strings.address);
    if (tag === Tag.strsz) edited.set(entry, at, 'value', strings.size);
  }
  if (own === undefined) return;
  edited.set(section, own.at, 'addr', strings.address);
  edited.set(section, own.at, 'offset', strings.offset);
  edited.set(section, own.at, 'size', strings.size);
}

/**
 * Whether a string of .dynstr is used by one dynamic entry and by nothing else: no symbol, version or other entry.
 * Linkers merge a string into the end of a longer one, so references into its middle count too.
 * Returns false if this cannot be known. `length` is in bytes, without the NUL.
 */
export function isUnshared(file: ElfBytes, tables: ElfTables, index: number, length: number): boolean {
  const { strings } = tables;
  if (strings === undefined || (index > 0 && file.bytes[strings.offset + index - 1] !== 0)) return false;
  const symbols = symbolNames(file, tables);
  if (symbols === undefined) return false;
  const inside = (used: number) => used >= index && used <= index + length;
  const entries = tables.dynamic.filter(({ tag }) => stringTags.has(tag)).map(({ value }) => Number(value));
  const versions = versionNeeds(file, tables).flatMap((need) => [need.file, need.version]);
  return (
    entries.filter(inside).length === 1 &&
    !versions.some(inside) &&
    !versionDefinitions(file, tables).some(inside) &&
    !symbols.some(inside)
  );
}

/** The st_name of every dynamic symbol. Undefined if no section header gives their number. */
function symbolNames(file: ElfBytes, { sections, strings }: ElfTables): number[] | undefined {
  const own = sections.findIndex(
    ({ type, offset }) => type === SectionType.strtab && offset === strings?.offset,
  );
  const users = sections.filter(({ type, link }) => type !== SectionType.null && link === own);
  if (own === -1 || users.some(({ type }) => !knownUsers.has(type))) return undefined;
  const { symbol } = file.format;
  const tables = users.filter(({ type }) => type === SectionType.dynsym);
  if (tables.length !== 1) return undefined;
  return tables.flatMap(({ offset, size }) => {
    if (!file.contains(offset, size)) throw file.malformed('its dynamic symbols are outside the file');
    return Array.from({ length: Math.floor(size / symbol.size) }, (_, index) =>
      file.get(symbol, offset + index * symbol.size, 'name'),
    );
  });
}
