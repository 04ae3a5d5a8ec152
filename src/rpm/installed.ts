import { RelopackError } from '../common/error.ts';
import type { Root } from '../host/root.ts';
import { type Dependency, overlaps } from './dependency.ts';
import { FileFlag, type InstalledFile, type InstalledPackage } from './package.ts';

/** A file together with the package that owns it. */
export interface Owned {
  package: InstalledPackage;
  file: InstalledFile;
}

/** What is installed in a root: its packages, and the questions that a plan asks of them. */
export class Installed {
  readonly root: Root;
  readonly packages: readonly InstalledPackage[];
  readonly #byName = new Map<string, InstalledPackage[]>();
  readonly #byCapability = new Map<string, { package: InstalledPackage; provide: Dependency }[]>();
  #byPath: Map<string, Owned> | undefined;

  constructor(root: Root, packages: readonly InstalledPackage[]) {
    this.root = root;
    this.packages = packages;
    for (const pkg of packages) {
      push(this.#byName, pkg.name, pkg);
      for (const provide of pkg.provides) push(this.#byCapability, provide.name, { package: pkg, provide });
    }
  }

  /** The packages of this name: several where versions or architectures stand side by side. */
  named(name: string): readonly InstalledPackage[] {
    return this.#byName.get(name) ?? [];
  }

  /**
   * The packages that satisfy a Requires: a path is looked up among the installed files and then among the Provides,
   * anything else among the Provides by name and overlapping range (rpm lib/rpmdb.c, lib/depends.c).
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

  /** Who owns the file at this path, however its directory is spelled; undefined for a file of nobody. */
  owner(path: string): Owned | undefined {
    this.#byPath ??= this.#indexPaths();
    const canonical = this.root.canonical(path);
    return canonical === undefined ? undefined : this.#byPath.get(canonical);
  }

  /** Names of all capabilities, for saying which one was perhaps meant. */
  capabilities(): IterableIterator<string> {
    return this.#byCapability.keys();
  }

  /** What only root may look at can't be packed: whoever asks for it by its name is told so. */
  #visible(path: string): string | undefined {
    try {
      return this.root.canonical(path);
    } catch (error) {
      if (error instanceof RelopackError && error.code === 'file-missing') return undefined;
      throw error;
    }
  }

  #indexPaths(): Map<string, Owned> {
    const index = new Map<string, Owned>();
    for (const pkg of this.packages) {
      for (const file of pkg.files) {
        if (!isInstalled(file)) continue;
        const canonical = this.#visible(file.path);
        // Of two owners of one path (a %ghost and a real file) the one that brought content wins.
        if (canonical !== undefined && (file.flags & FileFlag.ghost) === 0)
          index.set(canonical, { package: pkg, file });
        else if (canonical !== undefined && !index.has(canonical))
          index.set(canonical, { package: pkg, file });
      }
    }
    return index;
  }
}

/** Whether rpm put this file on the disk: not left out as documentation or another language, nor replaced since. */
export function isInstalled(file: InstalledFile): boolean {
  return file.state === 0 || file.state === 3;
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
