import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { importNames } from '../../src/plan/import-names.ts';
import type { PlanOptions } from '../../src/plan/plan.ts';
import type { Installed } from '../../src/rpm/installed.ts';
import { type Content, makeHost, planOf, remarksOf } from '../support/plan/host.ts';
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
      name: 'do not include extension modules for other builds of Python',
      paths: [`debug.cpython-39d-x86_64-linux-gnu.so`, 'newer.cpython-312-x86_64-linux-gnu.so'].map(
        (path) => `${platform}/${path}`,
      ),
      imports: [],
    },
    {
      name: 'include modules without source',
      paths: [`${site}/one/__init__.pyc`, `${site}/two.pyc`],
      imports: ['one', 'two'],
    },
    {
      name: 'include private extension modules',
      paths: [`${platform}/_cffi_backend.${tag}.so`, `${site}/cffi/__init__.py`],
      imports: ['_cffi_backend', 'cffi'],
    },
    {
      name: 'do not include other private modules, which public modules import',
      paths: [`${site}/_yaml/__init__.py`, `${site}/_old.py`, `${site}/yaml/__init__.py`],
      imports: ['yaml'],
    },
    {
      name: 'include private modules if there are no others',
      paths: [`${site}/_distutils_hack/__init__.py`, `${site}/_virtualenv.py`],
      imports: ['_distutils_hack', '_virtualenv'],
    },
    {
      name: 'have dots if the first package is in a namespace package',
      paths: [
        `${site}/google/protobuf/__init__.py`,
        `${site}/google/protobuf/internal/__init__.py`,
        `${site}/google/cloud/storage/__init__.py`,
        `${site}/google/cloud/README.py`,
      ],
      imports: ['google.cloud.storage', 'google.protobuf'],
    },
    {
      name: 'include a package but not its submodules',
      paths: [`${site}/one/__init__.py`, `${site}/one/two/__init__.py`, `${site}/one/two/three.py`],
      imports: ['one'],
    },
    {
      name: 'do not include metadata, caches, data, or scripts outside of a package',
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
      name: 'include modules in /usr/local, which a .pth file leads to, and in no other directory',
      paths: [
        `host/usr/local/${site}/local.py`,
        'host/opt/lib/python3.9/site-packages/other.py',
        'lib/python3.12/site-packages/newer.py',
        'share/data/one.py',
      ],
      imports: ['local'],
    },
    {
      name: 'include parts of the standard library that have their own package',
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
      name: 'only include extension modules of the standard library’s own package, as others are for other systems',
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

describe('the imports of verification', () => {
  const text: Content = { text: '' };
  const files = (...paths: string[]) => Object.fromEntries(paths.map((path) => [`/usr/${path}`, text]));
  const many = Array.from({ length: 120 }, (_, index) => `many${String(index).padStart(3, '0')}`);
  let installed: Installed;
  before(async () => {
    const host = await makeHost(directory, [
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

  async function planFor(request: string, options: Partial<PlanOptions> = {}) {
    const plan = await planOf(installed, { modules: [request], ...options });
    assert.deepEqual(
      plan.modules.map((one) => one.request),
      [request],
    );
    return { imports: plan.modules[0]?.imports ?? [], remarks: remarksOf(plan) };
  }

  it('are the modules that are packed, without tests', async () => {
    assert.deepEqual((await planFor('python3-one')).imports, ['extra', 'one']);
  });
  it('include tests if they are packed', async () => {
    assert.deepEqual((await planFor('python3-one', { tests: true })).imports, ['extra', 'one', 'tests']);
  });
  it('do not include excluded files', async () => {
    const globs = [{ kind: 'exclude' as const, pattern: '**/extra.py' }];
    assert.deepEqual(await planFor('python3-one', { globs }), { imports: ['one'], remarks: [] });
  });
  it('include a part of the standard library', async () => {
    assert.deepEqual(await planFor('python3-tkinter'), { imports: ['tkinter'], remarks: [] });
  });
  it('are none for a package without modules, with a remark', async () => {
    const { imports, remarks } = await planFor('tool');
    assert.deepEqual(imports, []);
    assert.deepEqual(remarks.length, 1);
    assert.match(
      remarks[0] ?? '',
      /^tool: tool-1-1\.\S+ has no top-level module, .*verification imports nothing from it$/,
    );
  });
  it('are none for a package with libraries and for a path, without a remark', async () => {
    for (const request of ['libplain', '/usr/share/tool/data'])
      assert.deepEqual(await planFor(request), { imports: [], remarks: [] });
  });
  it('are none for a package without packed files, with one remark', async () => {
    assert.match(
      (await planFor('documented')).remarks.join('\n'),
      /^documented: none of its files is packed.*$/,
    );
  });
  it('are none for the interpreter, which is started anyway', async () => {
    assert.deepEqual(await planFor('python3'), { imports: [], remarks: [] });
  });
  it('are limited for a package with very many modules, with a remark', async () => {
    const { imports, remarks } = await planFor('python3-many');
    assert.deepEqual(imports, many.slice(0, 100));
    assert.deepEqual(remarks, ['python3-many: verification imports 100 of its 120 modules']);
  });
});
