import assert from 'node:assert/strict';
import { RelopackError } from '../../../src/common/error.ts';
import { ElfBytes } from '../../../src/elf/bytes.ts';
import { type Layout, SectionType, Tag } from '../../../src/elf/format.ts';
import { elfIdentity } from '../../../src/elf/identity.ts';
import { readImage } from '../../../src/elf/image.ts';
import { isolateLoader } from '../../../src/elf/isolate/loader.ts';
import { isolateOpenssl } from '../../../src/elf/isolate/openssl.ts';
import { fileOffset } from '../../../src/elf/segments.ts';
import { setRunpath } from '../../../src/elf/set-runpath/set-runpath.ts';
import { readTables } from '../../../src/elf/tables.ts';
import { forms, type Shape } from './synthetic/shape.ts';
import { synthetic } from './synthetic/synthetic.ts';
import { undo } from './undo.ts';

/** What an editor does with a hostile file. */
export type Outcome = 'refused' | 'edited' | 'left alone';

/** A valid file, and the places of the fields of its records. */
interface Victim {
  bytes: Buffer;
  fields: { at: number; size: number }[];
}

type Random = (below: number) => number;

const wanted = '$ORIGIN/../lib64:$ORIGIN';
/** A search path that is longer than any table of the synthetic files. */
const far = `${wanted}:$ORIGIN/of/many/directories/that/stand/far/away`;
const builder = '/a/directory/of/the/machine/that/built/it';
/** Shapes for all ways of the editor. */
const shapes: Shape[] = [
  { gap: 200 },
  { gap: 48, program: true },
  { gap: 48, code: true },
  { stringsLast: true },
  { bss: 0 },
  { spare: 'null' },
  { spare: 'note', program: true },
  { program: true, hint: true, nulls: 1 },
  { paths: [['rpath', builder]] },
  { paths: [['rpath', '/x'], ['runpath', builder]] }, // biome-ignore format: one row
  { bss: 0, sections: false, paths: [['runpath', '/x']] },
];

/** Synthetic files of all forms and shapes. */
export function victims(): Victim[] {
  return forms.flatMap(([, form]) => shapes.map((shape) => victim(synthetic(form, shape))));
}

/** Finds the fields of a valid file. */
export function victim(bytes: Buffer): Victim {
  const file = new ElfBytes(bytes, 'victim');
  const { format } = file;
  const { phoff, segments, sections, dynamic, strings } = readTables(file);
  const fieldsOf = <F extends string>(layout: Layout<F>, at: number) =>
    Object.values<readonly [number, number]>(layout.fields).map(([offset, size]) => ({
      at: at + offset,
      size,
    }));
  const versions = dynamic
    .filter(({ tag }) => tag === Tag.verneed || tag === Tag.verdef)
    .map(({ value }) => fileOffset(segments, Number(value), format.verneed.size) ?? 0);
  return {
    bytes,
    fields: [
      { at: 4, size: 1 },
      { at: 5, size: 1 },
      ...fieldsOf(format.header, 0),
      ...segments.flatMap(({ at }) => fieldsOf(format.segment, at)),
      ...sections.flatMap(({ at }) => fieldsOf(format.section, at)),
      ...sections
        .filter(({ type }) => type === SectionType.symtab || type === SectionType.dynsym)
        .flatMap(({ offset }) => fieldsOf(format.symbol, offset + format.symbol.size)),
      ...dynamic.flatMap(({ at }) => fieldsOf(format.dynamic, at)),
      ...versions.flatMap((at) => [...fieldsOf(format.verneed, at), ...fieldsOf(format.vernaux, at + 16)]),
      ...segments.filter(({ type }) => type === 4).flatMap(({ offset }) => fieldsOf(format.note, offset)),
      ...(strings === undefined ? [] : [{ at: strings.offset, size: strings.size }]),
      { at: phoff, size: segments.length * format.segment.size },
    ],
  };
}

