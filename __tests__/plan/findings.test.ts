import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Finding } from '../../src/common/finding.ts';
import { asOption, spell } from '../../src/common/message.ts';
import type { Entry, Relocation } from '../../src/plan/entry.ts';
import { planFindings } from '../../src/plan/findings.ts';
import type { Reason } from '../../src/plan/reason.ts';
import type { SelectedFile } from '../../src/plan/selected-file.ts';
import { installedPackage } from '../support/plan/values.ts';

type Input = Parameters<typeof planFindings>[0];

const pkg = installedPackage('python3-x');
const owner = 'python3-x-1-1.noarch';
const requested: Reason = { kind: 'requested', request: 'x' };
const none: Input = {
  unmatched: [],
  modules: [],
  packages: new Map([[pkg, requested]]),
  files: new Map(),
  natives: new Map(),
  left: [],
  data: new Map(),
  missing: new Map(),
  commands: [],
  entries: [],
  added: [],
};

/** The entry of a file of the host. */
function entry(path: string, owned: string | undefined, relocation: Relocation = { kind: 'none' }): Entry {
  const source = { kind: 'host', host: `/usr/${path}`, digest: undefined, relocation } as const;
  return { path, mode: 0o644, mtime: 5, reason: requested, package: owned, type: 'file', source, size: 9 };
}

/** Selected files, by their paths on the host. */
function selected(...paths: string[]): ReadonlyMap<string, SelectedFile> {
  return new Map(
    paths.map((path) => [
      `/usr/${path}`,
      { host: `/usr/${path}`, path, reason: requested, owned: undefined, type: 'file' } as const,
    ]),
  );
}

/** The severity and the text of each finding. */
function texts(findings: readonly Finding[]): string[] {
  return findings.map(({ severity, message }) => `${severity}: ${spell(message, asOption)}`);
}

const imports = Array.from({ length: 101 }, (_, index) => `m${index}`);
const pth: Relocation = {
  kind: 'pth',
  moves: [
    ['/opt/packed', '../packed'],
    ['/opt/vendor', undefined],
  ],
};

const cases: { name: string; input: Partial<Input>; found: RegExp[] }[] = [
  {
    name: 'a glob that matches no file',
    input: { unmatched: [{ kind: 'exclude', pattern: '/usr/lib/**' }] },
    found: [/^remark: --exclude '\/usr\/lib\/\*\*' matches no file/],
  },
  {
    name: 'a module of which no file is packed',
    input: { modules: [{ request: 'x', package: pkg, imports: [] }], packages: new Map() },
    found: [/^remark: x: none of its files is packed.*--tests.*--include/],
  },
  {
    name: 'a module with more imports than verification tries',
    input: { modules: [{ request: 'x', package: pkg, imports }] },
    found: [/^remark: x: verification imports 100 of its 101 modules/],
  },
  {
    name: 'a module without a top-level module',
    input: { modules: [{ request: 'x', package: pkg, imports: [] }] },
    found: [/^remark: x: python3-x-1-1\.noarch has no top-level module/],
  },
  {
    name: 'nothing, if the package has a library, or if a path was requested',
    input: {
      modules: [
        { request: 'x', package: pkg, imports: [] },
        { request: '/usr/bin/x', package: pkg, imports: [] },
      ],
      entries: [entry('lib64/libx.so', owner, { kind: 'elf', runpath: '', strings: undefined })],
    },
    found: [],
  },
  {
    name: 'nothing about the interpreter, which is started anyway',
    input: {
      modules: [{ request: 'python3', package: pkg, imports: [] }],
      packages: new Map([[pkg, { kind: 'interpreter' }]]),
    },
    found: [],
  },
  {
    name: 'bytecode that is not packed although its source is',
    input: {
      files: selected('lib/__pycache__/a.cpython-312.pyc', 'lib/__pycache__/b.cpython-312.pyc', 'lib/c.pyc'),
      entries: ['lib/a.py', 'lib/b.py', 'lib/__pycache__/b.cpython-312.pyc'].map((path) =>
        entry(path, owner),
      ),
    },
    found: [/^remark: 1 of 2 \.pyc files are stale/],
  },
  {
    name: 'a file that no package owns',
    input: { entries: [entry('lib/owned.py', owner), entry('lib/own.py', undefined)] },
    found: [/^warning: \/usr\/lib\/own\.py .* no .*package/],
  },
  {
    name: 'a line of a .pth file that is left out',
    input: { entries: [entry('lib/a.pth', owner, pth)] },
    found: [/^warning: \/usr\/lib\/a\.pth puts \/opt\/vendor on sys\.path/],
  },
  {
    name: 'the remarks, then those about the start-up code, then the warnings',
    input: {
      entries: [entry('lib/own.py', undefined)],
      unmatched: [{ kind: 'include', pattern: 'x' }],
      added: [{ severity: 'remark', message: 'of the start-up code' }],
    },
    found: [/^remark: --include /, /^remark: of the start-up code$/, /^warning: /],
  },
];

describe('the findings are', () => {
  for (const { name, input, found } of cases) {
    test(name, () => {
      const lines = texts(planFindings({ ...none, ...input }));
      assert.equal(lines.length, found.length, lines.join('\n'));
      for (const [index, pattern] of found.entries()) assert.match(lines[index] ?? '', pattern);
    });
  }
});
