import assert from 'node:assert/strict';
import { rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { closePackages } from '../../../src/plan/closure/closure.ts';
import { explain } from '../../../src/plan/reason.ts';
import type { InstalledPackage } from '../../../src/rpm/package.ts';
import { installedIn, installedPackage, interpreterOf } from '../../support/plan/values.ts';

const site = '/usr/lib/python3.9/site-packages';
const python = installedPackage('python3', {
  arch: 'x86_64',
  provides: ['python(abi) = 3.9'],
  files: ['/usr/bin/python3.9'],
});

/** A package with a module of Python 3.9. */
function module(name: string, requires: string[] = []): InstalledPackage {
  return installedPackage(name, { requires, files: [`${site}/${name}.py`] });
}

/** A package with data. */
function data(name: string, requires: string[]): InstalledPackage {
  return installedPackage(name, { requires, files: [`/usr/share/${name}/data`] });
}

/** A package with a program that is not a Python script. */
function system(name: string, requires: string[]): InstalledPackage {
  return installedPackage(name, { requires, files: [`/usr/bin/${name}`] });
}

/** A package of the same source as the application. */
function sibling(pkg: InstalledPackage): InstalledPackage {
  return { ...pkg, sourceRpm: 'app-1-1.src.rpm' };
}

interface Case {
  name: string;
  /** The Requires of the package `app`, which the user requests. */
  requires: string[];
  installed: InstalledPackage[];
  /** The content of files that is not a text. */
  contents?: Record<string, string>;
  links?: Record<string, string>;
  /** The packages that are packed because of it, with their reasons. */
  packed: Record<string, string>;
}

const cases: Case[] = [
  {
    name: 'its data that requires a module, and the module',
    requires: ['app-data'],
    installed: [data('app-data', ['lib']), module('lib')],
    packed: {
      'app-data': 'required by app-1-1.noarch (app-data)',
      lib: 'required by app-data-1-1.noarch (lib)',
    },
  },
  {
    name: 'a module that a system package requires, and not that package',
    requires: ['tool'],
    installed: [system('tool', ['lib']), module('lib')],
    packed: { lib: 'required by app-1-1.noarch → tool (lib)' },
  },
  {
    name: 'a module behind several system packages, with the whole chain as its reason',
    requires: ['tool'],
    installed: [system('tool', ['shell']), system('shell', ['lib >= 1']), module('lib')],
    packed: { lib: 'required by app-1-1.noarch → tool → shell (lib >= 1)' },
  },
  {
    name: 'its data behind a system package, if that requires a module',
    requires: ['tool'],
    installed: [system('tool', ['app-data']), data('app-data', ['lib']), module('lib')],
    packed: {
      'app-data': 'required by app-1-1.noarch → tool (app-data)',
      lib: 'required by app-data-1-1.noarch (lib)',
    },
  },
  {
    name: 'a module behind a module and a system package, and what that module requires',
    requires: ['lib'],
    installed: [module('lib', ['tool']), system('tool', ['more']), module('more', ['most']), module('most')],
    packed: {
      lib: 'required by app-1-1.noarch (lib)',
      more: 'required by lib-1-1.noarch → tool (more)',
      most: 'required by more-1-1.noarch (most)',
    },
  },
  {
    name: 'a system package of the same source, if it requires a module',
    requires: ['app-tool'],
    installed: [sibling(system('app-tool', ['lib'])), module('lib')],
    packed: {
      'app-tool': 'required by app-1-1.noarch (app-tool)',
      lib: 'required by app-tool-1-1.noarch (lib)',
    },
  },
  {
    name: 'every package with data on the way to a module, not only those of the first way',
    requires: ['data-a', 'data-b'],
    installed: [data('data-a', ['lib']), data('data-b', ['lib']), module('lib')],
    packed: {
      'data-a': 'required by app-1-1.noarch (data-a)',
      'data-b': 'required by app-1-1.noarch (data-b)',
      lib: 'required by data-a-1-1.noarch (lib)',
    },
  },
  {
    name: 'its data that only requires the interpreter',
    requires: ['app-data'],
    installed: [data('app-data', ['python(abi) = 3.9'])],
    packed: { 'app-data': 'required by app-1-1.noarch (app-data)' },
  },
  {
    name: 'a package with Python scripts among the programs, as if it was data',
    requires: ['tool'],
    installed: [system('tool', ['python3'])],
    contents: { '/usr/bin/tool': '#!/usr/bin/python3 -s\n' },
    packed: { tool: 'required by app-1-1.noarch (tool)' },
  },
  {
    name: 'no data that requires nothing of Python',
    requires: ['app-data', 'lib'],
    installed: [data('app-data', ['fonts']), data('fonts', []), module('lib')],
    packed: { lib: 'required by app-1-1.noarch (lib)' },
  },
  {
    name: 'no data of a system package that only requires the interpreter',
    requires: ['tool'],
    installed: [system('tool', ['policy']), data('policy', ['python3'])],
    packed: {},
  },
  {
    name: 'no package whose data is an ELF file',
    requires: ['app-data'],
    installed: [data('app-data', ['lib']), module('lib')],
    contents: { '/usr/share/app-data/data': '\x7fELF' },
    packed: { lib: 'required by app-1-1.noarch → app-data (lib)' },
  },
  {
    name: 'no package without files, which is only a part of the chain',
    requires: ['meta'],
    installed: [installedPackage('meta', { requires: ['lib'] }), module('lib')],
    packed: { lib: 'required by app-1-1.noarch → meta (lib)' },
  },
  {
    name: 'no data that requires a module of another Python',
    requires: ['app-data'],
    installed: [
      data('app-data', ['lib']),
      installedPackage('lib', { files: ['/usr/lib/python3.12/site-packages/lib.py'] }),
    ],
    packed: {},
  },
  {
    name: 'no package of the same source that only leads back to it',
    requires: ['app-perl', 'python3'],
    installed: [sibling(system('app-perl', ['app']))],
    packed: {},
  },
  {
    name: 'nothing that a second name of the interpreter requires',
    requires: ['python39'],
    installed: [
      installedPackage('python39', { requires: ['pip'], files: ['/usr/bin/python39'] }),
      module('pip'),
    ],
    links: { '/usr/bin/python39': 'python3.9' },
    packed: {},
  },
];

describe('an application is packed with', () => {
  for (const { name, requires, installed: others, contents = {}, links = {}, packed } of cases) {
    it(name, () => {
      const app = sibling(installedPackage('app', { requires, files: ['/usr/bin/app'] }));
      const installed = installedIn([python, app, ...others]);
      for (const [path, text] of Object.entries(contents))
        writeFileSync(join(installed.root.path, path), text);
      for (const [path, target] of Object.entries(links)) {
        rmSync(join(installed.root.path, path));
        symlinkSync(target, join(installed.root.path, path));
      }
      const { packages } = closePackages(installed, interpreterOf(python, '3.9'), [
        { request: 'app', package: app },
      ]);
      const [first, second, ...more] = packages;
      assert.deepEqual([first?.[0].name, second?.[0].name], ['python3', 'app']);
      assert.deepEqual(Object.fromEntries(more.map(([pkg, reason]) => [pkg.name, explain(reason)])), packed);
    });
  }

  it('the libraries that its data requires, as Python code there may load them, and not those of its programs', () => {
    const library = (name: string) => installedPackage(name, { files: [`/usr/lib64/${name}.so`] });
    const app = sibling(installedPackage('app', { requires: ['app-data', 'app-tool'] }));
    const installed = installedIn([
      ...[python, app, data('app-data', ['lib', 'liba']), sibling(system('app-tool', ['lib', 'libb']))],
      ...[module('lib'), library('liba'), library('libb')],
    ]);
    const { outward } = closePackages(installed, interpreterOf(python, '3.9'), [
      { request: 'app', package: app },
    ]);
    const ofChain = outward.filter(({ by }) => by !== app);
    assert.deepEqual(
      ofChain.map(({ by, provider }) => [by.name, provider.name]),
      [['app-data', 'liba']],
    );
  });

  it('nothing that only the interpreter requires by way of a system package', () => {
    const host = installedPackage('python3', { arch: 'x86_64', requires: ['tool'] });
    const app = installedPackage('app', { requires: ['python3'], files: ['/usr/bin/app'] });
    const installed = installedIn([host, app, system('tool', ['lib']), module('lib')]);
    const { packages } = closePackages(installed, interpreterOf(host, '3.9'), [
      { request: 'app', package: app },
    ]);
    assert.deepEqual(
      [...packages.keys()].map((pkg) => pkg.name),
      ['python3', 'app'],
    );
  });
});
