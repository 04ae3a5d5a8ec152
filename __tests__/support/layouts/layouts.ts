import type { PlanOptions } from '../../../src/plan/plan.ts';
import type { Content, MadePackage } from '../plan/host.ts';
import { base, loaderName, module, python, python39 } from '../plan/python.ts';

/** The layout of a Python in a distribution, and the expected archive. */
export interface Shape {
  name: string;
  packages: MadePackage[];
  /** Links and files that no package contains, made by alternatives, scriptlets and administrators. */
  unowned?: Record<string, Content>;
  options: Partial<PlanOptions>;
  /** The names of the packages of which anything is packed. */
  packed: string[];
  /** Some paths of the archive: `file`, the target of a link, or undefined if nothing is there. */
  entries: Record<string, string | undefined>;
  warnings?: string[];
}

const ghost: Content = { as: '%ghost', text: '' };

function extension(
  name: string,
  path: string,
  needed: string[],
  more: Partial<MadePackage> = {},
): MadePackage {
  return { ...more, name, files: { [path]: { elf: { needed } }, ...more.files } };
}

function library(soname: string, directory = '/usr/lib64', name = soname.replace(/\.so.*/, '')): MadePackage {
  return {
    name,
    provides: [`${soname}()(64bit)`],
    files: { [`${directory}/${soname}`]: { elf: { soname, needed: ['libc.so.6'] } } },
  };
}

/** The system's Python is not in bin, alternatives decide what python3 is, and the CA file is a ghost. */
const el8: Shape = {
  name: 'EL8',
  packages: [
    ...base(),
    ...python({
      version: '3.6',
      name: 'platform-python',
      libs: 'python3-libs',
      soname: 'libpython3.6m.so.1.0',
      executable: 'libexec/platform-python3.6',
      requires: ['/bin/sh'],
      more: { '/usr/libexec/platform-python': { link: './platform-python3.6' } },
    }),
    {
      name: 'python36',
      version: '3.6.8',
      provides: ['python3 = 3.6.8'],
      requires: ['/usr/libexec/platform-python', 'python3-pip'],
      files: { '/usr/bin/python3.6': { link: '../libexec/platform-python3.6' }, '/usr/bin/python3': ghost },
    },
    ...python({
      version: '3.8',
      name: 'python38',
      libs: 'python38-libs',
      more: { '/usr/bin/python3': ghost },
    }),
    module('pip', '3.6'),
    module('six', '3.6', { requires: ['/usr/libexec/platform-python', 'python(abi) = 3.6'] }),
    module('six', '3.8', { prefix: 'python38' }),
    module('certifi', '3.6', {
      requires: ['/usr/libexec/platform-python', 'ca-certificates'],
      files: {
        '/usr/lib/python3.6/site-packages/certifi/cacert.pem': { link: '/etc/pki/tls/certs/ca-bundle.crt' },
      },
    }),
    {
      name: 'ca-certificates',
      files: {
        '/etc/pki/tls/certs/ca-bundle.crt': { link: '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem' },
        '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem': ghost,
      },
    },
    { name: 'bash', files: { '/usr/bin/sh': { text: '' } } },
  ],
  unowned: {
    '/etc/alternatives/python3': { link: '/usr/bin/python3.6' },
    '/usr/bin/python3': { link: '/etc/alternatives/python3' },
    '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem': { text: 'made by update-ca-trust\n' },
  },
  options: { modules: ['six', 'python3-certifi'] },
  packed: ['ca-certificates', 'glibc', 'platform-python', 'python3-certifi', 'python3-libs', 'python3-six'],
  entries: {
    'bin/python3.6': 'file',
    'libexec/python3.6': 'file',
    'lib64/libpython3.6m.so.1.0': 'file',
    'lib64/python3.6/os.py': 'file',
    'lib/python3.6/site-packages/six/__init__.py': 'file',
    'lib/python3.6/site-packages/certifi/cacert.pem': 'file',
    'lib/python3.8/site-packages/six/__init__.py': undefined,
  },
};

const el9Packages: MadePackage[] = [
  ...base(),
  ...python39(),
  ...python({ version: '3.11', name: 'python3.11', libs: 'python3.11-libs' }),
  ...python({ version: '3.12', name: 'python3.12', libs: 'python3.12-libs' }),
  ...['3.9', '3.11', '3.12'].flatMap((version) => {
    const prefix = version === '3.9' ? 'python3' : `python${version}`;
    return [
      module('requests', version, {
        prefix,
        requires: [`(python${version}dist(urllib3) < 2 with python${version}dist(urllib3) >= 1)`],
      }),
      module('urllib3', version, { prefix, provides: [`python${version}dist(urllib3) = 1.26`] }),
      extension(
        `${prefix}-pyyaml`,
        `/usr/lib64/python${version}/site-packages/yaml/_yaml.so`,
        ['libyaml-0.so.2'],
        {
          provides: [`python${version}dist(pyyaml)`],
        },
      ),
    ];
  }),
  library('libyaml-0.so.2', '/usr/lib64', 'libyaml'),
];

