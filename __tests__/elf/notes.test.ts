import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, test } from 'node:test';
import { readImage } from '../../src/elf/image.ts';
import type { DlopenNeed } from '../../src/elf/notes.ts';
import { setRunpath } from '../../src/elf/set-runpath/set-runpath.ts';
import { compile } from '../support/elf/tools.ts';
import { Linker } from '../support/plan/linker.ts';
import { scratch } from '../support/scratch.ts';

const directory = scratch();
const x86Levels =
  process.arch === 'x64'
    ? ([
        [undefined, ['-nostdlib']],
        [2, ['-Wl,-z,x86-64-v2']],
        [3, ['-Wl,-z,x86-64-v3']],
      ] as const)
    : [];
for (const [level, flags] of x86Levels) {
  test(`the x86-64 level of a library that is linked for level ${level ?? 'none'} is read`, async () => {
    const path = await compile(
      directory,
      `liblevel${level}.so`,
      'int f(void) { return 0; }',
      '-shared',
      '-fPIC',
      ...flags,
    );
    const bytes = readFileSync(path);
    assert.equal(readImage(bytes, path).isaLevel, level);
    // EM_AARCH64: the number of that property means nothing there.
    bytes.writeUInt16LE(183, 18);
    assert.equal(readImage(bytes, path).isaLevel, undefined);
  });
}

const dlopenCases: { name: string; note?: string; dlopens: DlopenNeed[]; malformed?: boolean }[] = [
  { name: 'is absent in most files', dlopens: [] },
  {
    name: 'may have several libraries, each with names, feature and priority',
    note: '[{"soname":["liba.so.2","liba.so.1"],"feature":"a","priority":"required","description":"x"},{"soname":["libb.so"],"priority":"suggested"}]',
    dlopens: [
      { sonames: ['liba.so.2', 'liba.so.1'], feature: 'a', priority: 'required' },
      { sonames: ['libb.so'], feature: undefined, priority: 'suggested' },
    ],
  },
  {
    name: 'recommends a library if it has no priority, or one that is not known',
    note: '[{"soname":["liba.so"]},{"soname":["libb.so"],"priority":"vital"}]',
    dlopens: ['liba.so', 'libb.so'].map((soname) => ({
      sonames: [soname],
      feature: undefined,
      priority: 'recommended',
    })),
  },
  {
    name: 'may be one object with one name, as at first',
    note: '{"soname":"liba.so","feature":"a"}',
    dlopens: [{ sonames: ['liba.so'], feature: 'a', priority: 'recommended' }],
  },
  { name: 'is malformed if it is not JSON', note: '[{"soname":', dlopens: [], malformed: true },
  { name: 'is malformed if it is empty', note: '', dlopens: [], malformed: true },
  ...['1', 'null', '[1]', '[{}]', '[{"soname":[]}]', '[{"soname":[1]}]', '[{"soname":["a/b"]}]'].map(
    (note) => ({
      name: `is malformed if it names no library: ${note}`,
      note,
      dlopens: [],
      malformed: true,
    }),
  ),
  {
    name: 'is ignored only in the part that is malformed',
    note: '[{"feature":"none"},{"soname":["liba.so"],"feature":"a\\nb"}]',
    dlopens: [{ sonames: ['liba.so'], feature: undefined, priority: 'recommended' }],
    malformed: true,
  },
];

describe('a note about dlopen', () => {
  const linker = new Linker(join(directory, 'linked'));
  for (const { name, note, dlopens, malformed = false } of dlopenCases) {
    it(name, async () => {
      const path = await linker.link({
        needed: ['libc.so.6'],
        ...(note === undefined ? {} : { dlopen: note }),
      });
      const bytes = readFileSync(path);
      // An edit may move the note, and it is read from the edited file too.
      for (const image of [bytes, setRunpath(bytes, '$ORIGIN', path)].map((one) => readImage(one, path))) {
        assert.deepEqual(image.dlopens, dlopens);
        assert.equal(image.dlopensMalformed, malformed);
      }
    });
  }
});
