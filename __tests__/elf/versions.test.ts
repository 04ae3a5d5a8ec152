import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ElfBytes } from '../../src/elf/bytes.ts';
import { dynamicValue } from '../../src/elf/dynamic.ts';
import { Tag } from '../../src/elf/format.ts';
import { readImage } from '../../src/elf/image.ts';
import { fileOffset } from '../../src/elf/segments.ts';
import { readTables } from '../../src/elf/tables.ts';
import { facts, forms } from '../support/elf/synthetic/shape.ts';
import { synthetic } from '../support/elf/synthetic/synthetic.ts';

for (const [title, distance, expected] of [
  ['ends at a distance of zero is read, whatever its count', 0, undefined],
  ['has more entries than any real one is malformed', 16, /have no end/],
] as const) {
  test(`a chain of needed versions that ${title}`, () => {
    // The fuzzer found it: a file of a kilobyte took seconds.
    const [, form] = forms[0] ?? assert.fail();
    const original = synthetic(form);
    const file = new ElfBytes(Buffer.concat([original, Buffer.alloc(1 << 18)]), 'x');
    const { verneed, vernaux } = file.format;
    const { dynamic, segments } = readTables(file);
    const at = fileOffset(segments, dynamicValue(file, dynamic, Tag.verneed) ?? 0, verneed.size) ?? 0;
    file.set(verneed, at, 'count', 65_535);
    file.set(vernaux, at + verneed.size, 'next', distance === 0 ? 0 : original.length - at - verneed.size);
    for (let entry = original.length; entry + vernaux.size <= file.bytes.length; entry += vernaux.size) {
      file.set(vernaux, entry, 'next', distance);
    }
    if (expected === undefined) assert.equal(readImage(file.bytes, 'x').glibcNeeded, facts.glibcNeeded);
    else assert.throws(() => readImage(file.bytes, 'x'), { code: 'elf-malformed', message: expected });
  });
}
