import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { crc32, createInflateRaw, inflateRawSync } from 'node:zlib';
import { gzip } from '../../src/archive/gzip.ts';
import { tool, whole } from '../support/archive/tool.ts';
import { scratch } from '../support/scratch.ts';

const directory = scratch();
const KiB = 1024;
const blockSize = 512 * KiB;

/** Bytes that look random but are the same in every run. */
function noise(length: number): Buffer {
  const parts: Buffer[] = [];
  for (let i = 0; i * 32 < length; i += 1) parts.push(createHash('sha256').update(String(i)).digest());
  return Buffer.concat(parts).subarray(0, length);
}

/** Text that repeats itself at all distances, some of them beyond deflate's window. */
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

const inputs: [name: string, bytes: Buffer][] = [
  ['nothing', Buffer.alloc(0)],
  ['one byte', Buffer.from('x')],
  ['one byte less than a block', prose(blockSize - 1)],
  ['exactly a block', prose(blockSize)],
  ['one byte more than a block', prose(blockSize + 1)],
  ['exactly three blocks', prose(3 * blockSize)],
  ['two megabytes that cannot be compressed', noise(2 * KiB * KiB)],
  ['five megabytes of zeros', Buffer.alloc(5 * KiB * KiB)],
];

const decoders: [name: 'gzip' | 'pigz' | 'busybox', args: string[]][] = [
  ['gzip', ['-dc']],
  ['pigz', ['-dc']],
  ['busybox', ['gunzip', '-c']],
];

describe('every gunzip reads what gzip() wrote', () => {
  for (const [name, bytes] of inputs) {
    for (const [decoder, args] of decoders) {
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
  for (const [name, bytes] of inputs) {
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
  const bytes = Buffer.concat([prose(2 * blockSize), noise(blockSize), prose(500)]);
  const expected = whole(gzip(pieces(bytes, bytes.length), { level: 6, threads: 1 }));
  for (const threads of [1, 2, 3, 16, undefined]) {
    for (const size of [101, 10_000, blockSize, blockSize + 1, bytes.length]) {
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

test('a block uses the one before it as dictionary, so a repetition across their border costs almost nothing', async () => {
  const repeated = noise(30 * KiB);
  const once = Buffer.concat([Buffer.alloc(blockSize - repeated.length), repeated]);
  const twice = Buffer.concat([once, repeated]);
  const grown = (await whole(gzip(pieces(twice, blockSize), { level: 6 }))).length;
  const before = (await whole(gzip(pieces(once, blockSize), { level: 6 }))).length;
  // A match is at most 258 bytes long and needs at most six bytes (RFC 1951, section 3.2.5).
  assert.ok(grown - before < Math.ceil(repeated.length / 258) * 6 + 100, `${grown - before} bytes more`);
});

test('if the input fails, the output fails with the same error', async () => {
  const failure = new Error('the input broke');
  async function* input(): AsyncGenerator<Buffer> {
    yield prose(5 * blockSize);
    throw failure;
  }
  await assert.rejects(whole(gzip(input(), { level: 6 })), failure);
});

test('if the reader stops, the input is ended', async () => {
  let ended = false;
  async function* input(): AsyncGenerator<Buffer> {
    try {
      for (;;) yield prose(blockSize);
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

test('a slow reader slows the input down', async () => {
  let produced = 0;
  async function* input(): AsyncGenerator<Buffer> {
    for (;;) {
      produced += 1;
      yield Buffer.alloc(blockSize);
    }
  }
  const output = gzip(input(), { level: 6, threads: 2 });
  for (let read = 0; read < 10; read += 1) await output.next();
  await new Promise((resolve) => setTimeout(resolve, 50));
  // One of the ten pieces is the header. Besides the nine results, at most two blocks a thread are being deflated, and
  // two more are on their way there.
  assert.ok(produced <= 9 + 4 + 2, `${produced} blocks produced`);
  await output.return(undefined);
});
