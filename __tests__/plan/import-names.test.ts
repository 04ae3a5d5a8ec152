import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { importNames } from '../../src/plan/import-names.ts';
import type { PlanOptions } from '../../src/plan/plan.ts';
import type { Installed } from '../../src/rpm/installed.ts';
import { type Content, makeHost, planOf } from '../support/plan/host.ts';
import { base, module, python39 } from '../support/plan/python.ts';
import { installedPackage, interpreterOf } from '../support/plan/values.ts';
import { scratch } from '../support/scratch.ts';

const site = 'lib/python3.9/site-packages';
const platform = 'lib64/python3.9/site-packages';
const standard = 'lib64/python3.9';
const directory = scratch();
const tag = 'cpython-39-x86_64-linux-gnu';

describe('the names to import', () => {
  const interpreter = interpreterOf(installedPackage('python3'), '3.9');
  const cases: { name: string; paths: string[]; imports: string[] }[] = [
    {
      name: 'are those of packages and modules at the top of both directories of site-packages',
      paths: [`${site}/one/__init__.py`, `${site}/two.py`, `${platform}/three/__init__.py`],
      imports: ['one', 'three', 'two'],
    },
    {
      name: 'are those of extension modules, whatever tag of this Python they have',
      paths: [`plain.so`, `tagged.${tag}.so`, `stable.abi3.so`, `whole/__init__.${tag}.so`].map(
        (path) => `${platform}/${path}`,
      ),
      imports: ['plain', 'stable', 'tagged', 'whole'],
    },
    {
      name: 'are not those of extension modules for other builds of Python',
      paths: [`debug.cpython-39d-x86_64-linux-gnu.so`, 'newer.cpython-312-x86_64-linux-gnu.so'].map(
        (path) => `${platform}/${path}`,
      ),
      imports: [],
    },
    {
      name: 'are those of modules that come without their source',
      paths: [`${site}/one/__init__.pyc`, `${site}/two.pyc`],
      imports: ['one', 'two'],
    },
    {
      name: 'are those of private extension modules too',
      paths: [`${platform}/_cffi_backend.${tag}.so`, `${site}/cffi/__init__.py`],
      imports: ['_cffi_backend', 'cffi'],
    },
    {
      name: 'are not those of other private modules, which others import as they need them',
      paths: [`${site}/_yaml/__init__.py`, `${site}/_old.py`, `${site}/yaml/__init__.py`],
      imports: ['yaml'],
    },
    {
      name: 'are those of private modules where there are no others',
      paths: [`${site}/_distutils_hack/__init__.py`, `${site}/_virtualenv.py`],
      imports: ['_distutils_hack', '_virtualenv'],
    },
    {
      name: 'have dots where the first package stands in others’ directories',
      paths: [
        `${site}/google/protobuf/__init__.py`,
        `${site}/google/protobuf/internal/__init__.py`,
        `${site}/google/cloud/storage/__init__.py`,
        `${site}/google/cloud/README.py`,
      ],
      imports: ['google.cloud.storage', 'google.protobuf'],
    },
    {
      name: 'are one for a package and what is in it',
      paths: [`${site}/one/__init__.py`, `${site}/one/two/__init__.py`, `${site}/one/two/three.py`],
      imports: ['one'],
    },
    {
      name: 'are none for what is no module: metadata, caches, data, scripts in a directory of no package',
      paths: [
        'one-1.0.dist-info/METADATA',
        'one-1.0.dist-info/__init__.py',
        '__pycache__/one.cpython-39.pyc',
        'with-hyphen.py',
        '1st.py',
        'one.pth',
        'numpy.libs/libblas.so',
        '__init__.py',
        '__main__.py',
        'examples/run.py',
      ].map((path) => `${site}/${path}`),
      imports: [],
    },
    {
      name: 'are those of /usr/local, which a .pth leads to, and of no other directory',
      paths: [
        `host/usr/local/${site}/local.py`,
        'host/opt/lib/python3.9/site-packages/other.py',
        'lib/python3.12/site-packages/newer.py',
        'share/data/one.py',
      ],
      imports: ['local'],
    },
    {
      name: 'are those of what the standard library has in a package of its own',
      paths: [
        `${standard}/tkinter/__init__.py`,
        `${standard}/tkinter/ttk.py`,
        `${standard}/turtle.py`,
        `${standard}/lib-dynload/_tkinter.${tag}.so`,
        `${standard}/ctypes/test/__init__.py`,
      ],
      imports: ['_tkinter', 'tkinter', 'turtle'],
    },
    {
      name: 'of the standard library’s own package are its extension modules: others are for other systems',
      paths: [
        `${standard}/os.py`,
        `${standard}/antigravity.py`,
        `${standard}/msilib/__init__.py`,
        `${standard}/lib-dynload/_ssl.${tag}.so`,
        `${site}/one.py`,
      ],
      imports: ['_ssl', 'one'],
    },
  ];
  for (const { name, paths, imports } of cases)
    it(name, () => assert.deepEqual(importNames(paths, interpreter), imports));
});

