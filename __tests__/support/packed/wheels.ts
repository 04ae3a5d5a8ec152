import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { must } from '../run.ts';
import { scratch } from '../scratch.ts';

const pure = `import sys
def main():
    print("purely", sys.prefix, *sys.argv[1:])
`;

const library = `#include <sstream>
#include <string>
#include <vector>
extern "C" const char *work(int count) {
  static std::string made;
  std::ostringstream stream;
  for (int i : std::vector<int>(count, 7)) stream << i << '.';
  made = stream.str();
  return made.c_str();
}
`;

const extension = `#include <Python.h>
const char *work(int count);
static PyObject *call(PyObject *self, PyObject *none) { return PyUnicode_FromString(work(3)); }
static PyMethodDef methods[] = {{"call", call, METH_NOARGS, ""}, {0}};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "_native", "", -1, methods};
PyMODINIT_FUNC PyInit__native(void) { return PyModule_Create(&module); }
`;

/** Packs a folder as a wheel, with the metadata that pip needs. */
const packer = `
import os, sys, zipfile
folder, name, tag, scripts = sys.argv[1:]
files = {"METADATA": "Metadata-Version: 2.1\\nName: %s\\nVersion: 1\\n" % name,
         "WHEEL": "Wheel-Version: 1.0\\nGenerator: tests\\nRoot-Is-Purelib: %s\\nTag: %s\\n" % (str(tag.endswith("any")).lower(), tag),
         "entry_points.txt": scripts}
with zipfile.ZipFile(os.path.join(os.path.dirname(folder), "%s-1-%s.whl" % (name, tag)), "w") as wheel:
    record = []
    for top, _, names in os.walk(folder):
        for file in names:
            path = os.path.join(top, file)
            record.append(os.path.relpath(path, folder))
            wheel.write(path, record[-1])
    for file, text in files.items():
        record.append("%s-1.dist-info/%s" % (name, file))
        wheel.writestr(record[-1], text)
    record.append("%s-1.dist-info/RECORD" % name)
    wheel.writestr(record[-1], "".join("%s,,\\n" % path for path in record))
`;

/**
 * Makes two wheels in a new directory, for CPython 3.11 with the headers in `include`. `purely` has a console script.
 * The extension module of `natively` needs a library in the wheel, as auditwheel makes it; that library needs
 * libstdc++.
 */
export async function makeWheels(include: string): Promise<string> {
  const directory = scratch('wheels-');
  const at = (...path: string[]) => join(directory, ...path);
  for (const folder of ['pure/purely', 'native/natively', 'native/natively.libs'])
    mkdirSync(at(folder), { recursive: true });
  writeFileSync(at('pure/purely/__init__.py'), pure);
  writeFileSync(at('native/natively/__init__.py'), 'from natively._native import call\n');
  writeFileSync(at('library.cc'), library);
  writeFileSync(at('extension.c'), extension);
  const own = at('native/natively.libs/libwork-1a2b3c4d.so.1');
  const shared = ['-shared', '-fPIC', '-O1'];
  await must('g++', [...shared, '-Wl,-soname,libwork-1a2b3c4d.so.1', '-o', own, at('library.cc')]);
  const module = at('native/natively/_native.cpython-311-x86_64-linux-gnu.so');
  const rpath = '-Wl,-rpath,$ORIGIN/../natively.libs';
  await must('gcc', [...shared, `-I${include}`, '-o', module, at('extension.c'), own, rpath]);
  const python = (...args: string[]) => must('/usr/bin/python3', ['-c', packer, ...args]);
  await python(at('pure'), 'purely', 'py3-none-any', '[console_scripts]\npurely-says = purely:main\n');
  await python(at('native'), 'natively', 'cp311-cp311-manylinux_2_17_x86_64', '');
  return directory;
}
