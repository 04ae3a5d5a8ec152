import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { sourceHash } from '../../src/python/source-hash.ts';
import { must } from '../support/run.ts';

/** A text of a length, as in the scripts below. */
const text = (length: number) => Buffer.from(Array.from({ length }, (_, at) => (at * 37 + length) % 256));

/** Lengths around the size of a word, and around that of the byte that contains the length. */
const lengths = [...Array.from({ length: 18 }, (_, length) => length), 255, 256, 257, 100_000];

describe('the hash of a source', () => {
  let magic: Buffer;
  let hashes: string[];
  before(async () => {
    const script = `
import importlib.util
print(importlib.util.MAGIC_NUMBER.hex())
for length in ${JSON.stringify(lengths)}:
    print(importlib.util.source_hash(bytes((at * 37 + length) % 256 for at in range(length))).hex())
`;
    const { stdout } = await must('/usr/bin/python3', ['-c', script]);
    const [first = '', ...others] = stdout.toString().trim().split('\n');
    magic = Buffer.from(first, 'hex');
    hashes = others;
  });

  for (const [index, length] of lengths.entries()) {
    test(`of ${length} bytes is that of this machine's Python`, () => {
      assert.equal(sourceHash(magic, text(length)).toString('hex'), hashes[index]);
    });
  }

  // Printed by the script above, in the Python of that version.
  const known = [
    { version: '3.7', magic: '420d0d0a', hash: '68dc833ff1ab1d05' },
    { version: '3.10', magic: '6f0d0d0a', hash: 'd779b3dff6d6739f' },
    { version: '3.11', magic: 'a70d0d0a', hash: 'ce1762f539fbfd62' },
    { version: '3.13', magic: 'f30d0d0a', hash: '28fd3cc892cc9ed9' },
  ];
  for (const { version, magic: bytes, hash } of known) {
    test(`of 257 bytes is that of Python ${version}, by its magic number`, () => {
      assert.equal(sourceHash(Buffer.from(bytes, 'hex'), text(257)).toString('hex'), hash);
    });
  }
});
