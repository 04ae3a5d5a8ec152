import assert from 'node:assert/strict';
import { readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { bytecodeHeaderSize, checkByHash, isFresh, lacksHashCheck } from '../../src/python/pyc.ts';
import { must } from '../support/run.ts';
import { scratch } from '../support/scratch.ts';

/** The output of this machine's Python, which judges the bytecode. The header has had the same form since 3.7. */
async function python(...args: string[]): Promise<string> {
  const { stdout } = await must('python3', ['-B', '-S', ...args]);
  return stdout.toString().trim();
}

describe('bytecode', () => {
  const directory = scratch();
  const source = join(directory, 'mod.py');
  writeFileSync(source, 'value = 1\n');

  async function compile(mode: string): Promise<{ path: string; bytes: Buffer }> {
    const script =
      'import py_compile, sys; print(py_compile.compile(sys.argv[1], invalidation_mode=py_compile.PycInvalidationMode[sys.argv[2]]))';
    const path = await python('-c', script, source, mode);
    return { path, bytes: readFileSync(path) };
  }
  const imported = (what: string) =>
    python('-c', `import sys; sys.path.insert(0, sys.argv[1]); import mod; print(${what})`, directory);
  const importValue = () => imported('mod.value');
  const importedNames = () => imported('*[name for name in vars(mod) if not name.startswith("__")]');

  test('is fresh if it names the time and size of its source, and stale if one of them differs', async () => {
    const { bytes } = await compile('TIMESTAMP');
    const header = bytes.subarray(0, bytecodeHeaderSize);
    const { mtimeMs, size } = statSync(source);
    assert.ok(lacksHashCheck(header));
    assert.ok(isFresh(header, { mtimeMs, size }));
    assert.ok(!isFresh(header, { mtimeMs: mtimeMs + 2000, size }));
    assert.ok(!isFresh(header, { mtimeMs, size: size + 1 }));
  });

  test('is fresh if it names a hash of its source', async () => {
    for (const mode of ['CHECKED_HASH', 'UNCHECKED_HASH']) {
      const header = (await compile(mode)).bytes.subarray(0, bytecodeHeaderSize);
      assert.equal(lacksHashCheck(header), mode === 'UNCHECKED_HASH', mode);
      assert.ok(isFresh(header, { mtimeMs: 0, size: 0 }), mode);
    }
  });

  for (const mode of ['TIMESTAMP', 'UNCHECKED_HASH']) {
    test(`that was made with ${mode} is loaded at any time of its source, but not for another source`, async () => {
      writeFileSync(source, 'value = 1\n');
      const { path, bytes } = await compile(mode);
      const checked = checkByHash(bytes, readFileSync(source));
      // A message in the bytecode, of the same length, shows that Python loads it.
      writeFileSync(path, checked.toString('latin1').replace('value', 'VALUE'), 'latin1');
      utimesSync(source, 1, 1);
      assert.equal(await importedNames(), 'VALUE');
      writeFileSync(source, 'value = 2\n');
      utimesSync(source, 1, 1);
      assert.equal(await importedNames(), 'value');
    });
  }

  test('with the hash of another source is not loaded', async () => {
    writeFileSync(source, 'value = 1\n');
    const { path, bytes } = await compile('TIMESTAMP');
    writeFileSync(path, checkByHash(bytes, Buffer.from('value = 2\n')));
    writeFileSync(source, 'other = 1\n');
    assert.equal(await importedNames(), 'other');
    rmSync(path);
  });

  test('is ignored in the same place as it was compiled', async () => {
    writeFileSync(source, 'value = 1\n');
    await compile('TIMESTAMP');
    writeFileSync(source, 'value = 2\n');
    utimesSync(source, 1, 1);
    assert.equal(await importValue(), '2');
  });

  test('is not fresh if the file is too short', () => {
    assert.ok(!isFresh(Buffer.alloc(8), { mtimeMs: 0, size: 0 }));
  });

  test('is not changed in the buffer that is passed in', async () => {
    writeFileSync(source, 'value = 1\n');
    const { bytes } = await compile('TIMESTAMP');
    const copy = Buffer.from(bytes);
    checkByHash(bytes, readFileSync(source));
    assert.ok(bytes.equals(copy));
  });
});
