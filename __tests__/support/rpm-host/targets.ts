import { existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, mkdtemp, readFile, rm, rmdir, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { must, type ProcessResult, run } from '../run.ts';
import { cached, digest, locked } from './cache.ts';
import { mirror } from './debian.ts';
import { say } from './say.ts';
import { installTools } from './tools.ts';

/** Root directories of systems that a packed Python must run on. None of them has a Python. */
export interface ForeignRoots {
  /** Debian 11: glibc 2.31, older than the RPM host's, and dash as /bin/sh. */
  bullseye: string;
  /** The same Debian 11 with bash as /bin/sh. */
  bash: string;
  /** Only a static busybox: no libc, no ld.so. */
  busybox: string;
}

/** How a program is started in a root. */
export interface InRoot {
  /** The whole environment, as execve gets it. A name must not be empty or contain `=`. */
  env?: Record<string, string>;
  /** The current directory, in the root; `/` if absent. */
  cwd?: string;
  /** Files and directories of this machine: path on this machine → path in the root, writable. */
  binds?: Record<string, string>;
  /** The same, read-only. They are mounted first, so that `binds` can be inside them. */
  readOnly?: Record<string, string>;
}

/** The foreign roots. They are built once and kept. */
export async function foreignRoots(): Promise<ForeignRoots> {
  return locked('targets', async () => {
    await installTools();
    const bullseye = await debianRoot();
    return { bullseye, bash: await bashRoot(bullseye), busybox: await busyboxRoot() };
  });
}

async function debianRoot(): Promise<string> {
  const release = ['--variant=minbase', 'bullseye'];
  return cached('bullseye', digest(...release), async (folder) => {
    say('building a root of Debian 11 (a minute)');
    await must('debootstrap', [...release, folder, ...(await mirror())]);
    await must('find', [join(folder, 'var/cache/apt/archives'), '-name', '*.deb', '-delete']);
  });
}

async function bashRoot(bullseye: string): Promise<string> {
  return cached('bash', digest(basename(bullseye)), async (folder) => {
    await must('cp', ['--archive', '--link', `${bullseye}/.`, folder]);
    await rm(join(folder, 'usr/bin/sh'));
    await symlink('bash', join(folder, 'usr/bin/sh'));
  });
}

async function busyboxRoot(): Promise<string> {
  const program = ['/usr/bin/busybox', '/usr/sbin/busybox'].find((path) => existsSync(path)) ?? '';
  const bytes = await readFile(program);
  return cached('busybox', digest(bytes.toString('latin1')), async (folder) => {
    for (const name of ['bin', 'dev', 'proc', 'tmp']) await mkdir(join(folder, name));
    await chmod(join(folder, 'tmp'), 0o1777);
    const busybox = join(folder, 'bin/busybox');
    await copyFile(program, busybox);
    const applets = (await must('chroot', [folder, '/bin/busybox', '--list'])).stdout.toString();
    for (const applet of applets.trim().split('\n'))
      if (applet !== 'busybox') await symlink('busybox', join(folder, 'bin', applet));
  });
}

/**
 * Runs a program in a root directory. It has /proc and the usual devices, and no access to the rest of this machine. At
 * its end everything is unmounted, and the files that it wrote into the root are lost. Use `binds` for files that must
 * stay.
 *
 * The exit code is 128 + N if signal N ended the program, and 127 if it could not be started.
 */
export async function inRoot(root: string, argv: string[], options: InRoot = {}): Promise<ProcessResult> {
  const { env = {}, cwd = '/', binds = {}, readOnly = {} } = options;
  const scratch = await mkdtemp(join(tmpdir(), 'relopack-root-'));
  try {
    const job = JSON.stringify({ root, scratch, argv, env, cwd, binds, readOnly });
    const namespaces = ['--mount', '--pid', '--fork', '--kill-child'];
    return await run(
      'unshare',
      [...namespaces, '/usr/bin/python3', join(import.meta.dirname, 'enter.py'), job],
      {
        env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' },
      },
    );
  } finally {
    await rmdir(scratch);
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  for (const [name, root] of Object.entries(await foreignRoots())) process.stdout.write(`${name} ${root}\n`);
}
