import type { Interpreter } from '../../python/interpreter.ts';
import type { Installed } from '../../rpm/installed.ts';
import { type InstalledPackage, nevra } from '../../rpm/package.ts';
import type { Reason } from '../reason.ts';
import type { RequestedModule } from '../requested.ts';
import { isDataAndPython } from './application.ts';
import { packagesOnChains } from './chains.ts';
import {
  chooseProvider,
  isOfPython,
  operands,
  type Present,
  type PythonHost,
  requiresOf,
} from './requires.ts';

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
 * Follows the Requires of the interpreter and of the requested packages to other packages with files of this Python. From
 * the requested packages it also follows them through packages without such files, see `packagesOnChains`.
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
  const host = { installed, interpreter };
  const start = new Map<InstalledPackage, Reason>([[interpreter.package, { kind: 'interpreter' }]]);
  for (const pkg of interpreter.named) start.set(pkg, { kind: 'interpreter' });
  const ofInterpreter = pythonPackages(host, start);
  for (const { request, package: pkg } of requested) {
    if (!start.has(pkg)) start.set(pkg, { kind: 'requested', request });
  }
  const packages = pythonPackages(host, start);
  const ends = { requested: requested.map(({ package: pkg }) => pkg), known: packages, ofInterpreter };
  const onChains = packagesOnChains(host, ends);
  const all = new Map([...packages, ...onChains]);
  // A program of the application is not packed, so it loads nothing. Python code in its data may load a library.
  const loading = [...onChains.keys()].filter((pkg) => isOfPython(host, pkg) || isDataAndPython(host, pkg));
  return { packages: all, outward: outwardRequires(host, [...packages.keys(), ...loading], all) };
}

/** The packages with files of this Python that Requires lead to, after those of `start`. */
function pythonPackages(
  host: PythonHost,
  start: ReadonlyMap<InstalledPackage, Reason>,
): Map<InstalledPackage, Reason> {
  const packages = new Map(start);
  // Iterating over a Map also visits the entries that are added meanwhile, so this is a breadth-first search.
  for (const [by] of packages) {
    for (const { capability, provider } of requiresOf(host, by, packages)) {
      if (packages.has(provider) || !isOfPython(host, provider)) continue;
      packages.set(provider, { kind: 'required', by: nevra(by), capability });
    }
  }
  return packages;
}

function outwardRequires(
  host: PythonHost,
  packages: readonly InstalledPackage[],
  present: Present,
): OutwardRequire[] {
  return packages.flatMap((by) =>
    [...requiresOf(host, by, present)]
      .filter(({ provider }) => !isOfPython(host, provider))
      .map((require) => ({ by, ...require })),
  );
}

/** A package that is not packed although the Requires of the packed packages lead to it. */
export interface LeftOut {
  package: InstalledPackage;
  /** The names of the packages on the way, from a packed package to this one. */
  chain: string[];
}

/**
 * The packages that would be added if every Requires of the packed packages were followed. Of a package with a file that
 * another one names, such as a plugin, nothing else is packed, so its Requires do not count.
 */
export function leftOut(
  installed: Installed,
  packed: ReadonlyMap<InstalledPackage, Reason>,
  arch: string,
): LeftOut[] {
  const chains = new Map<InstalledPackage, string[]>([...packed.keys()].map((pkg) => [pkg, [pkg.name]]));
  for (const [by, chain] of chains) {
    if (packed.get(by)?.kind === 'named') continue;
    for (const dependency of operands(by)) {
      const provider = chooseProvider(installed.providers(dependency), chains, dependency, arch);
      if (provider !== undefined && !chains.has(provider)) chains.set(provider, [...chain, provider.name]);
    }
  }
  return [...chains].filter(([pkg]) => !packed.has(pkg)).map(([pkg, chain]) => ({ package: pkg, chain }));
}
