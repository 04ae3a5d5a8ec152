import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, test } from 'node:test';
import { ElfBytes } from '../../src/elf/bytes.ts';
import { readImage } from '../../src/elf/image.ts';
import { isolateLoader } from '../../src/elf/loader.ts';
import { relocateModuleDirs } from '../../src/elf/modules.ts';
import { setRunpath } from '../../src/elf/runpath.ts';
import { readTables } from '../../src/elf/tables.ts';
import { RelopackError } from '../../src/error.ts';
import { compile, scratch } from './tools.ts';

const directory = scratch();
const wanted = '$ORIGIN/../lib64:$ORIGIN';
const crowd = `int ${'x'.repeat(66_000)};`;
const seeds: Buffer[] = [];

before(async () => {
  for (const [name, source, flags] of [
    ['liba.so', 'int f(void) { return 1; }', ['-shared', '-fPIC']],
    [
      'libb.so',
      'int f(void) { return 1; }',
      ['-shared', '-fPIC', '-Wl,-rpath,/some/longer/directory/of/the/builder'],
    ],
    ['libc.so', `${crowd} static char b[99]; char *f(void) { return b; }`, ['-shared', '-fPIC']],
    ['libd.so', `${crowd} static char b[2 << 20]; char *f(void) { return b; }`, ['-shared', '-fPIC']],
    ['program', 'int main(void) { return 0; }', []],
  ] as const) {
    const path = await compile(directory, name, source, ...flags);
    seeds.push(readFileSync(path));
  }
});

/** Every result is either the typed error or a file that says what was asked for; the input is never touched. */
function assertHolds(bytes: Buffer, what: string): 'refused' | 'edited' {
  const kept = Buffer.from(bytes);
  try {
    const edited = setRunpath(bytes, wanted, 'hostile');
    const before = readImage(bytes, 'hostile');
    const after = readImage(edited, 'hostile');
    assert.deepEqual(after.needed, before.needed, what);
    if (before.needed.length > 0) assert.equal(after.runpath.join(':'), wanted, what);
    assert.ok(edited.length < bytes.length + (4 << 20), what);
    return 'edited';
  } catch (error) {
    if (!(error instanceof RelopackError)) throw new Error(what, { cause: error });
    assert.match(error.code, /^elf-(malformed|unsupported)$/, what);
    return 'refused';
  } finally {
    assert.ok(kept.equals(bytes), `${what}: the input was changed`);
  }
}

test('a file cut off anywhere is refused', () => {
  for (const seed of seeds) {
    for (let length = 0; length < seed.length; length += length < 1200 ? 1 : 97) {
      const cut = Buffer.from(seed.subarray(0, length));
      assert.equal(assertHolds(cut, `cut at ${length}`), 'refused', `cut at ${length} of ${seed.length}`);
    }
  }
});

test('bytes and fields changed at random are refused or survived', { timeout: 60_000 }, () => {
  const random = generator(20_260_101);
  const outcomes = { refused: 0, edited: 0 };
  for (let round = 0; round < 6000; round++) {
    const seed = seeds[round % seeds.length];
    assert.ok(seed !== undefined);
    const bytes = Buffer.from(seed);
    const places = interestingPlaces(seed);
    for (let changes = 1 + random(3); changes > 0; changes--) mutate(bytes, places, random);
    outcomes[assertHolds(bytes, `round ${round}`)]++;
  }
  // Neither may be all there is, or the loop proves nothing.
  assert.ok(outcomes.refused > 500 && outcomes.edited > 500, JSON.stringify(outcomes));
});

for (const [title, change] of [
  [
    'a dynamic section of 2^40 bytes',
    (bytes: Buffer) => bytes.writeBigUInt64LE(2n ** 40n, segment(bytes, 2) + 32),
  ],
  ['program headers at 2^63', (bytes: Buffer) => bytes.writeBigUInt64LE(2n ** 63n, 32)],
  ['65,535 program headers', (bytes: Buffer) => bytes.writeUInt16LE(65_535, 56)],
  ['section headers beyond its end', (bytes: Buffer) => bytes.writeBigUInt64LE(BigInt(bytes.length), 40)],
  [
    'a segment that points outside',
    (bytes: Buffer) => bytes.writeBigUInt64LE(2n ** 30n, segment(bytes, 1) + 8),
  ],
  ['segments that overlap', (bytes: Buffer) => bytes.writeBigUInt64LE(2n ** 30n, segment(bytes, 1) + 40)],
  [
    'a segment at the end of memory',
    (bytes: Buffer) => bytes.writeBigUInt64LE(2n ** 53n - 1n, segment(bytes, 1) + 16),
  ],
  [
    'a string table that is not there',
    (bytes: Buffer) => bytes.writeBigUInt64LE(2n ** 40n, entry(bytes, 5) + 8),
  ],
  [
    'a string table without an end',
    (bytes: Buffer) => bytes.writeBigUInt64LE(stringsSize(bytes) - 1n, entry(bytes, 10) + 8),
  ],
  ['no string table', (bytes: Buffer) => bytes.writeBigUInt64LE(0x7777n, entry(bytes, 5))],
  [
    'a needed library outside of the strings',
    (bytes: Buffer) => bytes.writeBigUInt64LE(2n ** 40n, entry(bytes, 1) + 8),
  ],
  [
    '2^32 needed versions',
    (bytes: Buffer) => bytes.writeBigUInt64LE(2n ** 32n, entry(bytes, 0x6fffffff) + 8),
  ],
  [
    'versions outside of memory',
    (bytes: Buffer) => bytes.writeBigUInt64LE(2n ** 50n, entry(bytes, 0x6ffffffe) + 8),
  ],
] as const) {
  test(`${title} is malformed`, () => {
    const bytes = Buffer.from(seeds[0] ?? []);
    change(bytes);
    assert.throws(() => setRunpath(bytes, wanted, 'x'), {
      name: 'RelopackError',
      code: 'elf-malformed',
      message: /^x is not/,
    });
  });
}

