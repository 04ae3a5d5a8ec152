import type { ElfBytes } from './bytes.ts';
import { Tag } from './format.ts';
import { type Extent, fileOffset, type Segment } from './segments.ts';

/** An entry of the dynamic section; `at` is where it stands in the file. */
export interface DynamicEntry {
  at: number;
  /** d_tag; one beyond 2^53 loses its low bits, and means nothing here. */
  tag: number;
  value: bigint;
}

/** What a dynamic section says. */
export interface Dynamic {
  /** The entries before the first DT_NULL; empty where ld.so finds no dynamic section. */
  dynamic: DynamicEntry[];
  /** How many DT_NULL follow them in a row, counted up to two: one to take, one to stay. */
  dynamicNulls: number;
  /** What DT_STRTAB and DT_STRSZ describe: .dynstr. */
  strings: Extent | undefined;
}

/** More than any linker writes (LLVM's own libraries have some forty); a hostile file could ask for millions. */
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

/** The value of the last entry of a tag, as ld.so takes it. Throws where it is beyond any address. */
export function dynamicValue(file: ElfBytes, dynamic: DynamicEntry[], tag: number): number | undefined {
  const entry = dynamic.findLast((candidate) => candidate.tag === tag);
  return entry === undefined ? undefined : file.get(file.format.dynamic, entry.at, 'value');
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
