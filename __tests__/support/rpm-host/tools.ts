import { existsSync } from 'node:fs';
import { must } from '../run.ts';
import { say } from './say.ts';

/** The reference tools of the tests: established programs that read, edit or unpack the same files. */
const references = [
  ...['binutils', 'bzip2', 'elfutils', 'gcc', 'openssl', 'patchelf', 'pigz', 'util-linux'],
  // They compile the launcher, and run the launcher of another architecture.
  ...['gcc-aarch64-linux-gnu', 'qemu-user-static'],
  // They look at the process of a packed Python.
  ...['gdb', 'strace'],
  // The scripts of the reusable workflow use it. GitHub's machines have it.
  'jq',
];

/**
 * The Debian packages that the tests need: the reference tools, and the tools that build the host and the foreign
 * roots.
 */
const debian = [
  ...references,
  ...[
    'busybox-static',
    'db-util',
    'debootstrap',
    'libarchive-tools',
    'locales',
    'mount',
    'procps',
    'rpm',
    'xz-utils',
  ],
  ...['build-essential', 'pkg-config', 'python3', 'python3-packaging'],
  ...['libssl-dev', 'libffi-dev', 'libsqlite3-dev', 'libreadline-dev', 'libncurses-dev', 'libexpat1-dev'],
  ...['libgdbm-dev', 'libgdbm-compat-dev', 'uuid-dev', 'libbz2-dev', 'liblzma-dev', 'zlib1g-dev'],
  ...['libnsl-dev', 'libtirpc-dev', 'libcrypt-dev'],
];

/** The Fedora packages that the tests need. There the machine itself is the host. */
const fedora = [
  ...references,
  ...[
    'bsdtar',
    'busybox',
    'debootstrap',
    'gcc-x86_64-linux-gnu',
    'glibc-devel',
    'glibc-locale-source',
    'glibc-static',
    'libdb-utils',
    'openssl-libs',
    'procps-ng',
    'python3',
    'rpm-build',
    'xz',
  ],
];

/** Installs the packages that the tests need and the machine lacks. Throws if that needs root. */
export async function installTools(): Promise<void> {
  const isDebian = existsSync('/usr/bin/apt-get');
  const missing = isDebian ? await missingDebs() : await missingRpms();
  if (missing.length === 0) return;
  if (process.getuid?.() !== 0) throw new Error(`The tests need ${missing.join(' ')}. Install them as root.`);
  say(`installing ${missing.join(' ')}`);
  if (!isDebian) {
    await must('dnf', ['install', '--assumeyes', '--quiet', ...missing]);
    return;
  }
  const env = { ...definedEnvironment(), DEBIAN_FRONTEND: 'noninteractive' };
  await must('apt-get', ['update', '--quiet'], { env });
  await must('apt-get', ['install', '--yes', '--quiet', '--no-install-recommends', ...missing], { env });
}

async function missingDebs(): Promise<string[]> {
  const query = ['--show', '--showformat', `\${Package} \${db:Status-Status}\\n`];
  const known = (await must('dpkg-query', query)).stdout.toString().split('\n');
  return debian.filter((tool) => !known.includes(`${tool} installed`));
}

async function missingRpms(): Promise<string[]> {
  const known = (await must('rpm', ['-qa', '--queryformat', '%{NAME}\\n'])).stdout.toString().split('\n');
  return fedora.filter((tool) => !known.includes(tool));
}

function definedEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  );
}
