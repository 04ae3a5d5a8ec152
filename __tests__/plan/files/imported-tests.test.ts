import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import type { PlanOptions } from '../../../src/plan/plan.ts';
import { explain } from '../../../src/plan/reason.ts';
import type { Installed } from '../../../src/rpm/installed.ts';
import { type Content, type MadePackage, makeHost, planOf } from '../../support/plan/host.ts';
import { base, module, python39 } from '../../support/plan/python.ts';
import { scratch } from '../../support/scratch.ts';

const site = '/usr/lib/python3.9/site-packages';

/** A module with tests of its own, of which it imports some. Texts are sources below its directory. */
function withTests(
  name: string,
  sources: Record<string, string>,
  files: Record<string, Content> = {},
): MadePackage {
  const tests = {
    'tests/__init__.py': '',
    'tests/runner.py': '',
    'tests/test_it.py': '',
    'tests/data.json': '{}',
  };
  const own = Object.entries({ ...tests, ...sources });
  const made = own.map(([path, text]) => [`${site}/${name}/${path}`, { text }] as const);
  return module(name, '3.9', { files: { ...Object.fromEntries(made), ...files } });
}

interface Case {
  name: string;
  sources: Record<string, string>;
  files?: Record<string, Content>;
  /** The packed tests, below the directory of the module, with the importing file. */
  packed: Record<string, string>;
}

const init = {
  'tests/__init__.py': '__init__.py',
  'tests/data.json': '__init__.py',
  'tests/runner.py': '__init__.py',
};
const cases: Case[] = [
  { name: 'by nothing', sources: {}, packed: {} },
  {
    name: 'by a relative import',
    sources: { '__init__.py': 'from .tests.runner import Runner\n' },
    packed: init,
  },
  {
    name: 'by a relative import of modules',
    sources: { '__init__.py': 'from .tests import runner\n' },
    packed: init,
  },
  {
    name: 'by an absolute import',
    sources: { '__init__.py': 'import NAME.tests.runner\n' },
    packed: init,
  },
  {
    name: 'in a function, when it is called',
    sources: { '__init__.py': 'def selftest():\n    from .tests.runner import Runner\n' },
    packed: init,
  },
  {
    name: 'from a package below',
    sources: { 'sub/__init__.py': '', 'sub/a.py': 'from ..tests import runner\n' },
    packed: { 'tests/__init__.py': 'sub/a.py', 'tests/data.json': 'sub/a.py', 'tests/runner.py': 'sub/a.py' },
  },
  {
    name: 'by another test that is imported',
    sources: { '__init__.py': 'from . import tests\n', 'tests/__init__.py': 'from .runner import Runner\n' },
    packed: { ...init, 'tests/runner.py': 'tests/__init__.py' },
  },
  {
    name: 'by a test with its bytecode',
    sources: { '__init__.py': 'from .tests import runner\n' },
    files: { 'tests/runner.pyc': { text: '' }, 'tests/runner.opt-1.pyc': { text: '' } },
    packed: { ...init, 'tests/runner.pyc': '__init__.py' },
  },
  {
    name: 'by an entry point',
    sources: {},
    files: {
      '../NAME-1.0.dist-info/entry_points.txt': {
        text: '[console_scripts]\nNAME-test = NAME.tests.runner:main [extra]\n',
      },
    },
    packed: {
      'tests/__init__.py': '../NAME-1.0.dist-info/entry_points.txt',
      'tests/data.json': '../NAME-1.0.dist-info/entry_points.txt',
      'tests/runner.py': '../NAME-1.0.dist-info/entry_points.txt',
    },
  },
  {
    name: 'by a console script',
    sources: {},
    files: {
      '/usr/bin/NAME': { text: '#!/usr/bin/python3\nfrom NAME.tests.runner import main\n', mode: 0o755 },
    },
    packed: {
      'tests/__init__.py': '/usr/bin/NAME',
      'tests/data.json': '/usr/bin/NAME',
      'tests/runner.py': '/usr/bin/NAME',
    },
  },
  {
    name: 'by a program in share, from its own directory',
    sources: {},
    files: {
      '/usr/share/NAME/app.py': { text: 'from tests import helper\n' },
      '/usr/share/NAME/tests/helper.py': { text: '' },
      '/usr/share/NAME/tests/test_app.py': { text: '' },
    },
    packed: { '/usr/share/NAME/tests/helper.py': '/usr/share/NAME/app.py' },
  },
  {
    name: 'only by a docstring, or if it is run as a program',
    sources: {
      '__init__.py':
        '"""\nfrom .tests import runner\n"""\nif __name__ == "__main__":\n    from .tests import runner\n',
    },
    packed: {},
  },
  { name: 'by a test only', sources: { 'tests/test_it.py': 'from . import runner\n' }, packed: {} },
];

/** Texts and paths with the name of the module in the place of NAME. */
function named(text: string, index: number): string {
  return text.replaceAll('NAME', `m${index}`);
}

const packages = cases.map(({ sources, files = {} }, index) => {
  const place = (path: string) =>
    path.startsWith('/')
      ? named(path, index)
      : `${site}/m${index}/${named(path, index)}`.replace(/\/m\d+\/\.\./, '');
  const content = (given: Content) =>
    'text' in given ? { ...given, text: named(given.text, index) } : given;
  const own = Object.entries(sources).map(([path, text]) => [path, named(text, index)] as const);
  const more = Object.entries(files).map(([path, given]) => [place(path), content(given)] as const);
  return withTests(`m${index}`, Object.fromEntries(own), Object.fromEntries(more));
});

let installed: Installed;
before(async () => {
  const other = module('other', '3.9', {
    requires: ['python3-m0'],
    files: { [`${site}/other/more.py`]: { text: 'from m0.tests.runner import Runner\n' } },
  });
  installed = await (await makeHost(scratch(), [...base(), ...python39(), ...packages, other])).read();
});

async function testsOf(word: string, options: Partial<PlanOptions> = {}): Promise<Record<string, string>> {
  const { entries } = await planOf(installed, { modules: [word], ...options });
  const tests = entries.filter(({ path }) => path.includes('/tests/'));
  return Object.fromEntries(tests.map(({ path, reason }) => [`/usr/${path}`, explain(reason)]));
}

describe('tests are packed that are imported', () => {
  for (const [index, { name, packed }] of cases.entries()) {
    it(name, async () => {
      const host = (path: string) =>
        named(path.startsWith('/') ? path : `${site}/NAME/${path}`, index).replace(/\/m\d+\/\.\./, '');
      const expected = Object.entries(packed).map(([path, by]) => [host(path), `imported by ${host(by)}`]);
      assert.deepEqual(await testsOf(`python3-m${index}`), Object.fromEntries(expected));
    });
  }

  it('by another package', async () => {
    const by = `imported by ${site}/other/more.py`;
    assert.deepEqual(await testsOf('python3-other'), {
      [`${site}/m0/tests/__init__.py`]: by,
      [`${site}/m0/tests/data.json`]: by,
      [`${site}/m0/tests/runner.py`]: by,
    });
  });

  it('unless they are excluded', async () => {
    const globs = [{ kind: 'exclude' as const, pattern: '**/tests/**' }];
    assert.deepEqual(await testsOf('python3-m1', { globs }), {});
  });
});
