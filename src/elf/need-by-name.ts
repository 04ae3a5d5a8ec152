import { ElfBytes } from './bytes.ts';
import { Tag } from './format.ts';
import { readTables } from './tables.ts';
import { versionNeeds } from './versions.ts';

/**
 * Returns a copy of the file in which DT_NEEDED has the name of a library in place of its path. Linkers write the path of
 * a library without a soname, and ld.so opens a path without any search (glibc elf/dl-load.c, _dl_map_object).
 *
 * A name is the end of its path, so the entry points further into the same string. No byte moves. The versions that are
 * needed from the library name it too, and follow: ld.so compares both texts (glibc elf/dl-version.c, find_needed).
 *
 * Returns `bytes` itself if DT_NEEDED has no path. `name` is the file's name in errors. Throws 'elf-malformed'.
 */
export function needByName(bytes: Buffer, name: string): Buffer {
  const file = new ElfBytes(bytes, name);
  const tables = readTables(file);
  const { strings } = tables;
  if (strings === undefined) return bytes;
  const afterDirectory = (index: number) => {
    const start = strings.offset + index;
    const text = bytes.subarray(start, strings.offset + strings.size);
    return index + text.subarray(0, text.indexOf(0)).lastIndexOf('/') + 1;
  };
  const needed = tables.dynamic
    .filter(({ tag }) => tag === Tag.needed)
    .map(({ at, value }) => ({ at, index: Number(value) }));
  if (needed.every(({ index }) => afterDirectory(index) === index)) return bytes;

  const edited = file.copy();
  const { dynamic, verneed } = file.format;
  for (const { at, index } of needed) edited.set(dynamic, at, 'value', afterDirectory(index));
  for (const { at, file: index } of versionNeeds(file, tables))
    edited.set(verneed, at, 'file', afterDirectory(index));
  return edited.bytes;
}
