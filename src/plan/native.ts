import { posix } from 'node:path';
import picomatch from 'picomatch';
import { type ElfImage, readImage } from '../elf/image.ts';
import { RelopackError } from '../error.ts';
import type { Distribution } from '../host/distribution.ts';
import type { Installed } from '../host/installed.ts';
import { type InstalledPackage, nevra } from '../host/package.ts';
import type { Root } from '../host/root.ts';
import type { OutwardRequire } from './closure.ts';
import type { LibrarySearch } from './libraries.ts';
import { platformSonames, runtimeTable } from './runtime.ts';
import type { Selected, Selection } from './selection.ts';

/** An ELF file that goes in, with where its libraries are. */
export interface NativeFile {
  selected: Selected;
  image: ElfImage;
  /** Each DT_NEEDED and the canonical host path at which it was found. */
  needs: ReadonlyMap<string, string>;
}

/**
 * Adds to the selection all the libraries that its ELF files need, and theirs: by DT_NEEDED, by what a package
 * declares and loads by ctypes, by the table of what is loaded at run time only, and those that are always in.
 *
 * Throws library-missing, which names every library that is needed and not there, with who needs it.
 */
export function closeNative(
  installed: Installed,
  selection: Selection,
  search: LibrarySearch,
  outward: readonly OutwardRequire[],
  distribution: Distribution,
): Map<string, NativeFile> {
  const natives = new Map<string, NativeFile>();
  const missing = new Map<string, string>();

  for (const soname of platformSonames) {
    const path = search.find(soname);
    if (path !== undefined) selection.addFile(path, { kind: 'platform' });
  }
  const drain = () => {
    for (const selected of selection.files.values()) {
      if (natives.has(selected.host) || !selection.isElf(selected)) continue;
      const image = readImage(installed.root.read(selected.host), selected.host);
      const needs = new Map<string, string>();
      for (const soname of image.needed) {
        const path = search.find(soname, { path: selected.host, runpath: image.runpath, rpath: image.rpath });
        if (path === undefined) {
          missing.set(soname, selected.host);
        } else {
          needs.set(soname, path);
          selection.addFile(path, { kind: 'needed', by: selected.host, soname });
        }
      }
      natives.set(selected.host, { selected, image, needs });
      addRuntimeFiles(installed, selection, search, selected.host, image);
    }
  };
  drain();
  for (const { by, capability, path } of declaredLibraries(installed, search, natives, outward)) {
    selection.addFile(path, { kind: 'declared', by: nevra(by), capability });
  }
  drain();
  if (missing.size > 0) throw missingLibraries(missing, distribution);
  return natives;
}

function addRuntimeFiles(
  installed: Installed,
  selection: Selection,
  search: LibrarySearch,
  host: string,
  image: ElfImage,
): void {
  const { root } = installed;
  const directory = posix.dirname(host);
  const by = image.soname ?? posix.basename(host);
  // What a library in FIPS mode compares itself with.
  const paths = [by, posix.basename(host)].map((name): string | undefined => `${directory}/.${name}.hmac`);
  for (const { loader, sonames = [], files = [], first = [] } of runtimeTable) {
    if (!loader.test(by)) continue;
    paths.push(...sonames.map((soname) => search.find(soname)));
    paths.push(...files.flatMap((pattern) => matching(root, posix.resolve(directory, pattern))));
    paths.push(first.find((path) => (root.stat(path)?.size ?? 0) > 0));
  }
  for (const path of paths) {
    const at = path === undefined ? undefined : root.canonical(path);
    if (at !== undefined && root.lstat(at) !== undefined) selection.addFile(at, { kind: 'runtime', by });
  }
}

/** The files, and links to files, that an absolute glob matches. Links to directories are not followed. */
function matching(root: Root, pattern: string): string[] {
  const matches = picomatch(pattern);
  const walk = (directory: string): string[] =>
    root.list(directory).flatMap((name) => {
      const path = `${directory}/${name}`;
      if (root.lstat(path)?.isDirectory()) return walk(path);
      return matches(path) && root.stat(path)?.isFile() ? [path] : [];
    });
  return walk(picomatch.scan(pattern).base);
}

interface DeclaredLibrary {
  by: InstalledPackage;
  capability: string;
  path: string;
}

/** `libudev.so.1()(64bit)`, and bare for 32 bits. */
const sonameCapability = /^([^\s()]+\.so[^\s()]*)(?:\(\)(?:\(64bit\))?)?$/;

/**
 * The libraries of packages that a Python package Requires although none of its ELF files needs them: it loads
 * them itself, as pyudev does libudev. A soname that is Required stands for itself, a package for all its sonames.
 */
function declaredLibraries(
  installed: Installed,
  search: LibrarySearch,
  natives: ReadonlyMap<string, NativeFile>,
  outward: readonly OutwardRequire[],
): DeclaredLibrary[] {
  const explained = new Map<InstalledPackage, ReadonlySet<string>>();
  return outward.flatMap(({ by, capability, provider }) => {
    let sonames = explained.get(by);
    if (sonames === undefined) {
      sonames = neededBy(by, natives);
      explained.set(by, sonames);
    }
    const own = sonameCapability.exec(capability)?.[1];
    const provided = own !== undefined ? [own] : providedSonames(provider);
    if (provided.some((soname) => sonames.has(soname))) return [];
    return provided.flatMap((soname) => {
      const path = search.find(soname);
      const real = path === undefined ? undefined : installed.root.resolve(path);
      const belongs = real !== undefined && installed.owner(real)?.package === provider;
      return path !== undefined && belongs ? [{ by, capability, path }] : [];
    });
  });
}

function providedSonames(pkg: InstalledPackage): string[] {
  return pkg.provides.flatMap(({ name }) => sonameCapability.exec(name)?.[1] ?? []);
}

/** The sonames that the ELF files of a package need, directly or through each other. */
function neededBy(pkg: InstalledPackage, natives: ReadonlyMap<string, NativeFile>): Set<string> {
  const sonames = new Set<string>();
  const open = [...natives.values()].filter(({ selected }) => selected.owned?.package === pkg);
  for (const native of open) {
    for (const soname of native.needs.keys()) {
      if (sonames.has(soname)) continue;
      sonames.add(soname);
      const library = [...natives.values()].find(({ image }) => image.soname === soname);
      if (library !== undefined) open.push(library);
    }
  }
  return sonames;
}

function missingLibraries(missing: ReadonlyMap<string, string>, distribution: Distribution): RelopackError {
  const list = [...missing].map(([soname, by]) => `${soname} (needed by ${by})`).join(', ');
  const capabilities = [...missing.keys()].map((soname) => `'${soname}()(64bit)'`).join(' ');
  return new RelopackError(
    'library-missing',
    `not found on the host: ${list}`,
    `Install it (${distribution.install} ${capabilities}), or leave what needs it out with --exclude.`,
  );
}
