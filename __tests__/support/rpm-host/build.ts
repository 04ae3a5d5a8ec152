import { existsSync } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { must, run } from '../run.ts';
import { cached, digest, locked, recipe } from './cache.ts';
import { cpython } from './cpython.ts';
import { Archive } from './debian.ts';
import { installRoot } from './install.ts';
import { sources } from './packages/all.ts';
import type { Source } from './packages/source.ts';
import { buildRpms, type Materials } from './rpmbuild.ts';
import { say } from './say.ts';
import { installTools } from './tools.ts';

/** An RPM host to pack from. */
export interface RpmHost {
  /** Its root directory; `/` if the machine itself is the host. */
  root: string;
  /** The directory of the RPM database, below the root. Absent if it is rpm's default. */
  dbpath?: string;
}

/** The recipe files that affect the RPMs of every package. */
const packaging = [
  'rpmbuild.ts',
  'layout.ts',
  'packages/base.ts',
  'packages/flexiblas.ts',
  'packages/libraries.ts',
  'packages/python.ts',
];

let host: Promise<RpmHost> | undefined;

/** The RPM host of this machine: the machine itself, or one that is built once from Debian's files and kept. */
export function rpmHost(): Promise<RpmHost> {
  host ??= findHost();
  return host;
}

async function findHost(): Promise<RpmHost> {
  if (await isRpmHost()) return { root: '/' };
  const folder = await locked('host', build);
  return { root: join(folder, 'root'), dbpath: '/usr/lib/sysimage/rpm' };
}

/** Whether this machine is an RPM host. Debian may have rpm too, with an empty database. */
async function isRpmHost(): Promise<boolean> {
  if (existsSync('/etc/debian_version')) return false;
  const rpm = await run('rpm', ['--query', '--whatprovides', 'python3']).catch(() => undefined);
  return rpm?.code === 0;
}

async function build(): Promise<string> {
  if (!existsSync('/usr/bin/apt-get') || process.getuid?.() !== 0) {
    throw new Error(
      'The RPM host can only be built on Debian 12, as root. On an RPM system, install python3 instead.',
    );
  }
  await installTools();
  const archive = await Archive.open();
  const names = [...new Set([...sources.flatMap((source) => source.debs ?? []), 'debian-archive-keyring'])];
  const candidates = await archive.candidates(names);
  const parts = await recipe(...packaging, 'packages/all.ts', 'install.ts', 'cpython.ts');
  return cached('host', digest(parts, ...candidates.sort()), async (folder) => {
    const materials = { debs: await archive.packages(names), cpython: await cpython(archive) };
    const bare = new Set(
      sources.flatMap(({ packages = [] }) => packages.filter((one) => one.bare)).map((one) => one.name),
    );
    const rpms = await allRpms(materials);
    const isBare = (path: string) => bare.has(path.replace(/.*\//, '').replace(/-[^-]*-[^-]*$/, ''));
    const root = join(folder, 'root');
    await installRoot(
      root,
      rpms.filter((path) => !isBare(path)),
      rpms.filter(isBare),
      await signingKey(materials, folder),
    );
  });
}

async function allRpms(materials: Materials): Promise<string[]> {
  const parts = await recipe(...packaging);
  const rpms: string[] = [];
  const waiting = [...sources];
  const work = async () => {
    for (let source = waiting.shift(); source !== undefined; source = waiting.shift()) {
      rpms.push(...(await rpmsOf(source, materials, parts)));
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return rpms.sort();
}

async function rpmsOf(source: Source, materials: Materials, parts: string): Promise<string[]> {
  const debs = (source.debs ?? []).map((name) => materials.debs.get(name) ?? '');
  const key = digest(parts, materials.cpython, ...debs);
  const folder = await cached(`rpms-${source.name}`, key, async (unfinished) => {
    say(`packaging ${source.name}`);
    await buildRpms(source, materials, unfinished);
  });
  return (await readdir(folder)).map((name) => join(folder, name));
}

/**
 * A public key for the database. Every real host has one: it is a package without files and without an architecture.
 */
async function signingKey(materials: Materials, folder: string): Promise<string> {
  const deb = materials.debs.get('debian-archive-keyring') ?? '';
  const keyring = join(folder, 'keyring');
  await mkdir(keyring);
  await must('dpkg-deb', ['--extract', deb, keyring]);
  return join(keyring, 'etc/apt/trusted.gpg.d/debian-archive-bookworm-automatic.asc');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  process.stdout.write(`${(await rpmHost()).root}\n`);
}
