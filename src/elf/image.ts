import { ElfBytes } from './bytes.ts';
import { SegmentType, Tag } from './format.ts';
import { type ElfIdentity, elfIdentity } from './identity.ts';
import { type DlopenNotes, type MachineNeeds, readDlopenNotes, readMachineNeeds } from './notes.ts';
import { type ElfTables, readTables } from './tables.ts';
import { versionNeeds } from './versions.ts';

/** The parts of an ELF file that ld.so and the kernel read before they run it. */
export interface ElfImage extends ElfIdentity, MachineNeeds, DlopenNotes {
  /** e_type: 2 for ET_EXEC, 3 for ET_DYN. */
  type: number;
  /** PT_INTERP: the path of ld.so. */
  interpreter: string | undefined;
  /** Whether it is marked as a position independent program, which also has the type ET_DYN (DF_1_PIE). */
  isPie: boolean;
  /** DT_NEEDED, in the order of the file. */
  needed: string[];
  soname: string | undefined;
  /** DT_RUNPATH, split at `:`. Empty if the file has none. */
  runpath: string[];
  /** DT_RPATH, split at `:`. Empty if the file has none. */
  rpath: string[];
  /** The highest `x.y` of the versions GLIBC_x.y that the file needs from libc.so.6. */
  glibcNeeded: string | undefined;
}

/** DF_1_PIE. */
const pieFlag = 0x8000000n;

/** No path or search path of a real file is longer. */
const maxStringBytes = 16_384;

/**
 * Reads the image of an ELF file. Its fields are empty if the file has no dynamic section: relocatable objects, static
 * programs and .debug files. `name` is the file's name in errors. Throws RelopackError('elf-malformed').
 */
export function readImage(bytes: Buffer, name: string): ElfImage {
  const identity = elfIdentity(bytes);
  const file = new ElfBytes(bytes, name);
  if (identity === undefined) throw file.malformed('it does not start with an ELF header');

  const tables = readTables(file);
  const strings = (tag: number) => stringsOf(file, tables, tag);
  const path = (tag: number) => strings(tag).at(-1)?.split(':') ?? [];
  return {
    ...identity,
    ...readMachineNeeds(file, tables),
    ...readDlopenNotes(file, tables),
    type: tables.type,
    interpreter: interpreter(file, tables),
    isPie: tables.dynamic.some(({ tag, value }) => tag === Tag.flags1 && hasPieFlag(value)),
    needed: strings(Tag.needed),
    soname: strings(Tag.soname).at(-1),
    runpath: path(Tag.runpath),
    rpath: path(Tag.rpath),
    glibcNeeded: glibcNeeded(file, tables),
  };
}

/**
 * Whether an ELF file has room for one more entry in its dynamic section, behind the last one. GNU ld and gold leave some
 * room (--spare-dynamic-tags). Throws RelopackError('elf-malformed').
 */
export function hasSpareEntry(bytes: Buffer, name: string): boolean {
  return readTables(new ElfBytes(bytes, name)).dynamicNulls > 1;
}

function hasPieFlag(flags: number | bigint): boolean {
  return (BigInt(flags) & pieFlag) !== 0n;
}

function interpreter(file: ElfBytes, { segments }: ElfTables): string | undefined {
  const found = segments.find((segment) => segment.type === SegmentType.interp && segment.filesz > 0);
  if (found === undefined || !file.contains(found.offset, found.filesz)) return undefined;
  return stringAt(file, found.offset, found.offset + found.filesz);
}

/**
 * The strings of all dynamic entries with a tag. A linker writes each name once, so together they are not longer than
 * .dynstr. In a hostile file, thousands of entries can share one long string.
 */
function stringsOf(file: ElfBytes, tables: ElfTables, tag: number): string[] {
  let left = (tables.strings?.size ?? 0) + maxStringBytes;
  return tables.dynamic
    .filter((entry) => entry.tag === tag)
    .map((entry) => {
      const string = dynamicString(file, tables, entry.value);
      left -= string.length;
      if (left < 0) throw file.malformed('its dynamic entries share their strings');
      return string;
    });
}

/** The string at an index of .dynstr. */
function dynamicString(file: ElfBytes, { strings }: ElfTables, index: number | bigint): string {
  if (strings === undefined || index >= strings.size)
    throw file.malformed('its dynamic section points outside its dynamic strings');
  return stringAt(file, strings.offset + Number(index), strings.offset + strings.size);
}

function stringAt(file: ElfBytes, start: number, end: number): string {
  const length = file.bytes.subarray(start, Math.min(end, start + maxStringBytes)).indexOf(0);
  if (length === -1) throw file.malformed('one of its strings has no end');
  return file.bytes.toString('utf8', start, start + length);
}

function glibcNeeded(file: ElfBytes, tables: ElfTables): string | undefined {
  let highest: [number, number] | undefined;
  for (const { file: library, version } of versionNeeds(file, tables)) {
    if (dynamicString(file, tables, library) !== 'libc.so.6') continue;
    const match = /^GLIBC_(\d+)\.(\d+)/.exec(dynamicString(file, tables, version));
    if (match === null) continue;
    const [major, minor] = [Number(match[1]), Number(match[2])];
    if (highest === undefined || major > highest[0] || (major === highest[0] && minor > highest[1])) {
      highest = [major, minor];
    }
  }
  return highest?.join('.');
}