/** Makes case number `index` of a seed: a victim with a few random changes. The same bytes on every machine. */
export function hostile(seed: number, index: number, from: Victim[]): Buffer {
  const random = generator(Math.imul(seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b));
  const chosen = from[random(from.length)];
  assert.ok(chosen !== undefined);
  const bytes = Buffer.from(chosen.bytes);
  for (let changes = 1 + random(4); changes > 0; changes--) mutate(bytes, chosen, random);
  if (random(16) === 0) return bytes.subarray(0, random(bytes.length));
  return random(16) === 0 ? Buffer.concat([bytes, Buffer.alloc(random(5000), random(256))]) : bytes;
}

/** Passes hostile bytes to all editors. Throws if one neither refuses them with its own error nor keeps its promises. */
export function attack(bytes: Buffer): Outcome {
  const kept = Buffer.from(bytes);
  const outcome = edit(bytes, wanted);
  edit(bytes, far);
  elfIdentity(bytes);
  refusedOr('elf-unsupported', () => isolateOpenssl(bytes, 'hostile'));
  refusedOr('loader-unsupported', () => {
    assert.equal(isolateLoader(bytes, 'hostile').length, bytes.length);
  });
  assert.ok(kept.equals(bytes), 'the input was changed');
  return outcome;
}

function edit(bytes: Buffer, runpath: string): Outcome {
  let edited: Buffer;
  try {
    edited = setRunpath(bytes, runpath, 'hostile');
  } catch (error) {
    if (!(error instanceof RelopackError) || !/^elf-(malformed|unsupported)$/.test(error.code)) throw error;
    return 'refused';
  }
  if (edited === bytes) return 'left alone';
  const [before, after] = [readImage(bytes, 'hostile'), readImage(edited, 'hostile')];
  assert.deepEqual(after, { ...before, rpath: [], runpath: runpath.split(':') });
  assert.deepEqual(undo(bytes, edited).undeclared, []);
  assert.equal(setRunpath(edited, runpath, 'hostile'), edited, 'a second run changes nothing');
  // At most, the strings are copied, and a page and a table are added.
  assert.ok(edited.length <= 2 * bytes.length + 70_000, `it grew by ${edited.length - bytes.length} bytes`);
  return 'edited';
}

function refusedOr(code: string, job: () => void): void {
  try {
    job();
  } catch (error) {
    if (!(error instanceof RelopackError) || error.code !== code) throw error;
  }
}

function mutate(bytes: Buffer, { fields }: Victim, random: Random): void {
  const pick = () => fields[random(fields.length)] ?? { at: 0, size: 1 };
  const { at, size } = pick();
  const start = at + Math.max(0, random(size - 7));
  const width = Math.min(size, 8, bytes.length - start);
  const littleEndian = bytes[5] !== 2;
  const write = (value: bigint) => {
    for (let byte = 0; byte < width; byte++) {
      const shift = BigInt(8 * (littleEndian ? byte : width - 1 - byte));
      bytes[start + byte] = Number((value >> shift) & 0xffn);
    }
  };
  const extremes = [
    0n,
    1n,
    2n ** 31n,
    2n ** 32n - 1n,
    2n ** 40n,
    2n ** 52n,
    2n ** 53n,
    2n ** 63n,
    2n ** 64n - 1n,
  ];
  const nearby = BigInt(Math.max(0, bytes.length - 16 + random(32)));
  switch (random(8)) {
    case 0:
      bytes[random(bytes.length)] = random(256);
      break;
    case 1:
      bytes[start] = random(256);
      break;
    case 2:
      write(extremes[random(extremes.length)] ?? 0n);
      break;
    case 3:
      write(BigInt(random(bytes.length)));
      break;
    case 4:
      write(nearby);
      break;
    case 5:
      write(BigInt(random(64)));
      break;
    case 6:
      bytes[start] = (bytes[start] ?? 0) ^ (1 << random(8));
      break;
    default: {
      const other = pick();
      bytes.copyWithin(start, other.at, other.at + Math.min(width, other.size));
    }
  }
}

/** The random number generator Mulberry32 (public domain), which gives the same numbers on every machine. */
function generator(seed: number): Random {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}
