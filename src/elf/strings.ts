import type { ElfBytes } from './bytes.ts';
import { SectionType, Tag } from './format.ts';
import type { Extent } from './segments.ts';
import type { ElfTables, Section } from './tables.ts';
import { versionDefinitions, versionNeeds } from './versions.ts';

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

/** The kinds of section whose use of .dynstr is known here. */
const knownUsers: ReadonlySet<number> = new Set([
  SectionType.dynamic,
  SectionType.dynsym,
  SectionType.gnuVerdef,
  SectionType.gnuVerneed,
]);

/** The section header of .dynstr: the one that gives DT_STRTAB's address. */
export function stringSection({
  sections,
  strings,
}: Pick<ElfTables, 'sections' | 'strings'>): Section | undefined {
  return sections.find(({ type, addr }) => type === SectionType.strtab && addr === strings?.address);
}

/** The same, if it says what the dynamic section says. */
export function exactStringSection(tables: Pick<ElfTables, 'sections' | 'strings'>): Section | undefined {
  const own = stringSection(tables);
  const { strings } = tables;
  return own?.offset === strings?.offset && own?.size === strings?.size ? own : undefined;
}

/** Tells of .dynstr in this place. */
export function setStrings(
  edited: ElfBytes,
  { dynamic }: ElfTables,
  own: Section | undefined,
  to: Extent,
): void {
  const { dynamic: entry, section } = edited.format;
  for (const { at, tag } of dynamic) {
    if (tag === Tag.strtab) edited.set(entry, at, 'value', to.address);
    if (tag === Tag.strsz) edited.set(entry, at, 'value', to.size);
  }
  if (own === undefined) return;
  edited.set(section, own.at, 'addr', to.address);
  edited.set(section, own.at, 'offset', to.offset);
  edited.set(section, own.at, 'size', to.size);
}

/**
 * Whether the string at `index` of .dynstr, `length` bytes without its NUL, serves nothing but one search path: no
 * symbol, version or other dynamic entry, and no longer string that ends in it (linkers merge tails).
 * Where that can't be known the answer is no.
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

/** The st_name of every dynamic symbol; undefined where no section tells how many there are. */
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
    if (!file.holds(offset, size)) throw file.malformed('its dynamic symbols are outside it');
    return Array.from({ length: Math.floor(size / symbol.size) }, (_, index) =>
      file.get(symbol, offset + index * symbol.size, 'name'),
    );
  });
}
