import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { type PackedTree, packTree, sharedTree } from '../support/packed/packed.ts';
import { makeWheels } from '../support/packed/wheels.ts';
import { rpmHost } from '../support/rpm-host/build.ts';
import { type ForeignRoots, foreignRoots, inRoot } from '../support/rpm-host/targets.ts';
import { must, run } from '../support/run.ts';
import { scratch } from '../support/scratch.ts';

const place = '/opt/py';

const extension = `#include <Python.h>
static PyObject *call(PyObject *self, PyObject *none) { return PyUnicode_FromString(PY_VERSION); }
static PyMethodDef methods[] = {{"call", call, METH_NOARGS, ""}, {0}};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "built", "", -1, methods};
PyMODINIT_FUNC PyInit_built(void) { return PyModule_Create(&module); }
`;
const setup =
  'from setuptools import Extension, setup; setup(name="built", ext_modules=[Extension("built", ["built.c"])])\n';
const env = { PATH: '/usr/bin:/bin' };

/** A directory with the source of an extension module. */
function project(): string {
  const directory = scratch('project-');
  writeFileSync(join(directory, 'built.c'), extension);
  writeFileSync(join(directory, 'setup.py'), setup);
  return directory;
}

describe('an extension module', () => {
  let roots: ForeignRoots;
  let packed: PackedTree;
  before(async () => {
    roots = await foreignRoots();
    packed = await packTree(['python3-devel', 'setuptools'], ['--prefix', 'py', '--no-verify']);
  });
  after(() => packed?.remove());

  const builds = [
    {
      name: 'gcc and python3-config',
      script:
        'gcc -shared -fPIC $("$py"/bin/python3-config --includes) -o built$("$py"/bin/python3-config --extension-suffix) built.c',
    },
    { name: 'setuptools', script: '"$py"/bin/python3 setup.py --quiet build_ext --inplace' },
  ];
  for (const { name, script } of builds) {
    test(`is built against the packed Python by ${name}, and can be imported by it elsewhere`, async () => {
      const directory = project();
      await must('sh', ['-e', '-c', script], { cwd: directory, env: { ...env, py: packed.tree } });
      const argv = [`${place}/bin/python3`, '-c', 'import built; print(built.call())'];
      const { stdout, stderr } = await inRoot(roots.bullseye, argv, {
        env: { ...env, PYTHONPATH: '/project' },
        readOnly: { [packed.tree]: place, [directory]: '/project' },
      });
      assert.equal(`${stdout}${stderr}`, '3.11.2\n');
    });
  }

  test('has its paths from python3-config and sysconfig, all of which exist in the tree', async () => {
    const script = `
import os, subprocess, sys, sysconfig
for path in (sysconfig.get_config_h_filename(), sysconfig.get_makefile_filename(), sysconfig.get_path("include") + "/Python.h",
             sysconfig.get_config_var("INCLUDEPY"), sysconfig.get_config_var("LIBPL"), sysconfig.get_config_var("LIBDIR") + "/libpython3.11.so"):
    print(os.path.exists(path), path.startswith(sys.prefix + "/"))
def config(option):
    return subprocess.run([sys.prefix + "/bin/python3-config", option], capture_output=True, text=True, check=True).stdout.strip()
print(*(config(option).replace(sys.prefix, "TREE") for option in ("--prefix", "--includes", "--configdir")), sep="\\n")
`;
    const { stdout, stderr } = await must(join(packed.tree, 'bin/python3'), ['-c', script], { env });
    assert.equal(
      `${stdout}${stderr}`,
      `${'True True\n'.repeat(6)}TREE\n-ITREE/include/python3.11 -ITREE/include/python3.11\nTREE/lib64/python3.11/config-3.11-x86_64-linux-gnu\n`,
    );
  });

  test('is not built against a Python without headers: the compiler names the package to pack', async () => {
    const include = join(await sharedTree(), 'include/python3.11');
    const { code, stderr } = await run('gcc', ['-fsyntax-only', `-I${include}`, 'built.c'], {
      cwd: project(),
      env,
    });
    assert.equal(code, 1);
    assert.match(
      stderr,
      /error: #error "This Python was packed without its headers.* with python3-devel as a module\."/,
    );
  });
});

describe('pip in the tree', () => {
  let roots: ForeignRoots;
  let copy: string;
  let wheels: string;
  before(async () => {
    roots = await foreignRoots();
    copy = join(scratch('pip-'), 'copy');
    await must('cp', ['-a', '--', await sharedTree(), copy]);
    const { root } = await rpmHost();
    wheels = await makeWheels(join(root, 'usr/include/python3.11'));
    mkdirSync(join(copy, 'home'));
    await enter('python3 -m ensurepip');
  });

  const pip =
    'python3 -m pip install --no-index --disable-pip-version-check --root-user-action ignore --find-links /wheels';
  async function enter(script: string) {
    return inRoot(roots.busybox, ['/bin/sh', '-e', '-c', script], {
      env: { PATH: `${place}/bin:/bin`, HOME: `${place}/home` },
      binds: { [copy]: place },
      readOnly: { [wheels]: '/wheels' },
    });
  }

  test('installs into a directory by --target', async () => {
    const { stdout, stderr } = await enter(`${pip} --quiet --target /tmp/site purely
PYTHONPATH=/tmp/site python3 -c 'import purely; print(purely.__file__)'`);
    assert.equal(`${stdout}${stderr}`, '/tmp/site/purely/__init__.py\n');
  });

  for (const [name, script] of [
    ['by --user', `${pip} --user purely`],
    ['by PIP_USER', `PIP_USER=1 ${pip} purely`],
    [
      'by --user in a virtual environment that sees the packed modules',
      `python3 -m venv --system-site-packages /tmp/v; /tmp/v/bin/${pip} --user purely`,
    ],
  ] as const) {
    test(`refuses to install ${name}, because this Python would not find the modules`, async () => {
      const { code, stderr } = await enter(script);
      assert.equal(code, 1);
      assert.match(
        stderr,
        /^ERROR: Can not perform a '--user' install\. User site-packages are disabled for this Python/m,
      );
    });
  }

  test('installs modules that this Python finds, also in the directory that Fedora lets pip use', async () => {
    // Fedora's patch 00251 adds /local to sys.prefix, as this option does.
    const { stdout, stderr } = await enter(`${pip} --quiet --prefix ${place}/local purely
python3 -c 'import purely; print(purely.__file__)'
rm -r ${place}/local`);
    assert.equal(`${stdout}${stderr}`, `${place}/local/lib/python3.11/site-packages/purely/__init__.py\n`);
  });

  test('installs beside the packed modules, and this Python finds them', async () => {
    const { stdout, stderr } = await enter(`${pip} --quiet purely
python3 -c 'import purely, sys; print(purely.__file__.startswith(sys.prefix))'`);
    assert.equal(`${stdout}${stderr}`, 'True\n');
  });
});
