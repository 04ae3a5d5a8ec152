import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SegmentType } from '../../src/elf/format.ts';
import { fileOffset, type Segment } from '../../src/elf/segments.ts';

const load = (offset: number, vaddr: number, filesz: number): Segment => ({
  ...{ at: 0, type: SegmentType.load, flags: 4, offset, vaddr, filesz, memsz: filesz },
});

/** The second starts where the first ends, in memory only. The third follows the second in the file as well. */
const segments = [load(0, 0, 0x1000), load(0x3000, 0x1000, 0x1000), load(0x4000, 0x2000, 0x1000)];

for (const [title, address, size, expected] of [
  ['inside a segment', 0x10, 0x20, 0x10],
  ['at the end of a segment', 0xff0, 0x10, 0xff0],
  ['at the start of one that does not follow in the file', 0x1000, 0x10, 0x3000],
  ['across two that do not follow in the file', 0xff0, 0x20, undefined],
  ['across two that follow in the file', 0x1ff0, 0x20, 0x3ff0],
  ['of no size at the very end', 0x3000, 0, 0x5000],
  ['across the very end', 0x2ff0, 0x20, undefined],
  ['behind all segments', 0x4000, 1, undefined],
] as const) {
  test(`memory ${title} is ${expected === undefined ? 'not one range of the file' : `at byte ${expected} of the file`}`, () => {
    assert.equal(fileOffset(segments, address, size), expected);
  });
}
