import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { readImage } from '../../src/elf/image.ts';
import { compile } from '../support/elf/tools.ts';
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
