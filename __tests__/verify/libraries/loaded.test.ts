import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import type { Needs } from '../../../src/manifest/manifest.ts';
import { Choices } from '../../../src/verify/libraries/choices.ts';
import { misledInProcess } from '../../../src/verify/libraries/loaded.ts';
import { type Elf, Linker } from '../../support/plan/linker.ts';
import { scratch } from '../../support/scratch.ts';
import { manifestOf } from '../../support/verify/manifest.ts';
import { unpackedAt } from '../../support/verify/unpacked.ts';

const same: Elf = { soname: 'libsame.so.1' };
const user: Elf = { needed: ['libsame.so.1'] };
const [own, shared] = ['lib64/x.libs/libsame.so.1', 'lib64/libsame.so.1'];

/** `private.so` needs its own library, `plain.so` the shared one. */
const files: Record<string, Elf> = {
  ...{ [own]: same, [shared]: same, 'lib64/private.so': user, 'lib64/plain.so': user },
  'lib64/unrelated.so': { soname: 'unrelated' },
  'lib64/excluded.so': { needed: ['libgone.so.1'] },
};
const needs: Record<string, Needs> = { 'lib64/private.so': { 'libsame.so.1': own } };

const problem =
  'lib64/private.so needs libsame.so.1: lib64/libsame.so.1 was loaded, but lib64/x.libs/libsame.so.1 was packed for it';

const cases: { name: string; steps: string[][]; problems: string[] }[] = [
  { name: 'the library that was packed for it is right', steps: [['lib64/private.so', own]], problems: [] },
  {
    name: 'a shared library that was packed for it is right',
    steps: [['lib64/plain.so', shared]],
    problems: [],
  },
  { name: 'another one of the same name is not', steps: [['lib64/private.so', shared]], problems: [problem] },
  {
    name: 'a private one of another file is not',
    steps: [['lib64/plain.so', own]],
    problems: [
      'lib64/plain.so needs libsame.so.1: lib64/x.libs/libsame.so.1 was loaded, but lib64/libsame.so.1 was packed for it',
    ],
  },
  {
    name: 'another one is right if it was loaded before, for a file that needs it',
    steps: [['lib64/plain.so', shared], ['lib64/private.so']],
    problems: [],
  },
  {
    name: 'another one is not right if it was loaded before for no file that needs it',
    steps: [['lib64/private.so', shared], ['lib64/plain.so']],
    problems: [problem],
  },
  {
    name: 'both may be loaded',
    steps: [
      ['lib64/private.so', own],
      [shared, 'lib64/plain.so'],
    ],
    problems: [],
  },
  {
    name: 'files that need nothing, that are no ELF files, or that are gone are right',
    steps: [['lib64/unrelated.so', 'text.so', 'lib64/gone.so', 'lib64/excluded.so']],
    problems: [],
  },
];

describe('if a loaded file needs a library,', () => {
  const directory = scratch();
  const top = join(directory, 'top');
  const linker = new Linker(join(directory, 'linked'));
  for (const { name, steps, problems } of cases) {
    it(name, async () => {
      for (const [path, elf] of Object.entries(files)) {
        mkdirSync(dirname(join(top, path)), { recursive: true });
        copyFileSync(await linker.link(elf), join(top, path));
      }
      copyFileSync(import.meta.filename, join(top, 'text.so'));
      const unpacked = unpackedAt(directory, 'top');
      const choices = new Choices(unpacked, manifestOf(Object.keys(files), needs));
      const places = steps.map((paths) => paths.map((path) => join(top, path)));
      assert.deepEqual(misledInProcess(places, choices, unpacked), problems);
    });
  }
});
