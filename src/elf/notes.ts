import type { ElfBytes } from './bytes.ts';
import { SegmentType } from './format.ts';
import type { FilePart, Segment } from './segments.ts';
import type { ElfTables } from './tables.ts';

/** What the notes of a file say about the machine that it needs. */
export interface MachineNeeds {
  /** The least Linux kernel, such as "3.2.0" (NT_GNU_ABI_TAG). */
  abiTagKernel: string | undefined;
  /** The x86-64 micro-architecture level, 1 to 4, such as 2 for x86-64-v2 (GNU_PROPERTY_X86_ISA_1_NEEDED). */
  isaLevel: number | undefined;
}

const ntGnuAbiTag = 1;
const ntGnuPropertyType0 = 5;
const gnuPropertyX86Isa1Needed = 0xc0008002;
const elfNoteOsLinux = 0;
/** EM_386 and EM_X86_64: the properties of a processor have numbers that mean something else to another one. */
const x86: ReadonlySet<number> = new Set([3, 62]);
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

function* gnuNotes(file: ElfBytes, segment: Segment): Generator<{ type: number; description: FilePart }> {
  const { note } = file.format;
  const end = segment.offset + Math.min(segment.filesz, maxNoteBytes);
  // Segments of GNU properties are the only ones that pad to eight bytes; their names of four bytes hide it.
  const alignment = file.get(file.format.segment, segment.at, 'align') === 8 ? 8 : 4;
  const padded = (size: number) => Math.ceil(size / alignment) * alignment;
  let at = segment.offset;
  while (at + note.size <= end && file.holds(at, note.size)) {
    const namesz = file.get(note, at, 'namesz');
    const size = file.get(note, at, 'descsz');
    const offset = at + padded(note.size + namesz);
    if (offset + size > end || !file.holds(offset, size)) return;
    const name = file.bytes.toString('latin1', at + note.size, at + note.size + Math.min(namesz, 4));
    if (namesz === 4 && name === 'GNU\0')
      yield { type: file.get(note, at, 'type'), description: { offset, size } };
    at = offset + padded(size);
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
    at = value + Math.ceil(length / wordSize) * wordSize;
  }
  return undefined;
}
