import { RelopackError } from '../common/error.ts';
import type { Root } from '../host/root.ts';
import { type Dependency, overlaps } from './dependency.ts';
import { FileFlag, type InstalledFile, type InstalledPackage } from './package.ts';

/** A file and the package that owns it. */
export interface OwnedFile {
  package: InstalledPackage;
  file: InstalledFile;
}

/** The packages that are installed in a root, with indexes by name, capability and path. */
export class Installed {
  readonly root: Root;
  readonly packages: readonly InstalledPackage[];
  readonly #byName = new Map<string, InstalledPackage[]>();
  readonly #byCapability = new Map<string, { package: InstalledPackage; provide: Dependency }[]>();
  #byPath: Map<string, OwnedFile> | undefined;

  constructor(root: Root, packages: readonly InstalledPackage[]) {
    this.root = root;
    this.packages = packages;
    for (const pkg of packages) {
      push(this.#byName, pkg.name, pkg);
      for (const provide of pkg.provides) push(this.#byCapability, provide.name, { package: pkg, provide });
    }
  }

  /** The packages of this name. There are several if versions or architectures are installed side by side. */
  named(name: string): readonly InstalledPackage[] {
    return this.#byName.get(name) ?? [];
  }

  /**
   * The packages that satisfy a Requires. A path is looked up in the installed files and then in the Provides. Anything
   * else is looked up in the Provides, by name and overlapping range (rpm lib/rpmdb.c, lib/depends.c).
   */
  providers(dependency: Dependency): InstalledPackage[] {
    if (dependency.name.startsWith('/')) {
      const owned = this.owner(dependency.name);
      if (owned !== undefined) return [owned.package];
    }
    const candidates = this.#byCapability.get(dependency.name) ?? [];
    const satisfying = candidates.filter(({ provide }) => overlaps(provide, dependency));
    return [...new Set(satisfying.map((candidate) => candidate.package))];
  }

  /** The owner of the file at this path, whatever links its directory has. Undefined if no package owns it. */
  owner(path: string): OwnedFile | undefined {
    this.#byPath ??= this.#indexPaths();
    const canonical = this.root.canonical(path);
    return canonical === undefined ? undefined : this.#byPath.get(canonical);
  }

  /** The names of all capabilities. */
  capabilities(): IterableIterator<string> {
    return this.#byCapability.keys();
  }

  /** Canonical path; undefined in a directory that this user may not read. Asking for such a file by name still throws. */
  #canonicalIfVisible(path: string): string | undefined {
    try {
      return this.root.canonical(path);
    } catch (error) {
      if (error instanceof RelopackError && error.code === 'file-missing') return undefined;
      throw error;
    }
  }

  #indexPaths(): Map<string, OwnedFile> {
    const index = new Map<string, OwnedFile>();
    for (const pkg of this.packages) {
      for (const file of pkg.files) {
        if (!isInstalled(file)) continue;
        const canonical = this.#canonicalIfVisible(file.path);
        // If a %ghost and a real file have the same path, the owner of the real file wins.
        if (canonical !== undefined && (file.flags & FileFlag.ghost) === 0)
          index.set(canonical, { package: pkg, file });
        else if (canonical !== undefined && !index.has(canonical))
          index.set(canonical, { package: pkg, file });
      }
    }
    return index;
  }
}

/** Whether rpm wrote this file: it was not left out (nodocs, %lang), and no other package has replaced it. */
export function isInstalled(file: InstalledFile): boolean {
  return file.state === 0 || file.state === 3;
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
