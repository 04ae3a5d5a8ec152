import type { ElfBytes } from './bytes.ts';
import { SectionType, Tag } from './format.ts';
import { gapBehind } from './gap.ts';
import { movableSections, repoint } from './movable.ts';
import { grow } from './placement.ts';
import { loads } from './segments.ts';
import type { ElfTables } from './tables.ts';

/** No table asks for more. */
const alignment = 16;

/**
 * A copy of the file with `extra` zero bytes behind its dynamic strings, which stay where they are: the tables that
 * stand between them and the end of their segment move up, into the zeros behind it. Undefined where something
 * else stands there as well, such as code, or where there are too few zeros.
 */
export function widen(file: ElfBytes, tables: ElfTables, extra: number): ElfBytes | undefined {
  const { strings, segments, sections, dynamic } = tables;
  const segment = loads(segments).find(
    ({ offset, filesz }) =>
      strings !== undefined && strings.offset >= offset && strings.offset + strings.size <= offset + filesz,
  );
  const own = sections.find(({ type, addr }) => type === SectionType.strtab && addr === strings?.address);
  if (strings === undefined || segment === undefined || own?.size !== strings.size) return undefined;

  const start = strings.offset + strings.size;
  const behind = {
    offset: start,
    address: strings.address + strings.size,
    size: segment.offset + segment.filesz - start,
  };
  const shift = Math.ceil(extra / alignment) * alignment;
  const moved = movableSections(file, tables, behind);
  if (moved === undefined || gapBehind(file, tables, segment, shift) === undefined) return undefined;

  const edited = file.copy();
  edited.bytes.copyWithin(start + shift, start, start + behind.size);
  edited.bytes.fill(0, start, start + shift);
  grow(edited, segment, segment.filesz + shift);
  repoint(edited, tables, moved, behind, { offset: start + shift, address: behind.address + shift });
  for (const { at, tag } of dynamic) {
    if (tag === Tag.strsz) edited.set(file.format.dynamic, at, 'value', strings.size + extra);
  }
  edited.set(file.format.section, own.at, 'size', strings.size + extra);
  return edited;
}
