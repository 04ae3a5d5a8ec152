import assert from 'node:assert/strict';
import { globSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, join } from 'node:path';
import { describe, test } from 'node:test';
import { isElf, readImage } from '../../../src/elf/image.ts';
import { setRunpath } from '../../../src/elf/set-runpath/set-runpath.ts';
import {
  hostLoader,
  judgedRunpath,
  otherDynamicEntries,
  output,
  scratch,
  symbols,
  trace,
} from '../../support/elf/tools.ts';

const runpath = '$ORIGIN/../lib64:$ORIGIN';
const sampleSize = 60;
const maxSize = 4 << 20;
const directory = scratch();
const loader = await hostLoader(directory);

/** Libraries and programs of this machine, evenly spread over the sorted list of those that ld.so can load. */
const files = globSync(['/usr/lib/*-linux-gnu*/*.so*', '/usr/lib64/*.so*', '/usr/bin/*'])
  .sort()
  .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile())
  .filter((path) => statSync(path).size <= maxSize && isElf(readFileSync(path).subarray(0, 4)))
  .filter((path) => readImage(readFileSync(path), path).needed.length > 0);
const step = files.length / sampleSize;
const sample = Array.from({ length: sampleSize }, (_, index) => files[Math.floor(index * step)]);

test('the sample is not a handful of files', () => {
  assert.ok(new Set(sample).size === sampleSize, `${files.length} ELF files in /usr/lib and /usr/bin`);
});

describe('an edited file', { concurrency: availableParallelism() }, () => {
  for (const [index, path = ''] of sample.entries()) {
    test(`${basename(path)} keeps all but its RUNPATH`, async () => {
      const original = readFileSync(path);
      const edited = setRunpath(original, runpath, path);
      // Under its own name: what it needs by an absolute or $ORIGIN path stays out of reach for both alike.
      const [before, after] = ['before', 'after'].map((side) => join(directory, side, `${index}`));
      assert.ok(before !== undefined && after !== undefined);
      mkdirSync(join(directory, 'before'), { recursive: true });
      mkdirSync(join(directory, 'after'), { recursive: true });
      writeFileSync(before, original);
      writeFileSync(after, edited);

      assert.equal(await judgedRunpath(after), runpath);
      assert.deepEqual(await otherDynamicEntries(after), await otherDynamicEntries(before));
      assert.deepEqual(await symbols(after), await symbols(before));
      assert.equal(setRunpath(edited, runpath, path), edited, 'a second run has nothing to do');

      // Without its old search path the original finds no more than the edited file.
      await output('patchelf', '--remove-rpath', before);
      const expected = await trace(loader, before);
      assert.deepEqual(await trace(loader, after), expected);
      await output('strip', '--', after);
      assert.deepEqual(await trace(loader, after), expected, 'after strip');
      assert.equal(await judgedRunpath(after), runpath);
    });
  }
});
