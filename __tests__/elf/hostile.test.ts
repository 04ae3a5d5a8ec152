import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, test } from 'node:test';
import { ElfBytes } from '../../src/elf/bytes.ts';
import { SectionType, SegmentType } from '../../src/elf/format.ts';
import { readImage } from '../../src/elf/image.ts';
import { loads } from '../../src/elf/segments.ts';
import { setRunpath } from '../../src/elf/set-runpath/set-runpath.ts';
import { type ElfTables, readTables, type Section } from '../../src/elf/tables.ts';
import { attack, hostile, victim, victims } from '../support/elf/fuzz.ts';
import { forms, type Shape } from '../support/elf/synthetic/shape.ts';
import { synthetic } from '../support/elf/synthetic/synthetic.ts';
import { compile } from '../support/elf/tools.ts';
import { scratch } from '../support/scratch.ts';

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

test('a file that is truncated anywhere is refused', () => {
  for (const seed of seeds) {
    for (let length = 0; length < seed.length; length += length < 1200 ? 1 : 97) {
      const cut = Buffer.from(seed.subarray(0, length));
      assert.equal(attack(cut), 'refused', `truncated at ${length} of ${seed.length}`);
    }
  }
});

test('hostile files of all forms are refused or edited as promised', () => {
  const from = [...victims(), ...seeds.slice(0, 2).map(victim)];
  const outcomes = { refused: 0, edited: 0, 'left alone': 0 };
  for (let index = 0; index < 8000; index++) {
    try {
      outcomes[attack(hostile(5, index, from))]++;
    } catch (cause) {
      throw new Error(`case ${index}`, { cause });
    }
  }
  // Each outcome has to be common, or the loop proves nothing.
  for (const count of Object.values(outcomes)) assert.ok(count > 200, JSON.stringify(outcomes));
});

/** Files that the fuzzer found, made by hand. */
const found: [title: string, shape: Shape, change: (file: ElfBytes, tables: ElfTables) => void][] = [
  [
    'strings in the part that moves for one more program header',
    { program: true },
    (file, { segments, strings }) => {
      file.set(file.format.segment, loads(segments)[0]?.at ?? 0, 'vaddr', 92);
      file.bytes[(strings?.offset ?? 0) + (strings?.size ?? 0) - 93] = 0;
    },
  ],
  [
    'a PT_PHDR that is larger in memory than in the file',
    {},
    (file, { segments }) => {
      const note = segments.find(({ type }) => type === SegmentType.note)?.at ?? 0;
      file.set(file.format.segment, note, 'type', SegmentType.phdr);
      file.set(file.format.segment, note, 'filesz', 0);
    },
  ],
  [
    'a PT_INTERP that starts where the file ends',
    { program: true },
    (file, { segments }) => {
      const interp = segments.find(({ type }) => type === SegmentType.interp)?.at ?? 0;
      file.set(file.format.segment, interp, 'offset', file.bytes.length);
    },
  ],
];

for (const [form, [what, shape, change]] of forms.flatMap((one) => found.map((row) => [one, row] as const))) {
  test(`${form[0]} with ${what} is refused or edited as promised`, () => {
    const file = new ElfBytes(synthetic(form[1], shape), 'x');
    change(file, readTables(file));
    assert.notEqual(attack(file.bytes), 'left alone');
  });
}

/** Appends a new table of section headers to a file: its own, and more. */
function withSections(original: Buffer, more: (own: Section[]) => Section[]): Buffer {
  const file = new ElfBytes(original, 'x');
  const { header, section } = file.format;
  const { sections } = readTables(file);
  const raw = [...sections, ...more(sections)].map(({ at }) => original.subarray(at, at + section.size));
  const moved = new ElfBytes(Buffer.concat([original, Buffer.alloc(8 - (original.length % 8)), ...raw]), 'x');
  moved.set(header, 0, 'shoff', moved.bytes.length - raw.length * section.size);
  moved.set(header, 0, 'shnum', raw.length);
  return moved.bytes;
}

for (const [what, type, count] of [
  ['thousands of tables of one kind', SectionType.gnuVerneed, 8000],
  ['one table of symbols under thousands of headers', SectionType.symtab, 8000],
  ['one table of symbols under two headers', SectionType.symtab, 1],
] as const) {
  // The limit is generous: each took most of a minute when every table was tried.
  test(`${what} are refused or edited as promised within 20 seconds`, { timeout: 20_000 }, () => {
    const [, form] = forms[0] ?? assert.fail();
    const bytes = withSections(synthetic(form, { code: true }), (own) =>
      Array.from({ length: count }, () => own.find((one) => one.type === type) ?? assert.fail()),
    );
    assert.notEqual(attack(bytes), 'left alone');
  });
}

test('a file is refused if its note has an unknown segment type, because such bytes do not move', () => {
  // The fuzzer found it: the note that moves for one more program header had another type.
  const [, form] = forms[0] ?? assert.fail();
  const file = new ElfBytes(synthetic(form), 'x');
  const note = readTables(file).segments.find(({ type }) => type === SegmentType.note);
  assert.ok(note !== undefined);
  file.set(file.format.segment, note.at, 'type', 0x153);
  assert.throws(() => setRunpath(file.bytes, wanted, 'x'), { code: 'elf-unsupported' });
});

for (const [title, change] of [
  [
    'a dynamic section of 2^40 bytes',
    (bytes: Buffer) => bytes.writeBigUInt64LE(2n ** 40n, segment(bytes, 2) + 32),
  ],
  ['program headers at 2^63', (bytes: Buffer) => bytes.writeBigUInt64LE(2n ** 63n, 32)],
  ['65,535 program headers', (bytes: Buffer) => bytes.writeUInt16LE(65_535, 56)],
  ['section headers behind its end', (bytes: Buffer) => bytes.writeBigUInt64LE(BigInt(bytes.length), 40)],
  [
    'a segment outside of the file',
    (bytes: Buffer) => bytes.writeBigUInt64LE(2n ** 30n, segment(bytes, 1) + 8),
  ],
  ['segments that overlap', (bytes: Buffer) => bytes.writeBigUInt64LE(2n ** 30n, segment(bytes, 1) + 40)],
  [
    'a segment at the end of memory',
    (bytes: Buffer) => bytes.writeBigUInt64LE(2n ** 53n - 1n, segment(bytes, 1) + 16),
  ],
  [
    'a string table outside of the file',
    (bytes: Buffer) => bytes.writeBigUInt64LE(2n ** 40n, entry(bytes, 5) + 8),
  ],
  [
    'a string table without an end',
    (bytes: Buffer) => bytes.writeBigUInt64LE(stringsSize(bytes) - 1n, entry(bytes, 10) + 8),
  ],
  ['no string table', (bytes: Buffer) => bytes.writeBigUInt64LE(0x7777n, entry(bytes, 5))],
  [
    'a needed library whose name is outside of the strings',
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