/** Several Pythons side by side, each with its modules. */
const el9: Shape[] = [
  { version: '3.9', python: 'python3', prefix: 'python3' },
  { version: '3.12', python: '3.12', prefix: 'python3.12' },
].map(({ version, python: word, prefix }) => ({
  name: `EL9, Python ${version} of three`,
  packages: el9Packages,
  options: { python: word, modules: ['requests', 'pyyaml'] },
  packed: [
    'glibc',
    'libyaml',
    prefix,
    `${prefix}-libs`,
    `${prefix}-pyyaml`,
    `${prefix}-requests`,
    `${prefix}-urllib3`,
  ].sort(),
  entries: {
    [`bin/python${version}`]: 'file',
    [`lib/python${version}/site-packages/requests/__init__.py`]: 'file',
    [`lib64/python${version}/site-packages/yaml/_yaml.so`]: 'file',
    'lib64/python3.11/os.py': undefined,
    'lib64/libyaml-0.so.2': 'file',
    [`lib64/${loaderName}`]: 'symlink → ../libexec/ld.so',
  },
}));

/** /usr/sbin is a link to bin, and older packages still use /usr/sbin. */
const fedora: Shape = {
  name: 'Fedora with merged sbin',
  packages: [
    ...base(),
    ...python({
      version: '3.13',
      name: 'python3',
      libs: 'python3-libs',
      more: { '/usr/bin/python3': { link: 'python3.13' } },
    }),
    { name: 'merged', files: { '/usr/sbin': { link: 'bin' }, '/sbin': { link: 'usr/bin' } } },
    {
      name: 'tools',
      requires: ['merged'],
      files: {
        '/usr/sbin/tool': { text: '#!/usr/bin/python3\n', mode: 0o755 },
        '/usr/share/tool/data': { text: '' },
      },
    },
    module('sbin', '3.13', { requires: ['/usr/bin/tool'] }),
  ],
  options: {
    python: '/sbin/python3',
    modules: ['/usr/bin/tool', 'sbin'],
    globs: [{ kind: 'include', pattern: 'bin/tool' }],
  },
  packed: ['glibc', 'python3', 'python3-libs', 'python3-sbin', 'tools'],
  entries: {
    'bin/tool': 'file',
    'sbin/tool': undefined,
    'share/tool/data': 'file',
    'lib64/python3.13/os.py': 'file',
  },
};

/** All libraries are in /usr/lib, and a -devel package provides a soname too. */
const azure: Shape = {
  name: 'Azure Linux',
  packages: [
    ...base('/usr/lib'),
    { name: 'lib64', files: { '/usr/lib64': { link: 'lib' } } },
    ...python({
      version: '3.9',
      name: 'python3',
      libs: 'python3-libs',
      lib: 'lib',
      more: { '/usr/bin/python3': { link: 'python3.9' } },
    }),
    library('libuuid.so.1', '/usr/lib', 'util-linux-libs'),
    {
      name: 'util-linux-devel',
      provides: ['libuuid.so.1()(64bit)'],
      files: { '/usr/lib/libuuid.so': { link: 'libuuid.so.1' }, '/usr/lib/libuuid.a': { text: '' } },
    },
    extension('python3-uuid', '/usr/lib/python3.9/site-packages/_uuid.so', ['libuuid.so.1'], {
      requires: ['libuuid.so.1()(64bit)'],
    }),
  ],
  options: { modules: ['python3-uuid'] },
  packed: ['glibc', 'python3', 'python3-libs', 'python3-uuid', 'util-linux-libs'],
  entries: {
    'lib/libc.so.6': 'file',
    [`lib/${loaderName}`]: 'symlink → ../libexec/ld.so',
    'lib/libuuid.so.1': 'file',
    'lib/python3.9/os.py': 'file',
    'lib64/libc.so.6': undefined,
  },
};

const suse = '/usr/lib64/python3.13';

