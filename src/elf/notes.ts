import type { ElfBytes } from './bytes.ts';
import { SegmentType } from './format.ts';
import type { ElfTables, Segment } from './tables.ts';

/** What the notes of a file say about the machine that it needs. */
export interface Requirements {
  /** The least Linux kernel, such as "3.2.0" (NT_GNU_ABI_TAG). */
  abiTagKernel: string | undefined;
  /** The x86-64 micro-architecture level, 1 to 4, such as 2 for x86-64-v2 (GNU_PROPERTY_X86_ISA_1_NEEDED). */
  isaLevel: number | undefined;
}

const ntGnuAbiTag = 1;
const ntGnuPropertyType0 = 5;
const gnuPropertyX86Isa1Needed = 0xc0008002;
const elfNoteOsLinux = 0;
/** Notes of real files are some hundred bytes. */
const maxNoteBytes = 65_536;

/** Reads the GNU notes. A broken note says nothing, as to ld.so: it is no reason to refuse the file. */
export function readRequirements(file: ElfBytes, tables: ElfTables): Requirements {
  const found: Requirements = { abiTagKernel: undefined, isaLevel: undefined };
  for (const segment of tables.segments) {
    if (segment.type !== SegmentType.note && segment.type !== SegmentType.gnuProperty) continue;
    for (const { type, description } of gnuNotes(file, segment)) {
      if (type === ntGnuAbiTag) found.abiTagKernel ??= leastKernel(description);
      if (type === ntGnuPropertyType0) found.isaLevel ??= isaLevel(description);
    }
  }
  return found;
}

function* gnuNotes(file: ElfBytes, segment: Segment): Generator<{ type: number; description: Buffer }> {
  const { note } = file.format;
  const end = segment.offset + Math.min(segment.filesz, maxNoteBytes);
  // Segments of GNU properties are the only ones that pad to eight bytes; their names of four bytes hide it.
  const alignment = file.get(file.format.segment, segment.at, 'align') === 8 ? 8 : 4;
  const padded = (size: number) => Math.ceil(size / alignment) * alignment;
  let at = segment.offset;
  while (at + note.size <= end && file.holds(at, note.size)) {
    const namesz = file.get(note, at, 'namesz');
    const descsz = file.get(note, at, 'descsz');
    const start = at + padded(note.size + namesz);
    if (start + descsz > end || !file.holds(start, descsz)) return;
    const name = file.bytes.toString('latin1', at + note.size, at + note.size + Math.min(namesz, 4));
    if (namesz === 4 && name === 'GNU\0') {
      yield { type: file.get(note, at, 'type'), description: file.bytes.subarray(start, start + descsz) };
    }
    at = start + padded(descsz);
  }
}

/** Four words: the operating system, then the version. */
function leastKernel(description: Buffer): string | undefined {
  if (description.length < 16 || description.readUInt32LE(0) !== elfNoteOsLinux) return undefined;
  return [4, 8, 12].map((at) => description.readUInt32LE(at)).join('.');
}

/** Properties, each of them type, size and value, padded to eight bytes (x86-64 psABI, "Program Property"). */
function isaLevel(description: Buffer): number | undefined {
  for (let at = 0; at + 8 <= description.length; ) {
    const type = description.readUInt32LE(at);
    const size = description.readUInt32LE(at + 4);
    if (type === gnuPropertyX86Isa1Needed && size === 4 && at + 12 <= description.length) {
      // One bit a level: baseline, v2, v3, v4. The highest counts.
      const level = 32 - Math.clz32(description.readUInt32LE(at + 8));
      return level === 0 ? undefined : level;
    }
    at += 8 + Math.ceil(size / 8) * 8;
  }
  return undefined;
}
