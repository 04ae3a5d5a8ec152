import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { sharedTree } from '../../support/packed/packed.ts';
import { type ForeignRoots, foreignRoots, type InRoot, inRoot } from '../../support/rpm-host/targets.ts';
import { must } from '../../support/run.ts';
import { scratch } from '../../support/scratch.ts';

const tree = '/opt/my py';
const imports =
  'import asyncio, cryptography.fernet, ctypes.util, curses, json, requests, ssl, sysconfig, yaml, zoneinfo';

describe('bytecode', () => {
  let roots: ForeignRoots;
  let packed: string;
  before(async () => {
    [roots, packed] = [await foreignRoots(), await sharedTree()];
  });

  /** The file that the code of each module came from, as `-v` prints it. */
  async function origins(options: InRoot): Promise<string[]> {
    const argv = [`${tree}/bin/python3`, '-v', '-c', imports];
    const { code, stderr } = await inRoot(roots.busybox, argv, { env: { TERM: 'vt100' }, ...options });
    assert.equal(code, 0, stderr);
    assert.deepEqual(stderr.match(/^# (?:wrote|could not create) .*/gm), null);
    return [...stderr.matchAll(/^# code object from '?([^'\n]+)'?/gm)].map(([, origin = '']) => origin);
  }
  const compiledAnew = (found: string[]) => found.filter((origin) => !origin.endsWith('.pyc'));

  test('is packed for every module that a program imports, including the start-up code, in a read-only tree', async () => {
    const found = await origins({ readOnly: { [packed]: tree } });
    assert.ok(found.length > 200, `${found.length} modules`);
    for (const module of [
      'encodings/__pycache__/__init__',
      '_relopack/__pycache__/__init__',
      '_relopack/__pycache__/certificates',
      '_relopack/patches/__pycache__/__init__',
      '_relopack/patches/__pycache__/ssl',
    ])
      assert.ok(found.includes(`${tree}/lib64/python3.11/${module}.cpython-311.pyc`), module);
    assert.deepEqual(compiledAnew(found), []);
  });

  test('stays valid for any times of the unpacked files, and none is written', async () => {
    const copy = join(scratch('bytecode-'), 'copy');
    await must('cp', ['-r', '--', packed, copy]);
    await must('find', [copy, '-name', '*.py', '-exec', 'touch', '-d', '2001-01-01', '{}', '+']);
    const files = () => readdirSync(copy, { recursive: true }).length;
    const before = files();
    assert.deepEqual(compiledAnew(await origins({ binds: { [copy]: tree } })), []);
    assert.equal(files(), before);
  });
});
