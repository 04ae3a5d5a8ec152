import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { Root } from '../../../src/host/root.ts';
import type { Entry } from '../../../src/plan/entry.ts';
import { addStartup } from '../../../src/plan/files/startup.ts';
import type { Interpreter } from '../../../src/python/interpreter.ts';
import { readContent } from '../../../src/relocate/content.ts';

const stdlib = '/usr/lib64/python3.12';
const interpreter: Interpreter = {
  path: '/usr/bin/python3.12',
  named: [],
  version: '3.12',
  release: '3.12.9',
  prefix: '/usr',
  stdlib,
  loader: '/usr/lib64/ld-linux-aarch64.so.1',
  identity: { class: 64, machine: 183, littleEndian: true },
  package: {
    name: 'python3',
    evr: '3.12.9-1',
    arch: 'aarch64',
    license: '',
    sourceRpm: '',
    url: '',
    vendor: '',
    buildTime: 1,
    digestAlgorithm: 'sha256',
    requires: [],
    provides: [],
    files: [],
  },
};

function entry(path: string): Entry {
  const source = {
    kind: 'host',
    host: `/usr/${path}`,
    digest: undefined,
    relocation: { kind: 'none' },
  } as const;
  const reason = { kind: 'interpreter' } as const;
  return { path, mode: 0o644, mtime: 5, reason, package: 'python3', type: 'file', source, size: 9 };
}

describe('the start-up code of a Python that this machine can not run', () => {
  let directory: string;
  before(() => {
    directory = mkdtempSync(join(tmpdir(), 'relopack-startup-'));
    const files = {
      [`${stdlib}/encodings/__init__.py`]: 'original = 1\n',
      [interpreter.path]: 'a program for another machine',
      [interpreter.loader]: 'a loader for another machine',
    };
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(join(directory, dirname(path)), { recursive: true });
      writeFileSync(join(directory, path), text, { mode: 0o755 });
    }
  });
  after(() => rmSync(directory, { recursive: true }));

  const encodings = 'lib64/python3.12/encodings';
  const planned = [
    entry(`${encodings}/__init__.py`),
    entry(`${encodings}/__pycache__/__init__.cpython-312.opt-1.pyc`),
    entry(`${encodings}/__pycache__/__init__.cpython-312.pyc`),
    entry(`${encodings}/__pycache__/aliases.cpython-312.pyc`),
    entry('lib/locale/C.utf8/LC_CTYPE'),
  ];

  test('goes in as source, without bytecode of what it was before, and that is said', async () => {
    const root = new Root(directory);
    const { entries, lacks } = await addStartup(planned, root, interpreter);
    assert.deepEqual(
      entries.map(({ path }) => path),
      [
        'lib/locale/C.utf8/LC_CTYPE',
        'lib64/python3.12/_relopack/__init__.py',
        'lib64/python3.12/_relopack/places.py',
        `${encodings}/__init__.py`,
        `${encodings}/__pycache__/aliases.cpython-312.pyc`,
      ],
    );
    assert.equal(lacks.length, 1);
    assert.match(lacks[0] ?? '', /this machine can not run the packed Python/);
    const edited = entries.find(({ path }) => path === `${encodings}/__init__.py`);
    assert.ok(edited?.type === 'file');
    const { bytes } = readContent(root, edited.source);
    assert.match(bytes.toString(), /^original = 1\n[\s\S]*\nstart\(\)\n/);
    assert.equal(bytes.length, edited.size);
  });

  test('a host without C.UTF-8 is told of', async () => {
    const { lacks } = await addStartup(planned.slice(0, 1), new Root(directory), interpreter);
    assert.equal(lacks.length, 1, 'no bytecode was wanted, so none is missed');
    assert.match(lacks[0] ?? '', /the host has no C\.UTF-8/);
  });
});
