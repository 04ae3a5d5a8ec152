import assert from 'node:assert/strict';
import { globSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, join } from 'node:path';
import { describe, test } from 'node:test';
import { isElf } from '../../../src/elf/identity.ts';
import { readImage } from '../../../src/elf/image.ts';
import { setRunpath } from '../../../src/elf/set-runpath/set-runpath.ts';
import {
  hostLoader,
  judgedRunpath,
  otherDynamicEntries,
  output,
  symbols,
  trace,
} from '../../support/elf/tools.ts';
import { scratch } from '../../support/scratch.ts';

const runpath = '$ORIGIN/../lib64:$ORIGIN';
const sampleSize = 60;
const maxBytes = 4 << 20;
const directory = scratch();
const loader = await hostLoader(directory);

/** Libraries and programs of this machine that need a library, sorted. The sample is spread evenly over them. */
const files = globSync(['/usr/lib/*-linux-gnu*/*.so*', '/usr/lib64/*.so*', '/usr/bin/*'])
  .sort()
  .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile())
  .filter((path) => statSync(path).size <= maxBytes && isElf(readFileSync(path).subarray(0, 4)))
  .filter((path) => readImage(readFileSync(path), path).needed.length > 0);
const step = files.length / sampleSize;
const sample = Array.from({ length: sampleSize }, (_, index) => files[Math.floor(index * step)]);

test(`the sample has ${sampleSize} different files`, () => {
  assert.ok(new Set(sample).size === sampleSize, `${files.length} ELF files in /usr/lib and /usr/bin`);
});

describe('an edited file', { concurrency: availableParallelism() }, () => {
  for (const [index, path = ''] of sample.entries()) {
    test(`${basename(path)} keeps everything but its RUNPATH`, async () => {
      const original = readFileSync(path);
      const edited = setRunpath(original, runpath, path);
      // Each copy is alone in its directory, so neither finds a library by a path relative to $ORIGIN.
      const [before, after] = ['before', 'after'].map((side) => join(directory, side, `${index}`));
      assert.ok(before !== undefined && after !== undefined);
      mkdirSync(join(directory, 'before'), { recursive: true });
      mkdirSync(join(directory, 'after'), { recursive: true });
      writeFileSync(before, original);
      writeFileSync(after, edited);

      assert.equal(await judgedRunpath(after), runpath);
      assert.deepEqual(await otherDynamicEntries(after), await otherDynamicEntries(before));
      assert.deepEqual(await symbols(after), await symbols(before));
      assert.equal(setRunpath(edited, runpath, path), edited, 'a second run changes nothing');

      // Without its old search path, the original finds the same libraries as the edited file.
      await output('patchelf', '--remove-rpath', before);
      const expected = await trace(loader, before);
      assert.deepEqual(await trace(loader, after), expected);
      await output('strip', '--', after);
      assert.deepEqual(await trace(loader, after), expected, 'after strip');
      assert.equal(await judgedRunpath(after), runpath);
    });
  }
});
