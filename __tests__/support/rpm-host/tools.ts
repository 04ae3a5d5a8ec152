import { existsSync } from 'node:fs';
import { must } from '../run.ts';
import { say } from './say.ts';

/** What judges in the tests: programs that have read, edited or unpacked such files for decades. */
const judges = [
  ...['binutils', 'bzip2', 'elfutils', 'gcc', 'openssl', 'patchelf', 'pigz', 'util-linux'],
  // They compile the launcher and run the one for another machine.
  ...['gcc-aarch64-linux-gnu', 'qemu-user-static'],
  // The scripts of the reusable workflow use it, as GitHub's machines have it.
  'jq',
];

/** What the machine itself needs on Debian: the judges, and what the host and the foreign roots are built with. */
const debian = [
  ...judges,
  ...['busybox-static', 'db-util', 'debootstrap', 'libarchive-tools', 'mount', 'rpm', 'xz-utils'],
  ...['build-essential', 'pkg-config', 'python3', 'python3-packaging'],
  ...['libssl-dev', 'libffi-dev', 'libsqlite3-dev', 'libreadline-dev', 'libncurses-dev', 'libexpat1-dev'],
  ...['libgdbm-dev', 'libgdbm-compat-dev', 'uuid-dev', 'libbz2-dev', 'liblzma-dev', 'zlib1g-dev'],
  ...['libnsl-dev', 'libtirpc-dev', 'libcrypt-dev'],
];

/** On Fedora, where the machine is the host. */
const fedora = [
  ...judges,
  ...[
    'bsdtar',
    'busybox',
    'debootstrap',
    'gcc-x86_64-linux-gnu',
    'glibc-devel',
    'glibc-static',
    'libdb-utils',
    'openssl-libs',
    'python3',
    'rpm-build',
    'xz',
  ],
];

/** Installs what the tests need and the machine lacks. Throws where that takes root, or another distribution. */
export async function installTools(): Promise<void> {
  const isDebian = existsSync('/usr/bin/apt-get');
  const missing = isDebian ? await missingDebs() : await missingRpms();
  if (missing.length === 0) return;
  if (process.getuid?.() !== 0) throw new Error(`The tests need ${missing.join(' ')}; install them as root.`);
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