test('a dynamic section without an end is malformed, however long', () => {
  const bytes = Buffer.concat([seeds[0] ?? Buffer.alloc(0), Buffer.alloc(16 << 20, 1)]);
  const last = readTables(new ElfBytes(bytes, 'x')).segments.findLast(({ type }) => type === 1);
  const end = seeds[0]?.length ?? 0;
  assert.ok(last !== undefined);
  for (const [field, value] of [
    [8, end],
    [32, 16 << 20],
    [40, 16 << 20],
  ] as const) {
    bytes.writeBigUInt64LE(BigInt(value), last.at + field);
  }
  bytes.writeBigUInt64LE(BigInt(last.vaddr), segment(bytes, 2) + 16);
  bytes.writeBigUInt64LE(BigInt(16 << 20), segment(bytes, 2) + 32);
  assert.throws(() => readImage(bytes, 'x'), { code: 'elf-malformed', message: /has no end/ });
});

test('the other editors take any bytes at all', () => {
  const random = generator(7);
  for (let round = 0; round < 200; round++) {
    const bytes = Buffer.from(Array.from({ length: random(4000) }, () => random(256)));
    assert.equal(relocateModuleDirs(bytes, 'x'), bytes);
    assert.throws(() => isolateLoader(bytes, 'x'), { code: 'loader-unsupported' });
  }
});

function segment(bytes: Buffer, type: number): number {
  const found = readTables(new ElfBytes(bytes, 'fixture')).segments.find(
    (candidate) => candidate.type === type,
  );
  assert.ok(found !== undefined);
  return found.at;
}

function entry(bytes: Buffer, tag: number): number {
  const found = readTables(new ElfBytes(bytes, 'fixture')).dynamic.find((candidate) => candidate.tag === tag);
  assert.ok(found !== undefined, `no entry ${tag}`);
  return found.at;
}

function stringsSize(bytes: Buffer): bigint {
  return bytes.readBigUInt64LE(entry(bytes, 10) + 8);
}

/** The offsets of all the eight-byte words that headers and the dynamic section consist of. */
function interestingPlaces(bytes: Buffer): number[] {
  const { dynamic, phoff, segments, shoff, sections } = readTables(new ElfBytes(bytes, 'fixture'));
  const words = (start: number, count: number) =>
    Array.from({ length: count }, (_, index) => start + index * 8);
  return [
    ...words(0, 8),
    ...words(phoff, segments.length * 7),
    ...words(shoff, sections.length * 8),
    ...dynamic.flatMap(({ at }) => words(at, 4)),
  ];
}

function mutate(bytes: Buffer, places: number[], random: (below: number) => number): void {
  const place = places[random(places.length)] ?? 0;
  const other = places[random(places.length)] ?? 0;
  const values = [
    0n,
    1n,
    2n ** 31n,
    2n ** 32n - 1n,
    2n ** 40n,
    2n ** 53n - 1n,
    2n ** 53n,
    2n ** 63n,
    2n ** 64n - 1n,
  ];
  const small = BigInt(random(bytes.length));
  switch (random(5)) {
    case 0:
      bytes[random(bytes.length)] = random(256);
      break;
    case 1:
      bytes[place + random(8)] = random(256);
      break;
    case 2:
      bytes.writeBigUInt64LE(values[random(values.length)] ?? 0n, place);
      break;
    case 3:
      bytes.writeBigUInt64LE(small, place);
      break;
    default:
      bytes.copy(bytes, place, other, other + 8);
  }
}

/** Numerical Recipes' linear congruential generator, its high bits. */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
