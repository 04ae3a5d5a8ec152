import type { ElfBytes } from '../bytes.ts';
import { isSearchPath } from '../dynamic.ts';
import type { Extent } from '../segments.ts';
import { isUnshared } from '../strings.ts';
import type { ElfTables } from '../tables.ts';
import type { PlacedString } from './room.ts';

/**
 * The way "in place", if .dynstr contains the string already: as the old DT_RPATH, or at the end of another string.
 * `value` is the string with its NUL.
 */
export function findString(file: ElfBytes, strings: Extent, value: Buffer): PlacedString | undefined {
  const index = file.bytes.subarray(strings.offset, strings.offset + strings.size).indexOf(value);
  return index === -1 ? undefined : { file: file.copy(), index };
}

/**
 * The way "in place", if the old search path is long enough: the new one overwrites it. Returns undefined if anything
 * else uses the old string. `value` is the string with its NUL.
 */
export function overwriteSearchPath(
  file: ElfBytes,
  tables: ElfTables,
  strings: Extent,
  value: Buffer,
): PlacedString | undefined {
  const old = tables.dynamic.findLast(isSearchPath);
  if (old === undefined) return undefined;
  const index = Number(old.value);
  const start = strings.offset + index;
  const length = file.bytes.subarray(start).indexOf(0);
  if (value.length > length + 1 || !isUnshared(file, tables, index, length)) return undefined;
  const edited = file.copy();
  edited.bytes.fill(0, start, start + length);
  value.copy(edited.bytes, start);
  return { file: edited, index };
}
