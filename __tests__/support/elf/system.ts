import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isElf } from '../../../src/elf/image.ts';
import { Root } from '../../../src/host/root.ts';
import { type Architecture, foreignRoot } from './architectures.ts';
import { hostLoader, output } from './tools.ts';

/** Installed files, and the ld.so that loads them. All paths but `root` are canonical ones inside the root. */
export interface System {
  name: string;
  root: Root;
  /** What runs its programs here: a command that takes another one, or nothing. */
  emulator: string[];
  loader: string;
  /** Whether its ld.so looks into `directories` without being told. */
  installed: boolean;
  /** Where libraries are that no RUNPATH leads to. */
  directories: string[];
}

/** What is in a system: ELF files, and the links that lead to them or to a directory that has some. */
export interface Contents {
  files: string[];
  links: { path: string; target: string }[];
}

/** This machine. */
export async function thisMachine(scratch: string): Promise<System> {
  const root = new Root('/');
  const cache = (await output('/sbin/ldconfig', '-p')).matchAll(/ => (\/.*)\/[^/]+$/gm);
  const directories = [...cache].map(([, directory = '']) => root.resolve(directory) ?? directory);
  return {
    ...{ name: 'this machine', root, emulator: [], installed: true, directories: [...new Set(directories)] },
    loader: root.resolve(await hostLoader(scratch)) ?? '',
  };
}

/** A root with an ld.so in it, such as the test host's. Of the directories and loaders named, those that are there. */
export function rooted(
  name: string,
  path: string,
  loaders: string[],
  libraries: string[],
  emulator: string[] = [],
): System {
  const root = new Root(path);
  const present = (paths: string[]) => [...new Set(paths.flatMap((one) => root.resolve(one) ?? []))];
  const [loader] = present(loaders);
  if (loader === undefined) throw new Error(`${name} has no ${loaders.join(' or ')}`);
  return { name, root, emulator, loader, installed: false, directories: present(libraries) };
}

/** Packages of another architecture, unpacked. Their programs run under qemu-user, with pages of `pageSize` bytes. */
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

/** All ELF files of a system under some of its directories; nothing behind a link or below a directory in `skip`. */
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
