import { type InstalledPackage, nevra } from '../../rpm/package.ts';
import type { Reason } from '../reason.ts';
import { isApplication, namesInterpreter } from './application.ts';
import { isOfPython, type Present, type PythonHost, requiresOf } from './requires.ts';

/** A step of the walk along Requires. */
interface Step {
  by: InstalledPackage;
  capability: string;
}

/** The packages that Requires lead to from the requested ones. */
interface Walk {
  /** The first step to each package, in the order of the walk. The requested packages have none. */
  steps: ReadonlyMap<InstalledPackage, Step | undefined>;
  /** The packages that require each package. */
  requirers: ReadonlyMap<InstalledPackage, readonly InstalledPackage[]>;
}

/** The start of the chains, and the packages that are packed without them. */
interface Ends {
  requested: readonly InstalledPackage[];
  /** The packages that are packed anyway. */
  known: Present;
  /** The packages of the interpreter itself. Their Requires belong to no application, so a chain ends there. */
  ofInterpreter: Present;
}

/**
 * The further packages on chains of Requires from a requested package to a package of this Python. An application is
 * often divided so: the package of its program requires one with its data, and that one requires the modules.
 *
 * On a chain to a module, the modules are packed and the packages that belong to the application. Other packages are only
 * walked through. On a chain that leads to the interpreter alone, only packages of the application may lie between: on
 * some hosts nearly every library leads there, by way of system packages with a script.
 */
export function packagesOnChains(host: PythonHost, ends: Ends): Map<InstalledPackage, Reason> {
  const belongs = memoized((pkg) => isOfPython(host, pkg) || isApplication(host, pkg, ends.requested));
  const isModule = (pkg: InstalledPackage) => isOfPython(host, pkg) && !ends.ofInterpreter.has(pkg);
  const toModules = walkRequires(host, ends, () => true);
  const toInterpreter = walkRequires(host, ends, belongs);
  return new Map([
    ...packagesBetween(toModules, ends, isModule, belongs),
    ...packagesBetween(toInterpreter, ends, (pkg) => isOfPython(host, pkg), belongs),
  ]);
}

/** Follows the Requires of the packages that `mayPass`, breadth first. */
function walkRequires(
  host: PythonHost,
  { requested, known, ofInterpreter }: Ends,
  mayPass: (pkg: InstalledPackage) => boolean,
): Walk {
  const steps = new Map<InstalledPackage, Step | undefined>(requested.map((pkg) => [pkg, undefined]));
  const requirers = new Map<InstalledPackage, InstalledPackage[]>();
  const present = { has: (pkg: InstalledPackage) => known.has(pkg) || steps.has(pkg) };
  // Iterating over a Map also visits the entries that are added meanwhile.
  for (const [by, step] of steps) {
    if (ofInterpreter.has(by) || (step !== undefined && (namesInterpreter(host, by) || !mayPass(by))))
      continue;
    for (const { capability, provider } of requiresOf(host, by, present)) {
      const others = requirers.get(provider);
      if (others === undefined) requirers.set(provider, [by]);
      else others.push(by);
      if (!steps.has(provider)) steps.set(provider, { by, capability });
    }
  }
  return { steps, requirers };
}

/** The packages that belong to the application and from which the walk leads to a goal. */
function packagesBetween(
  { steps, requirers }: Walk,
  { known }: Ends,
  isGoal: (pkg: InstalledPackage) => boolean,
  belongs: (pkg: InstalledPackage) => boolean,
): Map<InstalledPackage, Reason> {
  const between = new Set([...steps.keys()].filter(isGoal));
  for (const pkg of between) {
    // A chain begins at a requested package, and does not come back to one.
    const isRequested = steps.get(pkg) === undefined;
    for (const by of isRequested ? [] : (requirers.get(pkg) ?? [])) between.add(by);
  }
  const found = new Map<InstalledPackage, Reason>();
  for (const [pkg, step] of steps) {
    if (step === undefined || known.has(pkg) || !between.has(pkg) || !belongs(pkg)) continue;
    const isPacked = (before: InstalledPackage) => known.has(before) || found.has(before);
    found.set(pkg, chainTo(step, steps, isPacked));
  }
  return found;
}

/** The reason of a package: the packed package at the start of the chain to it, and the packages between them. */
function chainTo(
  { by, capability }: Step,
  steps: Walk['steps'],
  isPacked: (pkg: InstalledPackage) => boolean,
): Reason {
  const through: string[] = [];
  let at = by;
  for (let step = steps.get(at); step !== undefined && !isPacked(at); step = steps.get(at)) {
    through.unshift(at.name);
    at = step.by;
  }
  return { kind: 'required', by: nevra(at), capability, ...(through.length === 0 ? {} : { through }) };
}

function memoized(ask: (pkg: InstalledPackage) => boolean): (pkg: InstalledPackage) => boolean {
  const answers = new Map<InstalledPackage, boolean>();
  return (pkg) => {
    const answer = answers.get(pkg) ?? ask(pkg);
    answers.set(pkg, answer);
    return answer;
  };
}
