import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { crc32, createInflateRaw, inflateRawSync } from 'node:zlib';
import { gzip } from '../../src/archive/gzip.ts';
import { tool, whole, workspace } from '../support/archive/tool.ts';

const directory = workspace();
const KiB = 1024;
const BLOCK = 512 * KiB;

/** Bytes that look random and are always the same. */
function noise(length: number): Buffer {
  const parts: Buffer[] = [];
  for (let i = 0; i * 32 < length; i += 1) parts.push(createHash('sha256').update(String(i)).digest());
  return Buffer.concat(parts).subarray(0, length);
}

/** Text whose later parts repeat earlier ones, at all distances up to beyond deflate's window. */
function prose(length: number): Buffer {
  const words =
    noise(8 * KiB)
      .toString('base64')
      .match(/.{1,7}/g) ?? [];
  const picks = noise(length);
  let text = '';
  for (let i = 0; text.length < length; i += 1) text += `${words[(picks[i] ?? 0) * 5]} `;
  return Buffer.from(text.slice(0, length));
}

async function* pieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const INPUTS: [name: string, bytes: Buffer][] = [
  ['nothing', Buffer.alloc(0)],
  ['one byte', Buffer.from('x')],
  ['a byte less than a block', prose(BLOCK - 1)],
  ['exactly a block', prose(BLOCK)],
  ['a byte more than a block', prose(BLOCK + 1)],
  ['exactly three blocks', prose(3 * BLOCK)],
  ['two megabytes that cannot be compressed', noise(2 * KiB * KiB)],
  ['five megabytes of zeros', Buffer.alloc(5 * KiB * KiB)],
];

const DECODERS: [name: 'gzip' | 'pigz' | 'busybox', args: string[]][] = [
  ['gzip', ['-dc']],
  ['pigz', ['-dc']],
  ['busybox', ['gunzip', '-c']],
];

describe('what gzip() wrote is read back by every gunzip', () => {
  for (const [name, bytes] of INPUTS) {
    for (const [decoder, args] of DECODERS) {
      test(`${decoder} reads ${name}`, async () => {
        const path = join(directory, `${decoder}.gz`);
        writeFileSync(path, await whole(gzip(pieces(bytes, 50_000), { level: 6 })));
        const { stdout, stderr } = await tool(decoder, [...args, '--', path]);
        assert.equal(stderr, '');
        assert.ok(stdout.equals(bytes));
      });
    }
  }
});

describe('the form of the output (RFC 1952)', () => {
  for (const [name, bytes] of INPUTS) {
    test(`${name} becomes one member with a fixed header, one deflate stream and the right trailer`, async () => {
      const output = await whole(gzip(pieces(bytes, 50_000), { level: 6 }));
      assert.equal(output.subarray(0, 10).toString('hex'), '1f8b08000000000000ff');
      const body = output.subarray(10, -8);
      const inflate = createInflateRaw();
      inflate.end(body);
      assert.ok((await whole(inflate)).equals(bytes));
      assert.equal(inflate.bytesWritten, body.length);
      assert.equal(output.readUInt32LE(output.length - 8), crc32(bytes));
      assert.equal(output.readUInt32LE(output.length - 4), bytes.length);
    });
  }
});

describe('the same input gives the same bytes', () => {
  const bytes = Buffer.concat([prose(2 * BLOCK), noise(BLOCK), prose(500)]);
  const expected = whole(gzip(pieces(bytes, bytes.length), { level: 6, threads: 1 }));
  for (const threads of [1, 2, 3, 16, undefined]) {
    for (const size of [101, 10_000, BLOCK, BLOCK + 1, bytes.length]) {
      test(`with ${threads ?? 'as many threads as cores'} and pieces of ${size}`, async () => {
        const options = threads === undefined ? { level: 6 } : { level: 6, threads };
        assert.ok((await whole(gzip(pieces(bytes, size), options))).equals(await expected));
      });
    }
  }
});

describe('on a real program', () => {
  const bytes = readFileSync(process.execPath).subarray(0, 4 * KiB * KiB);

  test('a higher level gives a smaller file, and level 0 stores', async () => {
    const sizes: number[] = [];
    for (const level of [0, 1, 6, 9]) {
      const output = await whole(gzip(pieces(bytes, 9000), { level }));
      assert.ok(inflateRawSync(output.subarray(10, -8)).equals(bytes));
      sizes.push(output.length);
    }
    const [stored = 0, fast = 0, usual = 0, small = 0] = sizes;
    assert.ok(stored > bytes.length && stored > fast && fast > usual && usual >= small, sizes.join(' '));
  });
});

test('a block draws on what stands before it: a repetition across their border costs next to nothing', async () => {
  const repeated = noise(30 * KiB);
  const once = Buffer.concat([Buffer.alloc(BLOCK - repeated.length), repeated]);
  const twice = Buffer.concat([once, repeated]);
  const grown = (await whole(gzip(pieces(twice, BLOCK), { level: 6 }))).length;
  const before = (await whole(gzip(pieces(once, BLOCK), { level: 6 }))).length;
  // A match is 258 bytes long at most and takes no more than six bytes (RFC 1951, section 3.2.5).
  assert.ok(grown - before < Math.ceil(repeated.length / 258) * 6 + 100, `${grown - before} bytes more`);
});

test('an input that fails makes the output fail with the same error', async () => {
  const failure = new Error('the input broke');
  async function* input(): AsyncGenerator<Buffer> {
    yield prose(5 * BLOCK);
    throw failure;
  }
  await assert.rejects(whole(gzip(input(), { level: 6 })), failure);
});

test('a reader that stops ends the input', async () => {
  let ended = false;
  async function* input(): AsyncGenerator<Buffer> {
    try {
      for (;;) yield prose(BLOCK);
    } finally {
      ended = true;
    }
  }
  let read = 0;
  for await (const _ of gzip(input(), { level: 6 })) {
    read += 1;
    if (read === 3) break;
  }
  assert.equal(ended, true);
});

test('a slow reader holds the input back', async () => {
  let taken = 0;
  async function* input(): AsyncGenerator<Buffer> {
    for (;;) {
      taken += 1;
      yield Buffer.alloc(BLOCK);
    }
  }
  const output = gzip(input(), { level: 6, threads: 2 });
  for (let read = 0; read < 10; read += 1) await output.next();
  await new Promise((resolve) => setTimeout(resolve, 50));
  // One piece is the header; behind the nine results are at most twice the threads, and two blocks on their way there.
  assert.ok(taken <= 9 + 4 + 2, `${taken} blocks taken`);
  await output.return(undefined);
});
