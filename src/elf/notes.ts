import type { ElfBytes } from './bytes.ts';
import { SegmentType } from './format.ts';
import { type FilePart, roundUp, type Segment } from './segments.ts';
import type { ElfTables, Section } from './tables.ts';

/** The needs of an ELF file, by its notes. */
export interface MachineNeeds {
  /** The oldest Linux kernel, such as "3.2.0" (NT_GNU_ABI_TAG). */
  abiTagKernel: string | undefined;
  /** The x86-64 micro-architecture level, 1 to 4, such as 2 for x86-64-v2 (GNU_PROPERTY_X86_ISA_1_NEEDED). */
  isaLevel: number | undefined;
}

/** The degree to which a file depends on a library that it loads by dlopen. */
export type Priority = 'required' | 'recommended' | 'suggested';

/** A library that a file loads by dlopen, by its own note. */
export interface DlopenNeed {
  /** The names that the file tries. */
  sonames: string[];
  /** The feature that the library is for. */
  feature: string | undefined;
  priority: Priority;
}

/** The notes of a file about libraries that it loads by dlopen. */
export interface DlopenNotes {
  dlopens: DlopenNeed[];
  /** Whether a part of these notes cannot be read. It is ignored. */
  dlopensMalformed: boolean;
}

interface Note {
  /** At most `maxOwnerBytes` of the owner's name, with its NUL. */
  owner: string;
  type: number;
  description: FilePart;
}

const ntGnuAbiTag = 1;
const ntGnuPropertyType0 = 5;
const gnuPropertyX86Isa1Needed = 0xc0008002;
const fdoDlopenMetadata = 0x407c0c0a;
const elfNoteOsLinux = 0;
/** EM_386 and EM_X86_64. The numbers of properties of a processor mean something else on another processor. */
const x86: ReadonlySet<number> = new Set([3, 62]);
const gnu = 'GNU\0';
const fdo = 'FDO\0';
const maxOwnerBytes = 32;
/** Notes of real files have some hundred bytes. */
const maxNoteBytes = 65_536;

/** Reads the GNU notes. A malformed note is ignored, as ld.so does: the file is still valid. */
export function readMachineNeeds(file: ElfBytes, tables: ElfTables): MachineNeeds {
  const needs: MachineNeeds = { abiTagKernel: undefined, isaLevel: undefined };
  for (const segment of tables.segments) {
    if (segment.type !== SegmentType.note && segment.type !== SegmentType.gnuProperty) continue;
    for (const { type, description } of notesOf(gnu, file, segment)) {
      if (type === ntGnuAbiTag) needs.abiTagKernel ??= oldestKernel(file, description);
      if (type === ntGnuPropertyType0 && x86.has(tables.machine))
        needs.isaLevel ??= isaLevel(file, description);
    }
  }
  return needs;
}

/** Reads the FDO notes about dlopen (https://uapi-group.org/specifications/specs/elf_dlopen_metadata/). */
export function readDlopenNotes(file: ElfBytes, tables: ElfTables): DlopenNotes {
  const read = tables.segments
    .filter(({ type }) => type === SegmentType.note)
    .flatMap((segment) => [...notesOf(fdo, file, segment)])
    .filter(({ type }) => type === fdoDlopenMetadata)
    .flatMap(({ description: { offset, size } }) => dlopenNeeds(file.bytes.subarray(offset, offset + size)));
  const dlopens = read.filter((need) => need !== undefined);
  return { dlopens, dlopensMalformed: dlopens.length < read.length };
}

/**
 * Whether all notes of a section are found by a program header alone. Their owner is GNU, or FDO, whose notes name the
 * package of a file. Notes of other owners are read by address, such as Qt's metadata of plugins.
 */
export function isFoundBySegment(file: ElfBytes, { offset, size, addralign }: Section): boolean {
  let end = offset;
  for (const { owner, description } of notes(file, { offset, size }, addralign)) {
    if (owner !== gnu && owner !== fdo) return false;
    end = description.offset + description.size;
  }
  return end > offset && roundUp(end, addralign === 8 ? 8 : 4) >= offset + size;
}

