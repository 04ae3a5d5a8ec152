import type { ElfBytes } from '../bytes.ts';
import { SegmentType } from '../format.ts';
import { fileOffset, type Segment } from '../segments.ts';
import type { ElfTables } from '../tables.ts';

/** The start of .eh_frame_hdr with a table whose numbers have four bytes (Linux Standard Base, "Exception Frames"). */
const expectedHeader = Buffer.from([1, 0x1b, 0x03, 0x3b]);
/** The bytes before the number of entries, and before the table. */
const countAt = 8;
const tableAt = 12;
const entrySize = 8;
/** The bytes of a frame description before its instructions, if it has no data for a language. */
const instructionsAt = 17;

/**
 * Describes a function as one that does not use the stack: removes all instructions from its frame description. What
 * its CIE says is then true for each instruction. So debuggers, profilers and a canceled thread find its caller.
 *
 * A file with another form of descriptions is left as it is. Only in the middle of this function it is then wrong.
 */
export function describeFrameless(edited: ElfBytes, { segments }: ElfTables, address: number): void {
  const header = segments.find(({ type }) => type === SegmentType.gnuEhFrame);
  const at = header && descriptionOf(edited.bytes, segments, header, address);
  if (at === undefined) return;
  const end = at + 4 + edited.bytes.readUInt32LE(at);
  if (edited.bytes[at + instructionsAt - 1] === 0 && edited.contains(at, end - at))
    edited.bytes.fill(0, at + instructionsAt, end);
}

/** The offset of the frame description of a function. The table has pairs of addresses, relative to the header. */
function descriptionOf(
  bytes: Buffer,
  segments: Segment[],
  { offset, vaddr, filesz }: Segment,
  address: number,
): number | undefined {
  if (!bytes.subarray(offset, offset + expectedHeader.length).equals(expectedHeader)) return undefined;
  const count = Math.min(bytes.readUInt32LE(offset + countAt), (filesz - tableAt) / entrySize);
  for (let index = 0; index < count; index++) {
    const at = offset + tableAt + index * entrySize;
    if (vaddr + bytes.readInt32LE(at) === address)
      return fileOffset(segments, vaddr + bytes.readInt32LE(at + 4), instructionsAt);
  }
  return undefined;
}
