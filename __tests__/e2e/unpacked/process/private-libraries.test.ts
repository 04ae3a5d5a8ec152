import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { type PackedTree, packTree } from '../../../support/packed/packed.ts';
import { type RpmHost, rpmHost } from '../../../support/rpm-host/build.ts';
import { extendedHost } from '../../../support/rpm-host/extended.ts';
import { foreignRoots, inRoot } from '../../../support/rpm-host/targets.ts';
import { must } from '../../../support/run.ts';
import { scratch } from '../../../support/scratch.ts';

const tree = '/opt/py';

/** A library `which`, of which a system directory and each module below contain a copy with the same soname. */
const library = (number: number) => `int which(void) { return ${number}; }`;
const marker = 'int marker(void) { return 0; }';

/** A module that returns the number of the library that ld.so found for it. */
const extension = (name: string) => `#include <Python.h>
int which(void);
int marker(void);
int (*used)(void) = marker;
static PyObject *call(PyObject *self, PyObject *none) { return PyLong_FromLong(which()); }
static PyMethodDef methods[] = {{"which", call, METH_NOARGS, ""}, {0}};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "${name}", "", -1, methods};
PyMODINIT_FUNC PyInit_${name}(void) { return PyModule_Create(&module); }
`;

/** The modules: the order of their DT_NEEDED, and how they lead to their private library. */
const modules = [
  { name: 'plain', needed: ['which'], path: undefined, expected: 1 },
  { name: 'runpath', needed: ['which'], path: ['--enable-new-dtags', '$ORIGIN/private'], expected: 2 },
  { name: 'rpath', needed: ['which'], path: ['--disable-new-dtags', '$ORIGIN/private'], expected: 2 },
  {
    name: 'first',
    needed: ['which', 'marker'],
    path: ['--enable-new-dtags', '$ORIGIN/private'],
    expected: 2,
  },
  {
    name: 'second',
    needed: ['marker', 'which'],
    path: ['--enable-new-dtags', '$ORIGIN/private'],
    expected: 2,
  },
] as const;

describe('a private library of a packed module', () => {
  let host: RpmHost;
  let packed: PackedTree;
  let roots: Awaited<ReturnType<typeof foreignRoots>>;
  before(async () => {
    roots = await foreignRoots();
    const directory = await compile();
    host = await extendedHost([
      {
        name: 'libwhich',
        provides: ['libwhich.so.1()(64bit)', 'libmarker.so.1()(64bit)'],
        install: [
          'mkdir -p usr/lib64',
          `cp '${directory}'/system/libwhich.so.1 '${directory}'/libmarker.so.1 usr/lib64`,
        ],
        files: ['/usr/lib64/*'],
      },
      ...modules.map(({ name, path }) => ({
        name: `python3-${name}`,
        requires: [
          'python(abi) = 3.11',
          ...(path ? [] : ['libwhich.so.1()(64bit)']),
          'libmarker.so.1()(64bit)',
        ],
        install: [
          `mkdir -p usr/lib64/python3.11/site-packages/of_${name}/private`,
          `cd usr/lib64/python3.11/site-packages/of_${name}`,
          `cp '${directory}/${name}.so' ${name}.so`,
          ...(path ? [`cp '${directory}/private/libwhich.so.1' private`] : []),
        ],
        files: [`/usr/lib64/python3.11/site-packages/of_${name}`],
      })),
    ]);
    const names = modules.map(({ name }) => `python3-${name}`);
    packed = await packTree(names, ['--prefix', 'py'], host);
  });
  after(() => packed?.remove());

  /** The numbers that the modules return, each in a process of its own. */
  async function numbers(root: string, python: string): Promise<number[]> {
    const found: number[] = [];
    for (const { name } of modules) {
      const script = `from of_${name} import ${name}; print(${name}.which())`;
      const { code, stdout, stderr } = await inRoot(root, [python, '-c', script], {
        env: { PATH: '/usr/bin:/bin' },
        readOnly: { [packed.tree]: tree },
      });
      assert.equal(code, 0, stderr);
      found.push(Number(stdout.toString()));
    }
    return found;
  }

  for (const root of ['bullseye', 'busybox'] as const) {
    test(`wins over the one of the tree with the same soname, as on the host, in ${root}`, async () => {
      const expected = modules.map(({ expected }) => expected);
      assert.deepEqual(await numbers(host.root, '/usr/bin/python3'), expected);
      assert.deepEqual(await numbers(roots[root], `${tree}/bin/python3`), expected);
    });
  }
});

/** Compiles the libraries, and the modules against the headers of the host. */
async function compile(): Promise<string> {
  const directory = scratch('private-');
  const gcc = async (output: string, text: string, ...options: string[]) => {
    const source = join(directory, `${output.replaceAll('/', '-')}.c`);
    writeFileSync(source, text);
    await must('gcc', ['-shared', '-fPIC', '-Wl,--no-as-needed', '-o', output, source, ...options], {
      cwd: directory,
    });
  };
  await must('mkdir', ['system', 'private'], { cwd: directory });
  await gcc('system/libwhich.so.1', library(1), '-Wl,-soname,libwhich.so.1');
  await gcc('private/libwhich.so.1', library(2), '-Wl,-soname,libwhich.so.1');
  await gcc('libmarker.so.1', marker, '-Wl,-soname,libmarker.so.1');
  const headers = `-I${(await rpmHost()).root}/usr/include/python3.11`;
  for (const { name, needed, path } of modules) {
    const files = { which: `${path ? 'private' : 'system'}/libwhich.so.1`, marker: 'libmarker.so.1' };
    const libraries = [...new Set([...needed, 'marker' as const])].map((one) => files[one]);
    const way = path === undefined ? [] : [`-Wl,${path[0]},-rpath,${path[1]}`];
    await gcc(`${name}.so`, extension(name), headers, ...libraries, ...way);
  }
  return directory;
}
