import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, test } from 'node:test';
import { Root } from '../../../src/host/root.ts';
import { Layout } from '../../../src/plan/files/layout.ts';
import { type Choice, Rules } from '../../../src/plan/files/rules.ts';
import { Selection } from '../../../src/plan/files/selection.ts';
import { Runpaths } from '../../../src/plan/libraries/runpath.ts';
import type { Interpreter } from '../../../src/python/interpreter.ts';
import { Installed } from '../../../src/rpm/installed.ts';
import { FileFlag, type InstalledPackage } from '../../../src/rpm/package.ts';

const script = '#!/usr/bin/python3\n';
const choice: Choice = { bytecode: true, scripts: true, tests: false, globs: [] };

interface Case {
  name: string;
  /** What stands on the disk: contents, and links by `→ TARGET`. */
  files: Record<string, string>;
  /** Of these, what no package owns, and what is owned as a %ghost. */
  unowned?: string[];
  ghosts?: string[];
  choice?: Partial<Choice>;
  /** What is in bin then: links by `→ TARGET`, else how it was relocated. */
  bin: Record<string, string>;
}

const cases: Case[] = [
  { name: 'a script goes in', files: { '/usr/bin/tool': script }, bin: { tool: 'script' } },
  {
    name: 'a script with another Python’s version stays out',
    files: { '/usr/bin/tool': '#!/usr/bin/python3.9\n', '/usr/bin/old': '#!/usr/bin/python2\n' },
    bin: {},
  },
  {
    name: 'a script with this version, or with none, goes in',
    files: { '/usr/bin/tool': '#!/usr/bin/python3.11 -s\n', '/usr/bin/any': '#!/usr/bin/env python\n' },
    bin: { tool: 'script', any: 'script' },
  },
  {
    name: 'programs and scripts for sh stay out',
    files: {
      '/usr/bin/tool': '\x7fELF',
      '/usr/bin/config': '#!/bin/sh\n',
      '/usr/sbin/daemon': '#!/bin/bash\n',
    },
    bin: {},
  },
  {
    name: 'a program is brought back by --include',
    files: { '/usr/bin/config': '#!/bin/sh\n' },
    choice: { globs: [{ kind: 'include', pattern: 'bin/*' }] },
    bin: { config: 'none' },
  },
  {
    name: 'a script is kept out by --exclude',
    files: { '/usr/bin/tool': script, '/usr/bin/other': script },
    choice: { globs: [{ kind: 'exclude', pattern: 'bin/tool' }] },
    bin: { other: 'script' },
  },
  {
    name: 'none goes in with --no-scripts',
    files: { '/usr/bin/tool': script },
    choice: { scripts: false },
    bin: {},
  },
  {
    name: 'one is brought back by --include all the same, and relocated',
    files: { '/usr/bin/tool': script, '/usr/bin/other': script },
    choice: { scripts: false, globs: [{ kind: 'include', pattern: 'bin/tool' }] },
    bin: { tool: 'script' },
  },
  { name: 'what is in sbin goes to bin', files: { '/usr/sbin/tool': script }, bin: { tool: 'script' } },
  {
    name: 'a link from bin to sbin of the same name is the script itself',
    files: { '/usr/bin/tool': '→ ../sbin/tool', '/usr/sbin/tool': script },
    bin: { tool: 'script' },
  },
  {
    name: 'where sbin is a link to bin, there is one',
    files: { '/usr/bin/tool': script, '/usr/sbin': '→ bin' },
    unowned: ['/usr/sbin'],
    bin: { tool: 'script' },
  },
  {
    name: 'a link to a script stays one',
    files: { '/usr/bin/tool-3': script, '/usr/bin/tool': '→ tool-3' },
    bin: { 'tool-3': 'script', tool: '→ tool-3' },
  },
  {
    name: 'alternatives are followed, a %ghost in the database as they are',
    files: {
      '/usr/bin/tool-3': script,
      '/usr/bin/tool': '→ /etc/alternatives/tool',
      '/etc/alternatives/tool': '→ /usr/bin/tool-3',
    },
    ghosts: ['/usr/bin/tool', '/etc/alternatives/tool'],
    bin: { 'tool-3': 'script', tool: '→ tool-3' },
  },
  {
    name: 'a link to the interpreter leads to the launcher',
    files: {
      '/usr/bin/python': '→ /etc/alternatives/python',
      '/etc/alternatives/python': '→ /usr/bin/python3.11',
    },
    ghosts: ['/usr/bin/python'],
    bin: { python: '→ python3.11' },
  },
  {
    name: 'links to what is no script, and to nothing, stay out',
    files: { '/usr/bin/tool': '→ ../lib/tool', '/usr/lib/tool': 'text', '/usr/bin/none': '→ nowhere' },
    bin: {},
  },
  {
    name: 'a script that no package owns stays out',
    files: { '/usr/bin/tool': script, '/usr/bin/local': script },
    unowned: ['/usr/bin/local'],
    bin: { tool: 'script' },
  },
  {
    name: 'a script in a folder below bin stays out',
    files: { '/usr/bin/folder/tool': script },
    bin: {},
  },
];

