import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { openRoot } from '../../../src/host/root.ts';
import { layOut } from '../../../src/plan/files/layout.ts';
import { type FileChoice, Rules } from '../../../src/plan/files/rules.ts';
import { selectFiles } from '../../../src/plan/files/selection.ts';
import { sharedDirectories } from '../../../src/plan/libraries/ld-so-conf.ts';
import { LibrarySearch } from '../../../src/plan/libraries/search.ts';
import type { Interpreter } from '../../../src/python/interpreter.ts';
import { Installed } from '../../../src/rpm/installed.ts';
import { FileFlag, type InstalledPackage } from '../../../src/rpm/package.ts';
import { scratch } from '../../support/scratch.ts';

const script = '#!/usr/bin/python3\n';
const choice: FileChoice = { bytecode: true, scripts: true, tests: false, globs: [] };

interface Case {
  name: string;
  /** The files on the disk: contents, and links as `→ TARGET`. */
  files: Record<string, string>;
  /** Those of the files that no package owns, and those that are %ghost. */
  unowned?: string[];
  ghosts?: string[];
  choice?: Partial<FileChoice>;
  /** The expected files in bin: links as `→ TARGET`, and others with the kind of their relocation. */
  bin: Record<string, string>;
}

const cases: Case[] = [
  { name: 'a script is packed', files: { '/usr/bin/tool': script }, bin: { tool: 'script' } },
  {
    name: 'a script for another Python is not packed',
    files: { '/usr/bin/tool': '#!/usr/bin/python3.9\n', '/usr/bin/old': '#!/usr/bin/python2\n' },
    bin: {},
  },
  {
    name: 'a script for this version, or without a version, is packed',
    files: { '/usr/bin/tool': '#!/usr/bin/python3.11 -s\n', '/usr/bin/any': '#!/usr/bin/env python\n' },
    bin: { tool: 'script', any: 'script' },
  },
  {
    name: 'scripts for sh are not packed',
    files: {
      '/usr/bin/config': '#!/bin/sh\n',
      '/usr/sbin/daemon': '#!/bin/bash\n',
    },
    bin: {},
  },
  {
    name: 'a script that prints compiler options is packed, although it is for sh, and so is a link to it',
    files: {
      '/usr/bin/python3-config': '→ python3.11-config',
      '/usr/bin/python3.11-config': '#!/bin/sh\n',
      '/usr/bin/python3.11-x86_64-config': '#!/bin/sh\n',
    },
    bin: {
      'python3-config': '→ python3.11-config',
      'python3.11-config': 'config-script',
      'python3.11-x86_64-config': 'config-script',
    },
  },
  {
    name: 'a script that prints compiler options for another Python is not packed',
    files: { '/usr/bin/python3-config': '→ python3.9-config', '/usr/bin/python3.9-config': '#!/bin/sh\n' },
    bin: {},
  },
  {
    name: 'a program is packed by --include',
    files: { '/usr/bin/config': '#!/bin/sh\n' },
    choice: { globs: [{ kind: 'include', pattern: 'bin/*' }] },
    bin: { config: 'none' },
  },
  {
    name: 'a script is left out by --exclude',
    files: { '/usr/bin/tool': script, '/usr/bin/other': script },
    choice: { globs: [{ kind: 'exclude', pattern: 'bin/tool' }] },
    bin: { other: 'script' },
  },
  {
    name: 'no script is packed with --no-scripts',
    files: { '/usr/bin/tool': script },
    choice: { scripts: false },
    bin: {},
  },
  {
    name: 'a script is packed by --include and --no-scripts, and relocated',
    files: { '/usr/bin/tool': script, '/usr/bin/other': script },
    choice: { scripts: false, globs: [{ kind: 'include', pattern: 'bin/tool' }] },
    bin: { tool: 'script' },
  },
  { name: 'a script in sbin is packed in bin', files: { '/usr/sbin/tool': script }, bin: { tool: 'script' } },
  {
    name: 'a link from bin to a script of the same name in sbin becomes the script',
    files: { '/usr/bin/tool': '→ ../sbin/tool', '/usr/sbin/tool': script },
    bin: { tool: 'script' },
  },
  {
    name: 'a script is packed once if sbin is a link to bin',
    files: { '/usr/bin/tool': script, '/usr/sbin': '→ bin' },
    unowned: ['/usr/sbin'],
    bin: { tool: 'script' },
  },
  {
    name: 'a link to a script stays a link',
    files: { '/usr/bin/tool-3': script, '/usr/bin/tool': '→ tool-3' },
    bin: { 'tool-3': 'script', tool: '→ tool-3' },
  },
  {
    name: 'alternatives are followed, although they are %ghost in the database',
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
    name: 'links to other files or to nothing are not packed',
    files: { '/usr/bin/tool': '→ ../lib/tool', '/usr/lib/tool': 'text', '/usr/bin/none': '→ nowhere' },
    bin: {},
  },
  {
    name: 'a script that no package owns is not packed',
    files: { '/usr/bin/tool': script, '/usr/bin/local': script },
    unowned: ['/usr/bin/local'],
    bin: { tool: 'script' },
  },
  {
    name: 'a link to a script in another directory stays a link, and the script is packed',
    files: {
      '/usr/bin/tool': '→ ../share/tool/main.py',
      '/usr/share/tool/main.py': script,
      '/usr/bin/other': '→ ../libexec/other',
      '/usr/libexec/other': script,
      '/usr/bin/third': '→ /opt/third/run',
      '/opt/third/run': script,
    },
    bin: {
      tool: '→ ../share/tool/main.py',
      other: '→ ../libexec/other',
      third: '→ ../host/opt/third/run',
    },
  },
  {
    name: 'a script whose first line sets a variable is packed',
    files: { '/usr/bin/tool': '#!/usr/bin/env -S A=1 python3 -s\n' },
    bin: { tool: 'script' },
  },
  {
    name: 'a script for sh that only starts a packed script or module is packed, with the script',
    files: {
      '/usr/bin/module': '#!/bin/sh\nexec /usr/bin/python3 -m tool "$@"\n',
      '/usr/bin/path': '#!/bin/bash -e\nexec python3 /opt/tool/main.py "$@"\n',
      '/opt/tool/main.py': 'pass',
    },
    bin: { module: 'wrapper', path: 'wrapper' },
  },
  {
    name: 'a script for sh that starts something that is not packed is not packed',
    files: {
      '/usr/bin/none': '#!/bin/sh\nexec python3 /usr/share/none.py "$@"\n',
      '/usr/bin/other': '#!/bin/sh\nexec python3.9 -m tool "$@"\n',
      '/usr/bin/perl': '#!/bin/sh\nexec /usr/share/tool.pl "$@"\n',
      '/usr/share/tool.pl': '#!/usr/bin/perl\n',
    },
    bin: {},
  },
  {
    name: 'a script in a folder below bin is not packed',
    files: { '/usr/bin/folder/tool': script },
    bin: {},
  },
];

