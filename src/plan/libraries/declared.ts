import type { Installed } from '../../rpm/installed.ts';
import type { InstalledPackage } from '../../rpm/package.ts';
import type { OutwardRequire } from '../closure/closure.ts';
import type { NativeFile } from '../native-file.ts';
import type { LibrarySearch } from './search.ts';

/** A library that a package loads itself at run time. */
interface DeclaredLibrary {
  by: InstalledPackage;
  /** The Requires of the package that leads to it. */
  capability: string;
  /** The path at which ld.so finds the library. */
  path: string;
}

/** `libudev.so.1()(64bit)`, or `libudev.so.1` for 32 bits. */
const sonameCapability = /^([^\s()]+\.so[^\s()]*)(?:\(\)(?:\(64bit\))?)?$/;

/**
 * The libraries that a Python package Requires although none of its ELF files needs them: it loads them itself, as pyudev
 * loads libudev. A Requires on a soname means that library. A Requires on a package means all its libraries.
 */
export function declaredLibraries(
  installed: Installed,
  search: LibrarySearch,
  natives: ReadonlyMap<string, NativeFile>,
  outward: readonly OutwardRequire[],
): DeclaredLibrary[] {
  const neededSonames = new Map<InstalledPackage, ReadonlySet<string>>();
  const bySoname = new Map([...natives.values()].map((native) => [native.image.soname, native]));
  return outward.flatMap(({ by, capability, provider }) => {
    let sonames = neededSonames.get(by);
    if (sonames === undefined) {
      sonames = neededBy(by, natives, bySoname);
      neededSonames.set(by, sonames);
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

/** The sonames that the ELF files of a package need, directly or indirectly. */
function neededBy(
  pkg: InstalledPackage,
  natives: ReadonlyMap<string, NativeFile>,
  bySoname: ReadonlyMap<string | undefined, NativeFile>,
): Set<string> {
  const sonames = new Set<string>();
  const open = [...natives.values()].filter(({ selected }) => selected.owned?.package === pkg);
  for (const native of open) {
    for (const soname of native.needs.keys()) {
      if (sonames.has(soname)) continue;
      sonames.add(soname);
      const library = bySoname.get(soname);
      if (library !== undefined) open.push(library);
    }
  }
  return sonames;
}
