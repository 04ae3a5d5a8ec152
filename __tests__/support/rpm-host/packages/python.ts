import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { linkByFlexiblas } from './flexiblas.ts';
import type { Source } from './source.ts';

const same = '%{version}-%{release}';

/** The files of Fedora's python3-test. The other tests have no package. */
const tests =
  /^\/usr\/lib64\/python3\.11\/(test|(ctypes|unittest)\/test|(distutils|lib2to3)\/tests)(\/|$)|\/lib-dynload\/(_ctypes_test|_test|_xxtestfuzz|xxlimited)/;

const development =
  /^\/usr\/(bin\/(2to3|.*-config)|lib64\/(pkgconfig\/|libpython3\.11\.so$|python3\.11\/config-.*\/(?!Makefile$))|include\/python3\.11\/(?!pyconfig\.h$))/;

export const python: Source[] = [
  {
    name: 'python3.11',
    version: '3.11.2',
    license: 'Python-2.0.1',
    cpython: true,
    links: { '/usr/bin/pydoc': 'pydoc3' },
    packages: [
      { name: 'python3-test', files: tests, requires: [`python3-libs = ${same}`] },
      {
        name: 'python3-devel',
        files: development,
        requires: [`python3 = ${same}`, `python3-libs = ${same}`],
      },
      {
        name: 'python3-libs',
        files: /^\/usr\/(lib|lib64|include)\//,
        requires: ['python-pip-wheel', 'python-setuptools-wheel', 'tzdata', '/usr/bin/sh'],
        provides: [`python-libs = ${same}`, `python3.11-libs = ${same}`],
      },
      {
        name: 'python3',
        requires: [`python3-libs(x86-64) = ${same}`],
        provides: [`python3.11 = ${same}`, `python3.11(x86-64) = ${same}`, `python311 = ${same}`],
      },
    ],
  },
  {
    name: 'python-unversioned-command',
    version: '3.11.2',
    license: 'Python-2.0.1',
    links: { '/usr/bin/python': '/etc/alternatives/python' },
    packages: [
      {
        name: 'python-unversioned-command',
        requires: ['python3', 'alternatives'],
        ghosts: ['/usr/bin/python'],
        post: `posix.symlink('/usr/bin/python3', '/etc/alternatives/python')
posix.symlink('/etc/alternatives/python', '/usr/bin/python')`,
      },
    ],
  },
  {
    name: 'python3-tkinter',
    debs: ['python3-tk'],
    license: 'Python-2.0.1',
    rules: [[/^\/usr\/lib(?=\/python3\.11\/)/, '/usr/lib64']],
    packages: [{ name: 'python3-tkinter', requires: [`python3 = ${same}`] }],
  },
  wheel('pip', 'MIT'),
  wheel('setuptools', 'MIT'),
  module('pyyaml', ['python3-yaml'], 'MIT'),
  module('urwid', ['python3-urwid'], 'LGPLv2+'),
  module('pyparsing', ['python3-pyparsing'], 'MIT'),
  module('requests', ['python3-requests'], 'ASL 2.0', ['charset-normalizer', 'idna', 'urllib3', 'certifi']),
  module('urllib3', ['python3-urllib3'], 'MIT', ['six']),
  module('idna', ['python3-idna'], 'BSD'),
  module('chardet', ['python3-chardet'], 'LGPLv2'),
  module('charset-normalizer', ['python3-charset-normalizer'], 'MIT'),
  {
    ...module('certifi', ['python3-certifi'], 'MPLv2.0', [], ['ca-certificates']),
    edit: async (stage) => {
      const core = join(stage, 'usr/lib/python3.11/site-packages/certifi/core.py');
      const text = await readFile(core, 'utf8');
      const own = text.replaceAll('/etc/ssl/certs/ca-certificates.crt', '/etc/pki/tls/certs/ca-bundle.crt');
      if (own === text) throw new Error(`${core} names no file of certificates of Debian's`);
      await writeFile(core, own);
    },
  },
  module('pyudev', ['python3-pyudev'], 'LGPLv2+', [], ['libudev.so.1()(64bit)']),
  module('setuptools', ['python3-setuptools', 'python3-pkg-resources'], 'MIT'),
  module('psutil', ['python3-psutil'], 'BSD'),
  module('distro', ['python3-distro'], 'ASL 2.0'),
  module('six', ['python3-six'], 'MIT'),
  module('cryptography', ['python3-cryptography'], 'ASL 2.0 or BSD', ['cffi']),
  module('cffi', ['python3-cffi-backend', 'python3-cffi'], 'MIT', ['pycparser']),
  module('pycparser', ['python3-pycparser'], 'BSD', ['ply']),
  module('ply', ['python3-ply'], 'BSD'),
  module('lxml', ['python3-lxml'], 'BSD'),
  { ...module('numpy', ['python3-numpy'], 'BSD'), edit: linkByFlexiblas },
];

/** A package with a Python module. It needs other modules, and capabilities of other kinds. */
function module(
  name: string,
  debs: string[],
  license: string,
  modules: string[] = [],
  capabilities: string[] = [],
): Source {
  const full = `python3-${name}`;
  return {
    name: `python-${name}`,
    debs,
    license,
    packages: [
      {
        name: full,
        requires: [...modules.map((needed) => `python3.11dist(${needed})`), ...capabilities],
        provides: [`python-${name} = ${same}`, `python3.11-${name} = ${same}`],
      },
    ],
  };
}

function wheel(name: string, license: string): Source {
  return { name: `python-${name}-wheel`, debs: [`python3-${name}-whl`], license };
}
