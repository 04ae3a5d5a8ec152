import type { Interpreter } from '../python/interpreter.ts';
import { pythonVersions } from '../python/package-versions.ts';
import { compareEvr } from '../rpm/compare-versions.ts';
import { type Dependency, isFollowed, Sense } from '../rpm/dependency.ts';
import type { Installed } from '../rpm/installed.ts';
import { type InstalledPackage, nevra } from '../rpm/package.ts';
import { isRich, richOperands } from '../rpm/rich-dependency.ts';
import type { Reason } from './reason.ts';
import type { RequestedModule } from './requested.ts';

/** A Requires on a package without Python files, perhaps on a library that is loaded by ctypes. */
export interface OutwardRequire {
  by: InstalledPackage;
  capability: string;
  provider: InstalledPackage;
}

/** The packages whose own files are packed, with the reason for each, and their Requires on other packages. */
export interface Closure {
  packages: ReadonlyMap<InstalledPackage, Reason>;
  outward: readonly OutwardRequire[];
}

/**
 * Follows the Requires of the interpreter and of the requested packages to other packages with files of this Python.
 *
 * The Requires of installed packages are already satisfied, so nothing needs to be solved. Every installed operand of a
 * rich dependency is followed, and versions only choose among several providers. Requires of scriptlets are not
 * followed.
 */
export function closePackages(
  installed: Installed,
  interpreter: Interpreter,
  requested: readonly RequestedModule[],
): Closure {
  const packages = new Map<InstalledPackage, Reason>([[interpreter.package, { kind: 'interpreter' }]]);
  for (const pkg of interpreter.named) packages.set(pkg, { kind: 'interpreter' });
  for (const { request, package: pkg } of requested) {
    if (!packages.has(pkg)) packages.set(pkg, { kind: 'requested', request });
  }
  const outward: OutwardRequire[] = [];
  const { arch } = interpreter.package;
  // Iterating over a Map also visits the entries that are added meanwhile, so this is a breadth-first search.
  for (const [by] of packages) {
    for (const dependency of operands(by)) {
      const capability = capabilityText(dependency);
      const providers = installed.providers(dependency).filter((provider) => provider !== by);
      const ofPython = providers.filter((provider) => belongsTo(provider, interpreter));
      for (const provider of choose(ofPython, packages, dependency, arch)) {
        if (!packages.has(provider)) packages.set(provider, { kind: 'required', by: nevra(by), capability });
      }
      if (ofPython.length > 0) continue;
      for (const provider of choose(providers, packages, dependency, arch)) {
        outward.push({ by, capability, provider });
      }
    }
  }
  return { packages, outward };
}

/** A package that is not packed although the Requires of the packed packages lead to it. */
export interface LeftOut {
  package: InstalledPackage;
  /** The names of the packages on the way, from a packed package to this one. */
  chain: string[];
}

/** The packages that would be added if every Requires of the `present` packages were followed. */
export function leftOut(
  installed: Installed,
  present: ReadonlySet<InstalledPackage>,
  arch: string,
): LeftOut[] {
  const chains = new Map<InstalledPackage, string[]>([...present].map((pkg) => [pkg, [pkg.name]]));
  for (const [by, chain] of chains) {
    for (const dependency of operands(by)) {
      for (const provider of choose(installed.providers(dependency), chains, dependency, arch)) {
        if (!chains.has(provider)) chains.set(provider, [...chain, provider.name]);
      }
    }
  }
  return [...chains].filter(([pkg]) => !present.has(pkg)).map(([pkg, chain]) => ({ package: pkg, chain }));
}

function operands(pkg: InstalledPackage): Dependency[] {
  return pkg.requires
    .filter(isFollowed)
    .flatMap((dependency) => (isRich(dependency) ? richOperands(dependency.name) : [dependency]));
}

function belongsTo(pkg: InstalledPackage, interpreter: Interpreter): boolean {
  return pkg === interpreter.package || pythonVersions(pkg).has(interpreter.version);
}

/**
 * Chooses one of several providers: one that is already packed, else the package of that name, else the first by name.
 * Among packages of the same name it prefers the interpreter's architecture, and then the newest version.
 */
function choose(
  providers: readonly InstalledPackage[],
  present: ReadonlyMap<InstalledPackage, unknown>,
  { name }: Dependency,
  arch: string,
): readonly InstalledPackage[] {
  if (providers.length < 2) return providers;
  const rank = (pkg: InstalledPackage) => (present.has(pkg) ? 0 : pkg.name === name ? 1 : 2);
  const isForeign = (pkg: InstalledPackage) => Number(pkg.arch !== arch && pkg.arch !== 'noarch');
  return [...providers]
    .sort(
      (a, b) =>
        rank(a) - rank(b) ||
        isForeign(a) - isForeign(b) ||
        (a.name < b.name ? -1 : Number(a.name > b.name)) ||
        compareEvr(b.evr, a.evr),
    )
    .slice(0, 1);
}

function capabilityText({ name, flags, evr }: Dependency): string {
  if (evr === '') return name;
  const sense = [
    flags & Sense.less ? '<' : '',
    flags & Sense.greater ? '>' : '',
    flags & Sense.equal ? '=' : '',
  ];
  return `${name} ${sense.join('')} ${evr}`;
}
