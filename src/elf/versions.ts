import type { ElfBytes } from './bytes.ts';
import { dynamicValue } from './dynamic.ts';
import { Tag } from './format.ts';
import { fileOffset } from './segments.ts';
import type { ElfTables } from './tables.ts';

/** A symbol version that a file needs from a library. Both names are indexes of .dynstr. */
interface VersionNeed {
  /** The offset of the record that names the library. */
  at: number;
  file: number;
  version: number;
}

/** Real files have a few hundred. The entries of a hostile file may overlap, so that a short file has millions. */
const maxVersions = 8192;

/** Reads DT_VERNEED (Linux Standard Base, "Symbol Version Requirements"). Throws RelopackError('elf-malformed'). */
export function versionNeeds(file: ElfBytes, tables: ElfTables): VersionNeed[] {
  const { verneed, vernaux } = file.format;
  const needs: VersionNeed[] = [];
  for (const at of chain(file, tables, Tag.verneed, Tag.verneednum)) {
    const name = file.get(verneed, at, 'file');
    let aux = at + file.get(verneed, at, 'aux');
    for (let left = file.get(verneed, at, 'count'); left > 0; left--) {
      needs.push({ at, file: name, version: file.get(vernaux, aux, 'name') });
      if (needs.length > maxVersions) throw file.malformed('its symbol versions have no end');
      const distance = file.get(vernaux, aux, 'next');
      if (distance === 0) break;
      aux += distance;
    }
  }
  return needs;
}

/** Reads the names of the versions that a file defines, as indexes of .dynstr. Throws RelopackError('elf-malformed'). */
export function versionDefinitions(file: ElfBytes, tables: ElfTables): number[] {
  const { verdef, verdaux } = file.format;
  const names: number[] = [];
  for (const at of chain(file, tables, Tag.verdef, Tag.verdefnum)) {
    let aux = at + file.get(verdef, at, 'aux');
    for (let left = file.get(verdef, at, 'count'); left > 0; left--) {
      names.push(file.get(verdaux, aux, 'name'));
      if (names.length > maxVersions) throw file.malformed('its symbol versions have no end');
      const distance = file.get(verdaux, aux, 'next');
      if (distance === 0) break;
      aux += distance;
    }
  }
  return names;
}

/** The file offsets of the records of a version table. Each record gives the distance to the next one. */
function chain(file: ElfBytes, tables: ElfTables, tableTag: number, countTag: number): number[] {
  const address = dynamicValue(file, tables.dynamic, tableTag);
  const count = dynamicValue(file, tables.dynamic, countTag) ?? 0;
  if (address === undefined || count === 0) return [];
  const record = tableTag === Tag.verneed ? file.format.verneed : file.format.verdef;
  let at = fileOffset(tables.segments, address, record.size);
  if (at === undefined || count > maxVersions)
    throw file.malformed('its symbol versions are outside its segments');

  const offsets = [at];
  while (offsets.length < count) {
    const distance = file.get(record, at, 'next');
    if (distance === 0) break;
    at += distance;
    offsets.push(at);
  }
  return offsets;
}
