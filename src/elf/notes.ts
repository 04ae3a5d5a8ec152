import type { ElfBytes } from './bytes.ts';
import { SegmentType } from './format.ts';
import { type FilePart, roundUp, type Segment } from './segments.ts';
import type { ElfTables, Section } from './tables.ts';

/** What the notes of a file say about the machine that it needs. */
export interface MachineNeeds {
  /** The least Linux kernel, such as "3.2.0" (NT_GNU_ABI_TAG). */
  abiTagKernel: string | undefined;
  /** The x86-64 micro-architecture level, 1 to 4, such as 2 for x86-64-v2 (GNU_PROPERTY_X86_ISA_1_NEEDED). */
  isaLevel: number | undefined;
}

interface Note {
  owner: string;
  type: number;
  description: FilePart;
}

const ntGnuAbiTag = 1;
const ntGnuPropertyType0 = 5;
const gnuPropertyX86Isa1Needed = 0xc0008002;
const elfNoteOsLinux = 0;
/** EM_386 and EM_X86_64: the properties of a processor have numbers that mean something else to another one. */
const x86: ReadonlySet<number> = new Set([3, 62]);
/** The owner of a note, with its NUL. */
const gnu = 'GNU\0';
const longestOwner = 32;
/** Notes of real files are some hundred bytes. */
const maxNoteBytes = 65_536;

/** Reads the GNU notes. A broken note says nothing, as to ld.so: it is no reason to refuse the file. */
export function readMachineNeeds(file: ElfBytes, tables: ElfTables): MachineNeeds {
  const found: MachineNeeds = { abiTagKernel: undefined, isaLevel: undefined };
  for (const segment of tables.segments) {
    if (segment.type !== SegmentType.note && segment.type !== SegmentType.gnuProperty) continue;
    for (const { type, description } of gnuNotes(file, segment)) {
      if (type === ntGnuAbiTag) found.abiTagKernel ??= leastKernel(file, description);
      if (type === ntGnuPropertyType0 && x86.has(tables.machine))
        found.isaLevel ??= isaLevel(file, description);
    }
  }
  return found;
}

/**
 * Whether all of a section is notes that are looked up by a program header: those of GNU, and FDO's which say what package
 * a file is of. What others have in theirs is read by address, such as Qt's metadata of plugins.
 */
export function isLookedUp(file: ElfBytes, { offset, size, addralign }: Section): boolean {
  let end = offset;
  for (const { owner, description } of notes(file, { offset, size }, addralign)) {
    if (owner !== gnu && owner !== 'FDO\0') return false;
    end = description.offset + description.size;
  }
  return end > offset && roundUp(end, addralign === 8 ? 8 : 4) >= offset + size;
}

function* gnuNotes(file: ElfBytes, { at, offset, filesz }: Segment): Generator<Note> {
  const size = Math.min(filesz, maxNoteBytes);
  for (const note of notes(file, { offset, size }, file.get(file.format.segment, at, 'align')))
    if (note.owner === gnu) yield note;
}

function* notes(file: ElfBytes, part: FilePart, align: number): Generator<Note> {
  const { note } = file.format;
  const end = part.offset + part.size;
  // Segments of GNU properties are the only ones that pad to eight bytes; their names of four bytes hide it.
  const alignment = align === 8 ? 8 : 4;
  let at = part.offset;
  while (at + note.size <= end && file.holds(at, note.size)) {
    const namesz = file.get(note, at, 'namesz');
    const size = file.get(note, at, 'descsz');
    const offset = at + roundUp(note.size + namesz, alignment);
    if (offset + size > end || !file.holds(offset, size)) return;
    const owner = file.bytes.toString(
      'latin1',
      at + note.size,
      at + note.size + Math.min(namesz, longestOwner),
    );
    yield { owner, type: file.get(note, at, 'type'), description: { offset, size } };
    at = offset + roundUp(size, alignment);
  }
}

/** Four words: the operating system, then the version. */
function leastKernel(file: ElfBytes, { offset, size }: FilePart): string | undefined {
  const { abiTag } = file.format;
  if (size < abiTag.size || file.get(abiTag, offset, 'os') !== elfNoteOsLinux) return undefined;
  return (['major', 'minor', 'patch'] as const).map((part) => file.get(abiTag, offset, part)).join('.');
}

/** Properties, each of them type, size and value, padded to a word of the class (x86-64 psABI, "Program Property"). */
function isaLevel(file: ElfBytes, { offset, size }: FilePart): number | undefined {
  const { property, word, wordSize } = file.format;
  const end = offset + size;
  for (let at = offset; at + property.size <= end; ) {
    const type = file.get(property, at, 'type');
    const length = file.get(property, at, 'size');
    const value = at + property.size;
    if (type === gnuPropertyX86Isa1Needed && length === word.size && value + word.size <= end) {
      // One bit a level: baseline, v2, v3, v4. The highest counts.
      const level = 32 - Math.clz32(file.get(word, value, 'value'));
      return level === 0 ? undefined : level;
    }
    at = value + roundUp(length, wordSize);
  }
  return undefined;
}
