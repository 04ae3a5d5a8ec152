import { readFileSync } from 'node:fs';
import { ElfBytes } from '../bytes.ts';
import { elf64, SectionFlag, SectionType, SegmentFlag, Tag } from '../format.ts';
import { type Extent, fileOffset, loads, roundUp } from '../segments.ts';
import { type ElfTables, memoryLimit, readTables } from '../tables.ts';
import { describeFrameless } from './frameless.ts';
import { findSymbol, relocatedPlaces } from './symbols.ts';

/**
 * The functions that program/getenv.c compiles to, by e_machine, and the type of a relocation of the global offset table
 * (GLOB_DAT of the psABI). `node scripts/native.ts` builds them, for the machines that have a static launcher.
 */
const functions: ReadonlyMap<number, { program: string; globDat: number }> = new Map([
  [62, { program: 'getenv-x86_64', globDat: 6 }],
  [183, { program: 'getenv-aarch64', globDat: 1025 }],
]);

/** The numbers in the function that are distances in a finished libc. */
const placeholders = { lists: 0x11111111, environ: 0x22222222 };

/** Two pointers: the launcher fills them with the addresses of lists. */
const listsSize = 16;

/**
 * Returns a copy of libc.so.6 whose getenv() also finds variables in two lists, which the launcher makes: see
 * program/getenv.c. libc's own functions call getenv() too, such as setlocale() for LOCPATH. The code stays in its place.
 * The lists are two pointers behind libc's zeroed memory, and an entry of the dynamic section has their address.
 *
 * Returns `bytes` itself if they are edited already, or if there is no static launcher for this machine.
 * `name` is the file's name in errors. Throws RelopackError: 'elf-malformed', or 'elf-unsupported' for another libc.
 */
export function extendGetenv(bytes: Buffer, name: string): Buffer {
  const file = new ElfBytes(bytes, name);
  const tables = readTables(file);
  const own = functions.get(tables.machine);
  if (own === undefined || file.format !== elf64) return bytes;
  if (tables.dynamic.some(({ tag }) => tag === Tag.ownVariables)) return bytes;

  const getenv = findSymbol(file, tables, 'getenv');
  const environ = findSymbol(file, tables, '__environ');
  if (getenv === undefined || environ === undefined)
    throw file.unsupported('it does not define getenv and __environ, so it is not a supported glibc');
  const [pointer, ...more] = relocatedPlaces(file, tables, own.globDat, environ);
  if (pointer === undefined || more.length > 0)
    throw file.unsupported('it does not read __environ by one pointer, so it is not a supported glibc');

  const edited = file.copy();
  const lists = addLists(edited, tables);
  const code = readFileSync(new URL(`bin/${own.program}`, import.meta.url));
  writeDistances(code, placeholders.lists, lists - getenv.address);
  writeDistances(code, placeholders.environ, pointer - getenv.address);
  writeFunction(edited, tables, code, getenv);
  describeFrameless(edited, tables, getenv.address);
  return edited.bytes;
}

/** Replaces a placeholder in code by distances. The code adds each one to the address of the byte behind it. */
function writeDistances(code: Buffer, placeholder: number, fromStart: number): void {
  const bytes = Buffer.from(Uint32Array.of(placeholder).buffer);
  for (let at = code.indexOf(bytes); at !== -1; at = code.indexOf(bytes, at))
    code.writeInt32LE(fromStart - (at + bytes.length), at);
}

function writeFunction(
  edited: ElfBytes,
  { segments }: ElfTables,
  code: Buffer,
  { address, size }: Omit<Extent, 'offset'>,
): void {
  const offset = fileOffset(segments, address, size);
  if (offset === undefined || size < code.length)
    throw edited.unsupported(`its getenv has ${size} bytes, and ${code.length} are needed`);
  edited.bytes.fill(0, offset, offset + size);
  code.copy(edited.bytes, offset);
}

/** Adds zeroed memory for the two pointers. Returns their address. */
function addLists(edited: ElfBytes, tables: ElfTables): number {
  const { segment: record, section, dynamic: entry } = edited.format;
  const segment = loads(tables.segments).findLast(({ flags }) => (flags & SegmentFlag.write) !== 0);
  if (segment === undefined) throw edited.unsupported('it has no memory that can be written');
  const end = segment.vaddr + segment.memsz;
  const address = roundUp(end, 8);
  if (address + listsSize > memoryLimit(edited, tables, segment.vaddr) || tables.dynamicNulls < 2)
    throw edited.unsupported('it has no room for two pointers and an entry in its dynamic section');

  edited.set(record, segment.at, 'memsz', address + listsSize - segment.vaddr);
  // strip computes the segment from its sections.
  const last = tables.sections.find(
    ({ type, flags, addr, size }) =>
      type === SectionType.nobits && (flags & SectionFlag.tls) === 0 && addr + size === end,
  );
  if (last !== undefined) edited.set(section, last.at, 'size', address + listsSize - last.addr);
  const at = (tables.dynamic.at(-1)?.at ?? 0) + entry.size;
  edited.set(entry, at, 'tag', Tag.ownVariables);
  edited.set(entry, at, 'value', address);
  return address;
}
