import { mkdirSync, rmSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { buildPackages, type Spec } from '../rpm/packages.ts';
import { must, run } from '../run.ts';
import { scratch } from '../scratch.ts';
import { type RpmHost, rpmHost } from './build.ts';

/** The directories of a system that are not files of packages. */
const others = ['dev', 'proc', 'run', 'sys', 'tmp'];

/**
 * A copy of the RPM host in which rpm has also installed these packages. It is gone when the process ends.
 *
 * The copy consists of hard links, for rpm replaces files and never writes into one. Only the database is written in
 * place, so it is copied.
 */
export async function extendedHost(specs: Spec[]): Promise<RpmHost> {
  const { root: original, dbpath = await defaultDatabase() } = await rpmHost();
  const directory = scratch('extended-');
  const root = join(directory, 'root');
  mkdirSync(root);
  const { stdout } = await must('ls', ['-A', original]);
  const names = stdout.toString().split('\n').filter(Boolean);
  for (const name of names.filter((one) => !others.includes(one))) {
    const paths = ['--', join(original, name), root];
    const linked = await run('cp', ['--archive', '--link', ...paths]);
    if (linked.code !== 0) await must('cp', ['--archive', ...paths]);
  }
  rmSync(join(root, dbpath), { recursive: true });
  await cp(join(original, dbpath), join(root, dbpath), { recursive: true });
  const rpms = await buildPackages(directory, specs);
  await must('rpm', ['--root', root, '--dbpath', dbpath, '--install', '--nodeps', '--', ...rpms]);
  // ldconfig makes a new file, and so keeps that of the original.
  await must('chroot', [root, '/sbin/ldconfig']);
  return { root, dbpath };
}

/** The directory of the machine's own database, if the machine is the host. */
async function defaultDatabase(): Promise<string> {
  return (await must('rpm', ['--eval', '%{_dbpath}'])).stdout.toString().trim();
}
