import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { must } from '../run.ts';
import { say } from './say.ts';

const database = ['--dbpath', '/usr/lib/sysimage/rpm'];

/** The modules that the tests expect on the host. */
const modules = [
  ...[
    'ssl',
    'sqlite3',
    'ctypes',
    'readline',
    'curses',
    'zlib',
    'bz2',
    'lzma',
    'uuid',
    'dbm.gnu',
    'nis',
    'decimal',
  ],
  ...[
    'yaml',
    'yaml.cyaml',
    'urwid',
    'pyparsing',
    'requests',
    'pyudev',
    'setuptools',
    'pkg_resources',
    'psutil',
  ],
  ...['distro', 'cryptography.hazmat.bindings.openssl.binding', 'lxml.etree', 'numpy', 'chardet', 'tkinter'],
];

const check = `
import importlib, sys
for name in sys.argv[1:]:
    importlib.import_module(name)
import pyudev, ssl, yaml, numpy
assert yaml.__with_libyaml__
assert sys.platlibdir == 'lib64' and sys.prefix == '/usr', (sys.platlibdir, sys.prefix)
assert ssl.create_default_context().cert_store_stats()['x509_ca'] > 100
assert numpy.linalg.det(numpy.eye(3)) == 1
pyudev.Context()
`;

/** Installs RPMs into a new root with rpm, then checks that the root works. Packages in `bare` get no documentation. */
export async function installRoot(root: string, rpms: string[], bare: string[], key: string): Promise<void> {
  await mkdir(root, { recursive: true });
  const rpm = (...args: string[]) => must('rpm', ['--root', root, ...database, ...args]);
  say(`installing ${rpms.length + bare.length} packages`);
  await rpm('--import', key);
  await rpm('--install', ...rpms);
  await rpm('--install', '--excludedocs', '--define', '_install_langs en', ...bare);
  await must('chroot', [root, '/sbin/ldconfig']);
  await verifyRoot(root);
}

async function verifyRoot(root: string): Promise<void> {
  say('checking the host');
  const env = { PATH: '/usr/bin:/usr/sbin', HOME: '/root' };
  await must('chroot', [root, '/usr/bin/python3', '-B', '-c', check, ...modules], { env });
  const query = (await must('chroot', [root, '/usr/bin/rpm', '--query', '--all'], { env })).stdout.toString();
  if (!query.includes('python3-libs-')) throw new Error(`rpm inside ${join(root)} lists:\n${query}`);
}
