import { existsSync } from 'node:fs';
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cached, cacheFolder, digest, locked } from '../rpm-host/cache.ts';
import { mirror } from '../rpm-host/debian.ts';
import { say } from '../rpm-host/say.ts';
import { must } from '../run.ts';

/** An architecture of Debian, and the emulator for its programs. */
export interface Architecture {
  /** Its name in Debian. */
  name: string;
  /** The Debian release of its packages. */
  release: string;
  /** The NAME in `qemu-NAME-static`. */
  qemu: string;
  /** The name of its library directory in /usr/lib. */
  triplet: string;
  /** The path of ld.so in its programs, by its psABI. */
  loader: string;
  /** Whether its kernels may use pages of 64 KiB. */
  largePages: boolean;
}

/** All are from Debian 12, except for riscv64, which it does not have. i386 and armhf are ELF32; s390x is big-endian. */
export const architectures: Architecture[] = [
  {
    ...{ name: 'amd64', release: 'bookworm', qemu: 'x86_64', triplet: 'x86_64-linux-gnu' },
    ...{ loader: '/lib64/ld-linux-x86-64.so.2', largePages: false },
  },
  {
    ...{ name: 'arm64', release: 'bookworm', qemu: 'aarch64', triplet: 'aarch64-linux-gnu' },
    ...{ loader: '/lib/ld-linux-aarch64.so.1', largePages: true },
  },
  {
    ...{ name: 'ppc64el', release: 'bookworm', qemu: 'ppc64le', triplet: 'powerpc64le-linux-gnu' },
    ...{ loader: '/lib64/ld64.so.2', largePages: true },
  },
  {
    ...{ name: 's390x', release: 'bookworm', qemu: 's390x', triplet: 's390x-linux-gnu' },
    ...{ loader: '/lib/ld64.so.1', largePages: false },
  },
  {
    ...{ name: 'riscv64', release: 'forky', qemu: 'riscv64', triplet: 'riscv64-linux-gnu' },
    ...{ loader: '/lib/ld-linux-riscv64-lp64d.so.1', largePages: false },
  },
  {
    ...{ name: 'i386', release: 'bookworm', qemu: 'i386', triplet: 'i386-linux-gnu' },
    ...{ loader: '/lib/ld-linux.so.2', largePages: false },
  },
  {
    ...{ name: 'armhf', release: 'bookworm', qemu: 'arm', triplet: 'arm-linux-gnueabihf' },
    ...{ loader: '/lib/ld-linux-armhf.so.3', largePages: false },
  },
];

/** Package lists that are older are downloaded again. */
const maxListAgeSeconds = 7 * 24 * 3600;

/**
 * A directory with these packages of another architecture and their dependencies. They are unpacked but not configured.
 * It is made once and kept. apt uses an empty state of its own and does not change the machine's.
 */
export async function foreignRoot(architecture: Architecture, packages: string[]): Promise<string> {
  const { name } = architecture;
  return locked(`elf-${name}`, async () => {
    const options = await aptState(architecture);
    const wanted = ['--yes', '--no-install-recommends', ...packages];
    const { stdout } = await must('apt-get', [...options, 'install', '--print-uris', ...wanted]);
    const files = [...stdout.toString().matchAll(/^'[^']+' (\S+\.deb) /gm)].map(([, file = '']) => file);
    return cached(`elf-${name}-${packages[0]}`, digest(...files.sort()), async (folder) => {
      say(`unpacking ${files.length} packages of ${name}`);
      const debs = await fetch(name, options, files);
      for (const deb of debs) await must('dpkg-deb', ['--extract', deb, folder]);
    });
  });
}

/** Downloads the packages whose files are missing, and returns the paths of all files. */
async function fetch(architecture: string, options: string[], files: string[]): Promise<string[]> {
  const folder = join(cacheFolder, 'downloads');
  const unfinished = join(folder, `unfinished-${architecture}-${process.pid}`);
  await mkdir(unfinished, { recursive: true });
  const missing = files.filter((file) => !existsSync(join(folder, file)));
  const names = missing.map((file) => file.replace(/_.*/, ''));
  if (names.length > 0)
    await must('apt-get', [...options, 'download', '--quiet', ...names], { cwd: unfinished });
  for (const file of missing) await rename(join(unfinished, file), join(folder, file));
  await rm(unfinished, { recursive: true });
  return files.map((file) => join(folder, file));
}

/** The options by which apt-get uses an empty state for an architecture. Downloads its package lists if they are old. */
async function aptState({ name, release }: Architecture): Promise<string[]> {
  const folder = join(cacheFolder, `apt-${release}-${name}`);
  const status = join(folder, 'status');
  const sources = join(folder, 'sources.list');
  const options = Object.entries({
    'Dir::Etc::sourcelist': sources,
    'Dir::Etc::sourceparts': '/dev/null',
    'Dir::State::lists': join(folder, 'lists'),
    'Dir::State::status': status,
    'Dir::Cache': join(folder, 'cache'),
    'APT::Sandbox::User': 'root',
    'APT::Architecture': name,
    'APT::Architectures::': name,
  }).flatMap(([key, value]) => ['-o', `${key}=${value}`]);
  const stamp = join(folder, 'refreshed');
  const fetched = await stat(stamp).catch(() => undefined);
  if (fetched !== undefined && Date.now() - fetched.mtimeMs < maxListAgeSeconds * 1000) return options;

  say(`fetching the lists of Debian packages for ${name}`);
  await mkdir(join(folder, 'lists', 'partial'), { recursive: true });
  await mkdir(join(folder, 'cache', 'archives', 'partial'), { recursive: true });
  await writeFile(sources, `deb ${await mirror()} ${release} main\n`);
  await writeFile(status, '');
  await must('apt-get', [...options, 'update', '--quiet']);
  await writeFile(stamp, '');
  return options;
}