describe('what verification is to import', () => {
  const text: Content = { text: '' };
  const files = (...paths: string[]) => Object.fromEntries(paths.map((path) => [`/usr/${path}`, text]));
  const many = Array.from({ length: 120 }, (_, index) => `many${String(index).padStart(3, '0')}`);
  let installed: Installed;
  before(async () => {
    const host = makeHost(directory, [
      ...base(),
      ...python39(),
      module('one', '3.9', {
        files: files(`${site}/tests/__init__.py`, `${site}/tests/test_one.py`, `${site}/extra.py`),
      }),
      { name: 'python3-tkinter', files: files(`${standard}/tkinter/__init__.py`) },
      { name: 'python3-many', files: files(...many.map((name) => `${site}/${name}.py`)) },
      { name: 'tool', files: files('share/tool/data') },
      {
        name: 'libplain',
        files: { '/usr/lib64/libplain.so.1': { elf: { soname: 'libplain.so.1', needed: ['libc.so.6'] } } },
      },
      { name: 'documented', files: files('share/doc/documented/README') },
    ]);
    installed = await host.read();
  });

  function planFor(word: string, options: Partial<PlanOptions> = {}) {
    const { modules, remarks } = planOf(installed, { modules: [word], ...options });
    assert.deepEqual(
      modules.map((one) => one.word),
      [word],
    );
    return { imports: modules[0]?.imports ?? [], remarks };
  }

  it('is what of the package goes in: no tests', () => {
    assert.deepEqual(planFor('python3-one').imports, ['extra', 'one']);
  });
  it('is the tests as well where they go in', () => {
    assert.deepEqual(planFor('python3-one', { tests: true }).imports, ['extra', 'one', 'tests']);
  });
  it('is nothing that the globs leave out', () => {
    const globs = [{ kind: 'exclude' as const, pattern: '**/extra.py' }];
    assert.deepEqual(planFor('python3-one', { globs }), { imports: ['one'], remarks: [] });
  });
  it('is there for a part of the standard library', () => {
    assert.deepEqual(planFor('python3-tkinter'), { imports: ['tkinter'], remarks: [] });
  });
  it('is nothing for a package without modules, and that is said', () => {
    const { imports, remarks } = planFor('tool');
    assert.deepEqual(imports, []);
    assert.deepEqual(remarks.length, 1);
    assert.match(
      remarks[0] ?? '',
      /^tool: tool-1-1\.\S+ brings no module .*verification imports nothing of it$/,
    );
  });
  it('is nothing for a package with libraries, or one that a path stands for', () => {
    for (const word of ['libplain', '/usr/share/tool/data'])
      assert.deepEqual(planFor(word), { imports: [], remarks: [] });
  });
  it('is nothing for a package that brings nothing, and that is said once', () => {
    assert.match(planFor('documented').remarks.join('\n'), /^documented: no file of it goes in.*$/);
  });
  it('is nothing for the interpreter, which starts in any case', () => {
    assert.deepEqual(planFor('python3'), { imports: [], remarks: [] });
  });
  it('has an end where a package has very many modules, and that is said', () => {
    const { imports, remarks } = planFor('python3-many');
    assert.deepEqual(imports, many.slice(0, 100));
    assert.deepEqual(remarks, ['python3-many: verification imports 100 of its 120 modules']);
  });
});
