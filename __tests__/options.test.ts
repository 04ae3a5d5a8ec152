import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type RawOptions, readOptions } from '../src/options.ts';

function outputOf(output: string): string | undefined {
  const raw: RawOptions = {
    modules: [],
    values: new Map([['output', output]]),
    globs: [],
    directory: '.',
    sourceDateEpoch: undefined,
  };
  return readOptions(raw).output;
}

describe('an output', () => {
  for (const path of ['x', 'x/y.tar.gz', '/x', '../x', './x', 'x.', '...', '.x', 'x..', 'ü\n'])
    test(`can be ${JSON.stringify(path)}`, () => assert.equal(outputOf(path), path));

  for (const [why, path] of [
    ['it ends with a slash', 'x/'],
    ['it ends with several slashes', '/x//'],
    ['it is the current directory', '.'],
    ['it is the parent directory', 'x/..'],
    ['it is the directory before it', 'x/.'],
    ['its name was not in UTF-8', 'x\ufffd.tar.gz'],
    ['it contains a NUL', 'x\0y'],
  ] as const)
    test(`cannot be ${JSON.stringify(path)}: ${why}`, () => {
      assert.throws(() => outputOf(path), {
        code: 'usage',
        message: `--output is '${path}'`,
        remedy: 'Allowed value: the path of a file, in UTF-8.',
      });
    });
});
