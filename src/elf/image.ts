import { ElfBytes } from './bytes.ts';
import { Ident, SegmentType, Tag } from './format.ts';
import { type MachineNeeds, readMachineNeeds } from './notes.ts';
import { type ElfTables, readTables } from './tables.ts';
import { versionNeeds } from './versions.ts';

/** What tells whether two ELF files can be loaded into one process. */
export interface ElfIdentity {
  class: 32 | 64;
  littleEndian: boolean;
  /** e_machine, such as 62 for x86-64. */
  machine: number;
}

/** What an ELF file says to ld.so. */
export interface ElfImage extends ElfIdentity, MachineNeeds {
  /** e_type: 2 for ET_EXEC, 3 for ET_DYN. */
  type: number;
  /** PT_INTERP: the path of ld.so. */
  interpreter: string | undefined;
  /** DT_NEEDED, in the order of the file. */
  needed: string[];
  soname: string | undefined;
  /** DT_RUNPATH and DT_RPATH, split at `:`; empty where absent. */
  runpath: string[];
  rpath: string[];
  /** The highest `x.y` among the versions GLIBC_x.y that it needs of libc.so.6. */
  glibcNeeded: string | undefined;
}

const magic = Buffer.from('\x7fELF', 'latin1');
const identSize = 16;
/** Longer than any path or search path of a real file. */
const maxString = 16_384;

/** Whether the first four bytes are those of an ELF file. */
export function isElf(bytes: Uint8Array): boolean {
  return magic.equals(bytes.subarray(0, magic.length));
}

/** Class, byte order and machine of any ELF file, supported or not; undefined for other files. Looks at 20 bytes. */
export function elfIdentity(bytes: Uint8Array): ElfIdentity | undefined {
  if (!isElf(bytes) || bytes.length < identSize + 4) return undefined;
  const elfClass = bytes[Ident.class];
  const byteOrder = bytes[Ident.byteOrder];
  if ((elfClass !== 1 && elfClass !== 2) || (byteOrder !== 1 && byteOrder !== 2)) return undefined;
  const littleEndian = byteOrder === 1;
  const machine = new DataView(bytes.buffer, bytes.byteOffset).getUint16(18, littleEndian);
  return { class: elfClass === 1 ? 32 : 64, littleEndian, machine };
}

/**
 * Reads what ld.so would read. An object without a dynamic section (relocatable, static, .debug) has empty fields.
 * `name` is for messages. Throws RelopackError('elf-malformed').
 */
export function readImage(bytes: Buffer, name: string): ElfImage {
  const identity = elfIdentity(bytes);
  const file = new ElfBytes(bytes, name);
  if (identity === undefined) throw file.malformed('it doesn’t begin like one');

  const tables = readTables(file);
  const strings = (tag: number) => stringsOf(file, tables, tag);
  const path = (tag: number) => strings(tag).at(-1)?.split(':') ?? [];
  return {
    ...identity,
    ...readMachineNeeds(file, tables),
    type: tables.type,
    interpreter: interpreter(file, tables),
    needed: strings(Tag.needed),
    soname: strings(Tag.soname).at(-1),
    runpath: path(Tag.runpath),
    rpath: path(Tag.rpath),
    glibcNeeded: glibcNeeded(file, tables),
  };
}

function interpreter(file: ElfBytes, { segments }: ElfTables): string | undefined {
  const found = segments.find((segment) => segment.type === SegmentType.interp && segment.filesz > 0);
  if (found === undefined || !file.holds(found.offset, found.filesz)) return undefined;
  return stringAt(file, found.offset, found.offset + found.filesz);
}

function stringsOf(file: ElfBytes, tables: ElfTables, tag: number): string[] {
  return tables.dynamic
    .filter((entry) => entry.tag === tag)
    .map((entry) => dynamicString(file, tables, entry.value));
}

function dynamicString(file: ElfBytes, { strings }: ElfTables, index: number | bigint): string {
  if (strings === undefined || index >= strings.size)
    throw file.malformed('a string of its dynamic section is outside it');
  return stringAt(file, strings.offset + Number(index), strings.offset + strings.size);
}

function stringAt(file: ElfBytes, start: number, end: number): string {
  const length = file.bytes.subarray(start, Math.min(end, start + maxString)).indexOf(0);
  if (length === -1) throw file.malformed('a string in it has no end');
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