/** The standard library is in several packages, and a .pth file names a directory by its full path. */
const opensuse: Shape = {
  name: 'openSUSE',
  packages: [
    ...base(),
    ...python({
      version: '3.13',
      name: 'python313-base',
      libs: 'libpython3_13-1_0',
      provides: ['python3-base'],
      more: {
        '/usr/bin/python3': { link: 'python3.13' },
        [`${suse}/site-packages/zzzz-import-failed-hooks.pth`]: { text: `${suse}/_import_failed\n` },
        [`${suse}/_import_failed/import_failed.py`]: { text: '' },
      },
    }),
    extension('python313', `${suse}/lib-dynload/_sqlite3.so`, ['libsqlite3.so.0'], {
      provides: ['python3 = 3.13.7'],
      requires: ['python313-base = 3.13.7'],
    }),
    extension('python313-curses', `${suse}/lib-dynload/_curses.so`, ['libncursesw.so.6'], {
      requires: ['python313 = 3.13.7'],
    }),
    extension('python313-dbm', `${suse}/lib-dynload/_gdbm.so`, ['libgdbm.so.6'], {
      requires: ['python313 = 3.13.7'],
    }),
    library('libsqlite3.so.0', '/usr/lib64', 'libsqlite3-0'),
    library('libncursesw.so.6', '/usr/lib64', 'libncurses6'),
    library('libgdbm.so.6', '/usr/lib64', 'libgdbm6'),
    module('vendored', '3.13', {
      prefix: 'python313',
      files: { '/usr/lib/python3.13/site-packages/vendored.pth': { text: '/opt/vendored\nvendored\n' } },
    }),
  ],
  options: { modules: ['python313-curses', 'vendored'] },
  packed: [
    ...['glibc', 'libncurses6', 'libpython3_13-1_0', 'libsqlite3-0'],
    ...['python313', 'python313-base', 'python313-curses', 'python313-vendored'],
  ],
  entries: {
    'lib64/python3.13/lib-dynload/_sqlite3.so': 'file',
    'lib64/python3.13/lib-dynload/_curses.so': 'file',
    'lib64/python3.13/lib-dynload/_gdbm.so': undefined,
    'lib64/python3.13/_import_failed/import_failed.py': 'file',
    'lib64/python3.13/site-packages/zzzz-import-failed-hooks.pth': 'file: ../_import_failed\n',
    'lib/python3.13/site-packages/vendored.pth': 'file: vendored\n',
  },
  warnings: [
    '/usr/lib/python3.13/site-packages/vendored.pth puts /opt/vendored on sys.path; /opt/vendored is not packed, so the packed file has no such line',
  ],
};

const collection = '/opt/rh/rh-python38/root/usr';

/** It has its own prefix and sonames, beside the system's libraries. */
const softwareCollection: Shape = {
  name: 'a software collection',
  packages: [
    ...base(),
    ...python({
      version: '3.8',
      name: 'rh-python38-python',
      libs: 'rh-python38-python-libs',
      prefix: collection,
      soname: 'libpython3.8.so.rh-python38-1.0',
      more: { [`${collection}/bin/python3`]: { link: 'python3.8' } },
    }),
    library('libexpat.so.1'),
    {
      name: 'rh-python38-python-six',
      noarch: true,
      files: { [`${collection}/lib/python3.8/site-packages/six.py`]: { text: '' } },
    },
    extension(
      'rh-python38-python-expat',
      `${collection}/lib64/python3.8/site-packages/expat.so`,
      ['libexpat.so.1'],
      {
        requires: ['rh-python38-python-six'],
      },
    ),
  ],
  options: { python: 'rh-python38-python', modules: ['rh-python38-python-expat', 'libexpat'] },
  packed: [
    ...['glibc', 'libexpat', 'rh-python38-python', 'rh-python38-python-expat'],
    ...['rh-python38-python-libs', 'rh-python38-python-six'],
  ],
  entries: {
    'libexec/python3.8': 'file',
    'lib64/libpython3.8.so.rh-python38-1.0': 'file',
    'lib64/python3.8/os.py': 'file',
    'lib/python3.8/site-packages/six.py': 'file',
    'host/usr/lib64/libexpat.so.1': 'file',
    'host/usr/lib64/libc.so.6': 'file',
    [`host/usr/lib64/${loaderName}`]: 'symlink → ../../../libexec/ld.so',
  },
};

const local = '/usr/local/lib/python3.9/site-packages';

/** An administrator has installed a library, and a package installs to /usr/local. */
const usrLocal: Shape = {
  name: '/usr/local',
  packages: [
    ...base(),
    ...python39(),
    { name: 'ld', files: { '/etc/ld.so.conf': { text: 'include ld.so.conf.d/*.conf\n' } } },
    {
      name: 'vendor-module',
      files: {
        [`${local}/vendor.py`]: { text: '' },
        [`${local}/fast.so`]: { elf: { needed: ['libown.so.1'] } },
      },
    },
  ],
  unowned: {
    '/etc/ld.so.conf.d/local.conf': { text: '/usr/local/lib64\n' },
    '/usr/local/lib64/libown.so.1': { elf: { soname: 'libown.so.1', needed: ['libc.so.6'] } },
    [`${local}/by_pip.py`]: { text: '' },
  },
  options: { modules: ['vendor-module'] },
  packed: ['glibc', 'python3', 'python3-libs', 'vendor-module'],
  entries: {
    'host/usr/local/lib64/libown.so.1': 'file',
    'host/usr/local/lib/python3.9/site-packages/vendor.py': 'file',
    'host/usr/local/lib/python3.9/site-packages/by_pip.py': undefined,
    'lib64/python3.9/site-packages/usr-local.pth':
      'file: ../../../host/usr/local/lib/python3.9/site-packages\n',
  },
  warnings: ['/usr/local/lib64/libown.so.1 belongs to no RPM package; it is packed as it is'],
};

export const shapes: Shape[] = [el8, ...el9, fedora, azure, opensuse, softwareCollection, usrLocal];