function* notesOf(owner: string, file: ElfBytes, { at, offset, filesz }: Segment): Generator<Note> {
  const size = Math.min(filesz, maxNoteBytes);
  for (const note of notes(file, { offset, size }, file.get(file.format.segment, at, 'align')))
    if (note.owner === owner) yield note;
}

function* notes(file: ElfBytes, part: FilePart, align: number): Generator<Note> {
  const { note } = file.format;
  const end = part.offset + part.size;
  // Only segments of GNU properties pad to eight bytes. Their owner's four bytes and the header's twelve need no padding.
  const alignment = align === 8 ? 8 : 4;
  let at = part.offset;
  while (at + note.size <= end && file.contains(at, note.size)) {
    const namesz = file.get(note, at, 'namesz');
    const size = file.get(note, at, 'descsz');
    const offset = at + roundUp(note.size + namesz, alignment);
    if (offset + size > end || !file.contains(offset, size)) return;
    const owner = file.bytes.toString(
      'latin1',
      at + note.size,
      at + note.size + Math.min(namesz, maxOwnerBytes),
    );
    yield { owner, type: file.get(note, at, 'type'), description: { offset, size } };
    at = offset + roundUp(size, alignment);
  }
}

/** Reads the four words of NT_GNU_ABI_TAG: the operating system, then the version of its kernel. */
function oldestKernel(file: ElfBytes, { offset, size }: FilePart): string | undefined {
  const { abiTag } = file.format;
  if (size < abiTag.size || file.get(abiTag, offset, 'os') !== elfNoteOsLinux) return undefined;
  return (['major', 'minor', 'patch'] as const).map((part) => file.get(abiTag, offset, part)).join('.');
}

/**
 * Reads the properties of NT_GNU_PROPERTY_TYPE_0. Each one has a type, a size and a value, padded to a word of the
 * class (x86-64 psABI, "Program Property").
 */
function isaLevel(file: ElfBytes, { offset, size }: FilePart): number | undefined {
  const { property, word, wordSize } = file.format;
  const end = offset + size;
  for (let at = offset; at + property.size <= end; ) {
    const type = file.get(property, at, 'type');
    const length = file.get(property, at, 'size');
    const value = at + property.size;
    if (type === gnuPropertyX86Isa1Needed && length === word.size && value + word.size <= end) {
      // Each level has one bit: baseline, v2, v3, v4. The highest bit is the level.
      const level = 32 - Math.clz32(file.get(word, value, 'value'));
      return level === 0 ? undefined : level;
    }
    at = value + roundUp(length, wordSize);
  }
  return undefined;
}

/** The needs in a note's JSON, which ends with a NUL. Undefined is a part that cannot be read. */
function dlopenNeeds(description: Buffer): (DlopenNeed | undefined)[] {
  try {
    const value: unknown = JSON.parse(description.toString().replace(/\0+$/, ''));
    // The first version of the specification had one object in a note, and one name in an object.
    return [value].flat().map(dlopenNeed);
  } catch {
    return [undefined];
  }
}

function dlopenNeed(value: unknown): DlopenNeed | undefined {
  if (typeof value !== 'object' || value === null || !('soname' in value)) return undefined;
  const sonames: unknown[] = [value.soname].flat();
  if (sonames.length === 0 || !sonames.every(isSoname)) return undefined;
  const feature = 'feature' in value && isPrintable(value.feature) ? value.feature : undefined;
  const priority = 'priority' in value && isPriority(value.priority) ? value.priority : 'recommended';
  return { sonames, feature, priority };
}

/** Whether it is a name that ld.so searches. A path cannot be changed, as it is in the code of the file. */
function isSoname(value: unknown): value is string {
  return typeof value === 'string' && /^[^\s/\p{Cc}]{1,255}$/u.test(value);
}

function isPrintable(value: unknown): value is string {
  return typeof value === 'string' && /^[^\p{Cc}]{1,255}$/u.test(value);
}

function isPriority(value: unknown): value is Priority {
  return value === 'required' || value === 'recommended' || value === 'suggested';
}
