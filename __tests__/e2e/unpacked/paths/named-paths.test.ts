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

const tree = '/opt/my py';

/** A library that loads a plugin by the path that was compiled in. */
const loader = `#include <dlfcn.h>
int use(void)
{
    void *plugin = dlopen("/usr/lib64/plugapp/plugin.so", RTLD_NOW);
    return plugin ? ((int (*)(void))dlsym(plugin, "number"))() : -1;
}
`;

/** A plugin. It needs a library that nothing else needs. */
const plugin = 'int base(void);\nint number(void) { return base() + 1; }\n';
const base = 'int base(void) { return 8; }\n';

/** A module that reads its database when it is imported, uses the library, and returns the name of its configuration. */
const extension = `#include <Python.h>
int use(void);
static PyObject *number(PyObject *self, PyObject *none) { return PyLong_FromLong(use()); }
static PyObject *settings(PyObject *self, PyObject *none)
{
    char line[80] = "";
    FILE *file = fopen("/etc/plugapp/plugapp.conf", "r");
    if (!file || !fgets(line, sizeof line, file)) Py_RETURN_NONE;
    fclose(file);
    return PyUnicode_FromString(line);
}
static PyMethodDef methods[] = {{"number", number, METH_NOARGS, ""}, {"settings", settings, METH_NOARGS, ""}, {0}};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "plugmod", "", -1, methods};
PyMODINIT_FUNC PyInit_plugmod(void)
{
    if (!fopen("/usr/share/plugdata/rules.db", "r")) return PyErr_SetFromErrno(PyExc_ImportError);
    return PyModule_Create(&module);
}
`;

const source = `import sys
sys.path.insert(0, "/usr/share/plugpython")
import plugprivate, plugmod
print(plugmod.number(), plugmod.settings(), plugprivate.name, plugprivate.__file__)
print([line for line in open("/proc/self/maps") if ".so" in line and "${tree}/" not in line])
`;

describe('files that a packed library, module or source names by absolute paths', () => {
  let host: RpmHost;
  let packed: PackedTree;
  let roots: Awaited<ReturnType<typeof foreignRoots>>;
  let directory: string;
  before(async () => {
    roots = await foreignRoots();
    directory = await compile();
    const site = 'usr/lib64/python3.11/site-packages';
    const put = (place: string, ...files: string[]) =>
      `mkdir -p ${place} && cp ${files.map((file) => `'${join(directory, file)}'`).join(' ')} ${place}`;
    host = await extendedHost([
      {
        name: 'plugapp-libs',
        install: [
          put('usr/lib64', 'libplugapp.so.1', 'libplugbase.so.1'),
          put('usr/lib64/plugapp', 'plugin.so'),
        ],
        files: ['/usr/lib64/*'],
      },
      {
        name: 'plugdata',
        install: [put('usr/share/plugdata', 'rules.db'), put('usr/share/plugpython', 'plugprivate.py')],
        files: ['/usr/share/*'],
      },
      {
        name: 'python3-plugmod',
        requires: ['python(abi) = 3.11', 'plugapp-libs', 'plugdata'],
        install: [
          put(site, 'plugmod.cpython-311-x86_64-linux-gnu.so'),
          put(`${site}/plugmain`, '__main__.py'),
          put('etc/plugapp', 'plugapp.conf'),
        ],
        files: [`/${site}/plugmod*`, `/${site}/plugmain`, '/etc/plugapp'],
      },
    ]);
    packed = await packTree(['python3-plugmod'], ['--prefix', 'py'], host);
  });
  after(() => packed?.remove());

  async function output(root: string, binds: Record<string, string> = {}): Promise<string[]> {
    const { code, stdout, stderr } = await inRoot(root, [`${tree}/bin/python3`, '-m', 'plugmain'], {
      env: { PATH: '/usr/bin:/bin' },
      readOnly: { [packed.tree]: tree },
      binds,
    });
    assert.equal(code, 0, stderr);
    return stdout.toString().split('\n').slice(0, -1);
  }

  const privateModule = 'packed /usr/share/plugpython/plugprivate.py';
  for (const root of ['bullseye', 'busybox'] as const) {
    test(`are found in the tree, in ${root}`, async () => {
      assert.deepEqual(await output(roots[root]), [`9 of the package ${privateModule}`, '[]']);
    });
  }

  test('are those of the tree if the machine has others, but configuration is that of the machine', async () => {
    const others = join(directory, 'others');
    await must('mkdir', ['-p', others]);
    writeFileSync(join(others, 'plugapp.conf'), 'of the machine');
    writeFileSync(join(others, 'plugprivate.py'), 'name = "foreign"');
    const binds = {
      [join(directory, 'foreign.so')]: '/usr/lib64/plugapp/plugin.so',
      [join(others, 'plugapp.conf')]: '/etc/plugapp/plugapp.conf',
      [join(others, 'plugprivate.py')]: '/usr/share/plugpython/plugprivate.py',
    };
    assert.deepEqual(await output(roots.busybox, binds), [`9 of the machine ${privateModule}`, '[]']);
  });
});

/** Compiles the libraries and the module, and writes the other files. */
async function compile(): Promise<string> {
  const directory = scratch('named-');
  const gcc = async (output: string, text: string, ...options: string[]) => {
    const file = join(directory, `${output}.c`);
    writeFileSync(file, text);
    await must('gcc', ['-shared', '-fPIC', '-o', output, file, ...options], { cwd: directory });
  };
  const headers = `-I${(await rpmHost()).root}/usr/include/python3.11`;
  await gcc('libplugbase.so.1', base, '-Wl,-soname,libplugbase.so.1');
  await gcc('libplugapp.so.1', loader, '-Wl,-soname,libplugapp.so.1');
  await gcc('plugin.so', plugin, 'libplugbase.so.1');
  await gcc('foreign.so', 'int number(void) { return 5; }\n');
  await gcc('plugmod.cpython-311-x86_64-linux-gnu.so', extension, headers, 'libplugapp.so.1');
  writeFileSync(join(directory, 'rules.db'), 'rules\n');
  writeFileSync(join(directory, 'plugprivate.py'), 'name = "packed"\n');
  writeFileSync(join(directory, '__main__.py'), source);
  writeFileSync(join(directory, 'plugapp.conf'), 'of the package');
  return directory;
}
