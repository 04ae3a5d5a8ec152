import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { before, describe, test } from 'node:test';
import type { Finding } from '../../../src/common/finding.ts';
import { asOption, spell } from '../../../src/common/message.ts';
import { openRoot } from '../../../src/host/root.ts';
import { addStartup } from '../../../src/plan/added/startup.ts';
import type { Entry } from '../../../src/plan/entry.ts';
import type { Interpreter } from '../../../src/python/interpreter.ts';
import { readContent } from '../../../src/relocate/content.ts';
import { scratch } from '../../support/scratch.ts';

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

/** The text of a remark; empty for anything else. */
function textOf(finding: Finding | undefined): string {
  return finding?.severity === 'remark' ? spell(finding.message, asOption) : '';
}

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

describe('the start-up code of a Python that this machine cannot run', () => {
  let directory: string;
  before(() => {
    directory = scratch();
    const files = {
      [`${stdlib}/encodings/__init__.py`]: 'original = 1\n',
      [`${stdlib}/site.py`]: '# ENABLE_USER_SITE = None\nENABLE_USER_SITE = None\nUSER_SITE = None\n',
      [interpreter.path]: 'a program for another machine',
      [interpreter.loader]: 'a loader for another machine',
    };
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(join(directory, dirname(path)), { recursive: true });
      writeFileSync(join(directory, path), text, { mode: 0o755 });
    }
  });

  const encodings = 'lib64/python3.12/encodings';
  const planned = [
    entry(`${encodings}/__init__.py`),
    entry(`${encodings}/__pycache__/__init__.cpython-312.opt-1.pyc`),
    entry(`${encodings}/__pycache__/__init__.cpython-312.pyc`),
    entry(`${encodings}/__pycache__/aliases.cpython-312.pyc`),
    entry('lib/locale/C.utf8/LC_CTYPE'),
    entry('lib64/python3.12/site.py'),
    entry('lib64/python3.12/__pycache__/site.cpython-312.pyc'),
  ];

  test('is packed as source only, with a remark; the bytecode of the original is not packed', async () => {
    const root = openRoot(directory);
    const { entries, findings } = await addStartup(planned, root, interpreter, []);
    assert.deepEqual(
      entries.map(({ path }) => path),
      [
        'lib/locale/C.utf8/LC_CTYPE',
        'lib64/python3.12/_relopack/__init__.py',
        'lib64/python3.12/_relopack/certificates.py',
        'lib64/python3.12/_relopack/default_locale.py',
        'lib64/python3.12/_relopack/executed.py',
        'lib64/python3.12/_relopack/patches/__init__.py',
        'lib64/python3.12/_relopack/patches/certifi.py',
        'lib64/python3.12/_relopack/patches/ctypes_util.py',
        'lib64/python3.12/_relopack/patches/ensurepip.py',
        'lib64/python3.12/_relopack/patches/pip_install.py',
        'lib64/python3.12/_relopack/patches/ssl.py',
        'lib64/python3.12/_relopack/patches/sysconfig.py',
        `${encodings}/__init__.py`,
        `${encodings}/__pycache__/aliases.cpython-312.pyc`,
        'lib64/python3.12/site.py',
      ],
    );
    assert.equal(findings.length, 1);
    assert.match(textOf(findings[0]), /this machine cannot run the packed Python/);
    const edited = entries.find(({ path }) => path === `${encodings}/__init__.py`);
    assert.ok(edited?.type === 'file');
    const { bytes } = readContent(root, edited.source);
    assert.match(bytes.toString(), /^original = 1\n[\s\S]*\nstart\(\)\n/);
    assert.equal(bytes.length, edited.size);
  });

  test('includes a site.py that ignores ~/.local', async () => {
    const root = openRoot(directory);
    const { entries } = await addStartup(planned, root, interpreter, []);
    const edited = entries.find(({ path }) => path === 'lib64/python3.12/site.py');
    assert.ok(edited?.type === 'file');
    const { bytes } = readContent(root, edited.source);
    assert.equal(bytes.toString(), '# ENABLE_USER_SITE = None\nENABLE_USER_SITE = False\nUSER_SITE = None\n');
    assert.equal(bytes.length, edited.size);
  });

  test('has a remark about a host without C.UTF-8', async () => {
    const { findings } = await addStartup(planned.slice(0, 1), openRoot(directory), interpreter, []);
    assert.equal(findings.length, 1, 'there is no remark about bytecode, as none was wanted');
    assert.match(textOf(findings[0]), /the host has no C\.UTF-8/);
  });
});
