import type { ElfBytes } from './bytes.ts';
import { Tag } from './format.ts';
import { type Extent, fileOffset, type Segment } from './segments.ts';

/** An entry of the dynamic section. */
export interface DynamicEntry {
  /** Its offset in the file. */
  at: number;
  /** d_tag. A tag of 2^53 or more loses its low bits; relopack knows no such tag. */
  tag: number;
  value: bigint;
}

/** The contents of the dynamic section. */
export interface Dynamic {
  /** The entries before the first DT_NULL. Empty if ld.so finds no dynamic section. */
  dynamic: DynamicEntry[];
  /** How many DT_NULL follow in a row, counted up to two. With two, one is spare and the other ends the section. */
  dynamicNulls: number;
  /** .dynstr, as DT_STRTAB and DT_STRSZ describe it. */
  strings: Extent | undefined;
}

/** No linker writes this many: LLVM's own libraries have about forty. A hostile file could have millions. */
const maxDynamicEntries = 16_384;

/** Reads the dynamic section that a PT_DYNAMIC describes. Throws RelopackError('elf-malformed'). */
export function readDynamic(file: ElfBytes, segments: Segment[], found: Segment): Dynamic {
  const { dynamic: record } = file.format;
  const start = fileOffset(segments, found.vaddr, found.filesz);
  if (start === undefined) throw file.malformed('its dynamic section is outside its segments');
  const tags: number[] = [];
  const tagAt = (index: number) => Number(file.getBig(record, start + index * record.size, 'tag'));
  const capacity = Math.floor(found.filesz / record.size);

  for (let index = 0; index < capacity && index < maxDynamicEntries; index++) {
    const tag = tagAt(index);
    if (tag === Tag.null) break;
    tags.push(tag);
  }
  let nulls = 0;
  while (nulls < 2 && tags.length + nulls < capacity && tagAt(tags.length + nulls) === Tag.null) nulls++;
  if (tags.length === maxDynamicEntries) throw file.malformed('its dynamic section has no end');

  const dynamic = tags.map((tag, index) => {
    const at = start + index * record.size;
    return { at, tag, value: file.getBig(record, at, 'value') };
  });
  return { dynamic, dynamicNulls: nulls, strings: findStrings(file, segments, dynamic) };
}

/**
 * The value of the last entry with a tag, which is the one that ld.so uses.
 * Throws RelopackError('elf-malformed') if it is 2^53 or more.
 */
export function dynamicValue(file: ElfBytes, dynamic: DynamicEntry[], tag: number): number | undefined {
  const entry = dynamic.findLast((candidate) => candidate.tag === tag);
  return entry === undefined ? undefined : file.get(file.format.dynamic, entry.at, 'value');
}

/** Whether an entry gives a search path for libraries: DT_RPATH or DT_RUNPATH. */
export function isSearchPath({ tag }: DynamicEntry): boolean {
  return tag === Tag.rpath || tag === Tag.runpath;
}

function findStrings(file: ElfBytes, segments: Segment[], dynamic: DynamicEntry[]): Extent | undefined {
  const address = dynamicValue(file, dynamic, Tag.strtab);
  const size = dynamicValue(file, dynamic, Tag.strsz);
  if (address === undefined || size === undefined) return undefined;
  const offset = fileOffset(segments, address, size);
  if (offset === undefined) throw file.malformed('its dynamic strings are outside its segments');
  if (size > 0 && file.bytes[offset + size - 1] !== 0)
    throw file.malformed('its dynamic strings have no end');
  return { offset, address, size };
}
