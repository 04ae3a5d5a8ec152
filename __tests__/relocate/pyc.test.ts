import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { bytecodeHeaderSize, isFresh, isTimestamped, uncheck } from '../../src/python/pyc.ts';

/** The judge is a Python: of this machine, as the header's form has been the same since 3.7. */
const python = (...args: string[]) => execFileSync('python3', ['-B', '-S', ...args], { encoding: 'utf8' });

describe('bytecode', () => {
  let directory: string;
  let source: string;
  before(() => {
    directory = mkdtempSync(join(tmpdir(), 'bytecode-'));
    source = join(directory, 'mod.py');
    writeFileSync(source, 'value = 1\n');
  });
  after(() => rmSync(directory, { recursive: true }));

  function compile(mode: string): { path: string; bytes: Buffer } {
    const script =
      'import py_compile, sys; print(py_compile.compile(sys.argv[1], invalidation_mode=py_compile.PycInvalidationMode[sys.argv[2]]))';
    const path = python('-c', script, source, mode).trim();
    return { path, bytes: readFileSync(path) };
  }
  const importValue = () =>
    python(
      '-c',
      'import sys; sys.path.insert(0, sys.argv[1]); import mod; print(mod.value)',
      directory,
    ).trim();

  test('one that names the time of its source is fresh, and stale once the source is touched or grows', () => {
    const { bytes } = compile('TIMESTAMP');
    const header = bytes.subarray(0, bytecodeHeaderSize);
    const { mtimeMs, size } = statSync(source);
    assert.ok(isTimestamped(header));
    assert.ok(isFresh(header, { mtimeMs, size }));
    assert.ok(!isFresh(header, { mtimeMs: mtimeMs + 2000, size }));
    assert.ok(!isFresh(header, { mtimeMs, size: size + 1 }));
  });

  test('one that goes by a hash is left to its hash', () => {
    for (const mode of ['CHECKED_HASH', 'UNCHECKED_HASH']) {
      const header = compile(mode).bytes.subarray(0, bytecodeHeaderSize);
      assert.ok(!isTimestamped(header), mode);
      assert.ok(isFresh(header, { mtimeMs: 0, size: 0 }), mode);
    }
  });

  test('unchecked bytecode is loaded by Python whatever time its source has', () => {
    const { path, bytes } = compile('TIMESTAMP');
    writeFileSync(path, uncheck(bytes));
    writeFileSync(source, 'value = 2\n');
    utimesSync(source, 1, 1);
    assert.equal(importValue(), '1');
  });

  test('the bytecode as compiled would have been passed over in that place', () => {
    writeFileSync(source, 'value = 1\n');
    compile('TIMESTAMP');
    writeFileSync(source, 'value = 2\n');
    utimesSync(source, 1, 1);
    assert.equal(importValue(), '2');
  });

  test('a file that is too short to be bytecode is not fresh', () => {
    assert.ok(!isFresh(Buffer.alloc(8), { mtimeMs: 0, size: 0 }));
  });

  test('the input is not changed', () => {
    writeFileSync(source, 'value = 1\n');
    const { bytes } = compile('TIMESTAMP');
    const copy = Buffer.from(bytes);
    uncheck(bytes);
    assert.ok(bytes.equals(copy));
  });
});
