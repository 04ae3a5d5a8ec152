import assert from 'node:assert/strict';
import { globSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unpack } from '../../../src/archive/unpack.ts';
import type { UnpackedEntry } from '../../../src/archive/write-entry.ts';
import { type RpmHost, rpmHost } from '../rpm-host/build.ts';
import { cached, digest, locked } from '../rpm-host/cache.ts';
import { inRoot } from '../rpm-host/targets.ts';
import { type ProcessResult, run } from '../run.ts';
import { scratch } from '../scratch.ts';

/** The command as users start it. */
export const cli: string = join(import.meta.dirname, '../../../dist/cli.js');

/** Runs the built command. */
export function relopack(
  args: string[],
  env: Record<string, string> = {},
  cwd: string = tmpdir(),
): Promise<ProcessResult> {
  const inherited = { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '/root' };
  return run(process.execPath, [cli, ...args], { env: { ...inherited, ...env }, cwd });
}

/** The options that select a host: the test host, unless another one is given. */
export async function hostArguments(host?: RpmHost): Promise<string[]> {
  const { root, dbpath } = host ?? (await rpmHost());
  return ['--root', root, ...(dbpath === undefined ? [] : ['--dbpath', dbpath])];
}

/** An archive of the test host, packed and unpacked. */
export interface PackedTree {
  /** The directory that contains the archive and its tree. `remove` deletes it. */
  directory: string;
  archive: string;
  /** The top folder of the unpacked tree. */
  tree: string;
  entries: UnpackedEntry[];
  remove(): void;
}

/** Packs modules of the test host, or of another one, and unpacks the archive. */
export async function packTree(
  modules: string[],
  options: string[] = [],
  host?: RpmHost,
): Promise<PackedTree> {
  const directory = scratch('packed-');
  const archive = join(directory, 'packed.tar.gz');
  const { code, stderr } = await relopack([
    'pack',
    ...(await hostArguments(host)),
    '-o',
    archive,
    ...options,
    ...modules,
  ]);
  assert.equal(code, 0, stderr);
  const unpacked = join(directory, 'unpacked');
  const entries = await unpack(archive, unpacked);
  return {
    directory,
    archive,
    tree: join(unpacked, entries[0]?.path ?? ''),
    entries,
    remove: () => rmSync(directory, { recursive: true }),
  };
}

/** The lines that a script prints. A packed Python, unpacked at `place`, runs it in a foreign root. */
export async function printed(
  root: string,
  { tree }: PackedTree,
  place: string,
  script: string,
  env: Record<string, string>,
): Promise<string[]> {
  const { code, stdout, stderr } = await inRoot(root, [`${place}/bin/python3`, '-c', script], {
    env: { PATH: '/usr/bin:/bin', ...env },
    readOnly: { [tree]: place },
  });
  assert.equal(code, 0, stderr);
  return stdout.toString().split('\n').slice(0, -1);
}

/** The modules that tests of the environment of a moved Python need. */
const shared = ['requests', 'pyyaml', 'cryptography', 'lxml'];

/**
 * A tree with network modules, packed once for all tests that only read it: bind it read-only. It is kept in
 * node_modules until the command or the host changes.
 */
export async function sharedTree(): Promise<string> {
  const { root } = await rpmHost();
  const built = globSync(
    join(import.meta.dirname, '../../../dist/**/{*.js,*.py,launcher-*,redirect-*,getenv-*}'),
  ).sort();
  const key = digest(root, ...shared, ...built.map((path) => readFileSync(path, 'latin1')));
  const place = join(import.meta.dirname, '../../../node_modules');
  const folder = await locked('packed', () =>
    cached(
      '.packed',
      key,
      async (unfinished) => {
        const packed = await packTree(shared, ['--prefix', 'py', '--no-verify']);
        await unpack(packed.archive, join(unfinished, 'unpacked'));
        packed.remove();
      },
      place,
    ),
  );
  return join(folder, 'unpacked', readdirSync(join(folder, 'unpacked'))[0] ?? '');
}
