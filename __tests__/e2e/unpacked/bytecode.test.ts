import assert from 'node:assert/strict';
import { appendFileSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { hashScript } from '../../support/packed/bytecode.ts';
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

  test('has the hash of its source as the packed Python computes it, and is checked by it', async () => {
    const argv = [`${tree}/bin/python3`, '-c', hashScript];
    const { stdout, stderr } = await inRoot(roots.busybox, argv, { readOnly: { [packed]: tree } });
    assert.match(`${stdout}${stderr}`, /^\d{3,} \[\]\n$/);
  });

  test('does not hide an edited source at the next start, also if the time and size of the source are the same', async () => {
    const copy = join(scratch('bytecode-'), 'copy');
    await must('cp', ['-a', '--', packed, copy]);
    const stdlib = join(copy, 'lib64/python3.11');
    const edits = [
      ['json/__init__.py', '__version__ = '],
      ['_relopack/patches/__init__.py', '# edited'],
      ['encodings/__init__.py', '# edited'],
      ['encodings/utf_8.py', 'edited = 1'],
    ] as const;
    for (const [path, text] of edits)
      appendFileSync(join(stdlib, path), `\n${text}\n`.replace(/= $/m, "= 'x'"));
    const same = join(copy, 'lib/python3.11/site-packages/idna/package_data.py');
    const { atime, mtime, size } = statSync(same);
    writeFileSync(same, readFileSync(same, 'latin1').replace(/\d/, '9'), 'latin1');
    utimesSync(same, atime, mtime);
    assert.equal(statSync(same).size, size);
    const script =
      'import json, encodings.utf_8, idna; print(json.__version__, encodings.utf_8.edited, idna.__version__)';
    const argv = [`${tree}/bin/python3`, '-c', script];
    const { stdout, stderr } = await inRoot(roots.busybox, argv, { readOnly: { [copy]: tree } });
    assert.match(`${stdout}${stderr}`, /^x 1 9\S+\n$/);
    const env = { TERM: 'vt100', PYTHONDONTWRITEBYTECODE: '1' };
    const found = compiledAnew(await origins({ env, readOnly: { [copy]: tree } }));
    assert.deepEqual(
      found.map((path) => path.slice(tree.length + 1)).sort(),
      [
        'lib/python3.11/site-packages/idna/package_data.py',
        ...edits.map(([path]) => `lib64/python3.11/${path}`),
      ].sort(),
    );
  });
});