describe('console scripts', () => {
  for (const { name, files, unowned = [], ghosts = [], choice: own, bin } of cases) {
    test(name, () => {
      const directory = mkdtempSync(join(tmpdir(), 'relopack-scripts-'));
      after(() => rmSync(directory, { recursive: true }));
      const present = { '/usr/bin/python3.11': '\x7fELF', ...files };
      for (const [path, text] of Object.entries(present)) {
        mkdirSync(dirname(join(directory, path)), { recursive: true });
        if (text.startsWith('→ ')) symlinkSync(text.slice(2), join(directory, path));
        else writeFileSync(join(directory, path), text, { mode: 0o755 });
      }
      const pkg = packageOf(
        Object.keys(present).filter((path) => !unowned.includes(path)),
        ghosts,
      );
      assert.deepEqual(binOf(directory, pkg, { ...choice, ...own }), bin);
    });
  }
});

function packageOf(paths: string[], ghosts: string[]): InstalledPackage {
  const common = { mode: 0o100755, size: 0, mtime: 1, linkTo: '', digest: '', state: 0 };
  return {
    ...{
      name: 'tool',
      evr: '1-1',
      arch: 'noarch',
      license: '',
      sourceRpm: '',
      url: '',
      vendor: '',
      buildTime: 1,
    },
    ...{ digestAlgorithm: 'sha256', requires: [], provides: [] },
    files: paths.map((path) => ({ ...common, path, flags: ghosts.includes(path) ? FileFlag.ghost : 0 })),
  };
}

/** What a package of these files has in the archive's bin. */
function binOf(directory: string, pkg: InstalledPackage, rules: Choice): Record<string, string> {
  const installed = new Installed(new Root(directory), [pkg]);
  const interpreter: Interpreter = {
    ...{ path: '/usr/bin/python3.11', version: '3.11', release: '3.11.2', prefix: '/usr' },
    ...{ stdlib: '/usr/lib64/python3.11', loader: '/usr/lib64/ld-linux-x86-64.so.2', package: pkg },
    identity: { class: 64, littleEndian: true, machine: 62 },
    named: [],
  };
  const selection = new Selection(installed, interpreter, new Rules(rules, interpreter.version));
  selection.addFile(interpreter.path, { kind: 'interpreter' });
  selection.addPackage(pkg, { kind: 'requested', word: 'tool' });
  const natives = new Map();
  const runpaths = new Runpaths(installed.root, interpreter, selection, natives);
  const time = { missing: 1, latest: 1 };
  const material = { installed, interpreter, selection, natives, runpaths, libraryDirectory: 'lib64', time };
  const programs = new Layout(material).entries.filter(({ path }) => path.startsWith('bin/'));
  return Object.fromEntries(
    programs.map((entry) => {
      const name = entry.path.slice('bin/'.length);
      if (entry.type === 'symlink') return [name, `→ ${entry.target}`];
      assert.ok(entry.type === 'file' && entry.source.kind === 'host');
      return [name, entry.source.relocation.kind];
    }),
  );
}