describe('console scripts', () => {
  for (const { name, files, unowned = [], ghosts = [], choice: own, bin } of cases) {
    test(name, () => {
      const directory = scratch();
      const present = { '/usr/bin/python3.11': 'the interpreter', ...files };
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
  const common = { mode: 0o100755, size: 0, mtime: 1, digest: '', state: 0 };
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

/** The entries in the archive's bin for a package. */
function binOf(directory: string, pkg: InstalledPackage, rules: FileChoice): Record<string, string> {
  const installed = new Installed(openRoot(directory), [pkg]);
  const interpreter: Interpreter = {
    ...{ path: '/usr/bin/python3.11', version: '3.11', release: '3.11.2', prefix: '/usr' },
    ...{ stdlib: '/usr/lib64/python3.11', loader: '/usr/lib64/ld-linux-x86-64.so.2', package: pkg },
    identity: { class: 64, littleEndian: true, machine: 62 },
    named: [],
  };
  const search = new LibrarySearch(
    installed.root,
    interpreter.identity,
    sharedDirectories(installed.root, interpreter.prefix),
  );
  const { files, natives } = selectFiles(
    { installed, interpreter, search, rules: new Rules(rules, interpreter.version) },
    { packages: new Map([[pkg, { kind: 'requested', request: 'tool' }]]), outward: [] },
  );
  const runpaths = { byFile: new Map(), shared: [], unfit: new Map() };
  const times = { missing: 1, latest: 1 };
  const layout = layOut({
    ...{ installed, interpreter, files, natives, runpaths, times },
    libraryDirectory: 'lib64',
  });
  const programs = layout.entries.filter(({ path }) => path.startsWith('bin/'));
  return Object.fromEntries(
    programs.map((entry) => {
      const name = entry.path.slice('bin/'.length);
      if (entry.type === 'symlink') return [name, `→ ${entry.target}`];
      assert.ok(entry.type === 'file' && entry.source.kind === 'host');
      return [name, entry.source.relocation.kind];
    }),
  );
}
