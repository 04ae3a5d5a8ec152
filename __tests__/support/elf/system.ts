import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isElf } from '../../../src/elf/identity.ts';
import { openRoot, type Root } from '../../../src/host/root.ts';
import { type Architecture, foreignRoot } from './architectures.ts';
import { hostLoader, output } from './tools.ts';

/** Installed files and the ld.so that loads them. All paths are canonical and inside `root`. */
export interface System {
  name: string;
  root: Root;
  /** The command that runs its programs here, such as qemu. Empty if they run by themselves. */
  emulator: string[];
  loader: string;
  /** Whether its ld.so searches `directories` by default. */
  installed: boolean;
  /** The directories of libraries that are found without a RUNPATH. */
  directories: string[];
}

/** The ELF files of a system, and the links to them or to their directories. */
export interface Contents {
  files: string[];
  links: { path: string; target: string }[];
}

/** This machine. */
export async function thisMachine(scratch: string): Promise<System> {
  const root = openRoot('/');
  const cache = (await output('/sbin/ldconfig', '-p')).matchAll(/ => (\/.*)\/[^/]+$/gm);
  const directories = [...cache].map(([, directory = '']) => root.resolve(directory) ?? directory);
  return {
    ...{ name: 'this machine', root, emulator: [], installed: true, directories: [...new Set(directories)] },
    loader: root.resolve(await hostLoader(scratch)) ?? '',
  };
}

/** A system in a root directory, such as the test host. Loaders and directories that do not exist are ignored. */
export function rooted(
  name: string,
  path: string,
  loaders: string[],
  libraries: string[],
  emulator: string[] = [],
): System {
  const root = openRoot(path);
  const present = (paths: string[]) => [...new Set(paths.flatMap((one) => root.resolve(one) ?? []))];
  const [loader] = present(loaders);
  if (loader === undefined) throw new Error(`${name} has no ${loaders.join(' or ')}`);
  return { name, root, emulator, loader, installed: false, directories: present(libraries) };
}

/** Unpacked packages of another architecture, as a system. Its programs run in qemu-user with pages of `pageSize` bytes. */
export async function foreign(
  architecture: Architecture,
  packages: string[],
  pageSize = 4096,
): Promise<System> {
  const { name, qemu, triplet, loader } = architecture;
  const emulator = [`qemu-${qemu}-static`, ...(pageSize === 4096 ? [] : ['-p', `${pageSize}`])];
  const both = (path: string) => [path, `/usr${path}`];
  const root = await foreignRoot(architecture, packages);
  return rooted(name, root, both(loader), both(`/lib/${triplet}`), emulator);
}

/** Finds the ELF files below some directories of a system. Links and the directories in `skip` are not followed. */
export function contents({ root }: System, directories: string[], skip: string[] = []): Contents {
  const found: Contents = { files: [], links: [] };
  const walk = (directory: string): void => {
    const entries = readdirSync(root.onDisk(directory), { withFileTypes: true });
    for (const entry of entries) {
      const path = join(directory, entry.name);
      if (skip.includes(path)) continue;
      if (entry.isDirectory()) walk(path);
      else if (entry.isFile() && isElf(root.head(path, 4))) found.files.push(path);
      else if (entry.isSymbolicLink()) found.links.push({ path, target: root.resolve(path) ?? '' });
    }
  };
  for (const directory of directories) walk(directory);
  const files = new Set(found.files);
  const folders = new Set(found.files.map((file) => dirname(file)));
  const leads = ({ target }: { target: string }) => files.has(target) || folders.has(target);
  return { files: found.files.sort(), links: found.links.filter(leads) };
}
