import type { Interpreter } from '../python/interpreter.ts';
import { pythonVersions } from '../python/package-versions.ts';
import { type Dependency, isFollowed, Sense } from '../rpm/dependency.ts';
import type { Installed } from '../rpm/installed.ts';
import { type InstalledPackage, nevra } from '../rpm/package.ts';
import { isRich, richOperands } from '../rpm/rich-dependency.ts';
import { compareEvr } from '../rpm/version.ts';
import type { Reason } from './reason.ts';
import type { Requested } from './requested.ts';

/** A Requires that leads out of Python: perhaps to a library that is loaded by ctypes. */
export interface OutwardRequire {
  by: InstalledPackage;
  capability: string;
  provider: InstalledPackage;
}

/** The packages whose own files go in, with the reason each is in, and what they Require beyond them. */
export interface Closure {
  packages: ReadonlyMap<InstalledPackage, Reason>;
  outward: readonly OutwardRequire[];
}

/**
 * Follows the Requires of the interpreter and of the requested packages, into packages of this Python only.
 *
 * What is installed satisfies its Requires already, so nothing is solved: each installed operand of a rich
 * dependency is followed, and versions only choose among several providers. Requires of scriptlets are not followed.
 */
export function closePackages(
  installed: Installed,
  interpreter: Interpreter,
  requested: readonly Requested[],
): Closure {
  const packages = new Map<InstalledPackage, Reason>([[interpreter.package, { kind: 'interpreter' }]]);
  for (const pkg of interpreter.named) packages.set(pkg, { kind: 'interpreter' });
  for (const { word, package: pkg } of requested) {
    if (!packages.has(pkg)) packages.set(pkg, { kind: 'requested', word });
  }
  const outward: OutwardRequire[] = [];
  const { arch } = interpreter.package;
  // A Map is walked in the order of insertion, what is added on the way included: a breadth-first search.
  for (const [by] of packages) {
    for (const dependency of operands(by)) {
      const capability = describe(dependency);
      const providers = installed.providers(dependency).filter((provider) => provider !== by);
      const pythonic = providers.filter((provider) => isOf(provider, interpreter));
      for (const provider of choose(pythonic, packages, dependency, arch)) {
        if (!packages.has(provider)) packages.set(provider, { kind: 'required', by: nevra(by), capability });
      }
      if (pythonic.length > 0) continue;
      for (const provider of choose(providers, packages, dependency, arch)) {
        outward.push({ by, capability, provider });
      }
    }
  }
  return { packages, outward };
}

/** A package left out although the Requires of the packed ones lead to it, with the way there. */
export interface LeftOut {
  package: InstalledPackage;
  /** From a packed package to this one, names only. */
  chain: string[];
}

/** The packages that following every Requires would have added to those that are `present`. */
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

function isOf(pkg: InstalledPackage, interpreter: Interpreter): boolean {
  return pkg === interpreter.package || pythonVersions(pkg).has(interpreter.version);
}

/**
 * Of several providers one is enough: one that is in already, else the package of that name, else the first by name.
 * Of one name it is the one of the interpreter's architecture, and the newest.
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

function describe({ name, flags, evr }: Dependency): string {
  if (evr === '') return name;
  const sense = [
    flags & Sense.less ? '<' : '',
    flags & Sense.greater ? '>' : '',
    flags & Sense.equal ? '=' : '',
  ];
  return `${name} ${sense.join('')} ${evr}`;
}
