import type { Interpreter } from '../../python/interpreter.ts';
import { pythonVersions } from '../../python/package-versions.ts';
import { compareEvr } from '../../rpm/compare-versions.ts';
import { type Dependency, isFollowed, Sense } from '../../rpm/dependency.ts';
import type { Installed } from '../../rpm/installed.ts';
import type { InstalledPackage } from '../../rpm/package.ts';
import { isRich, richOperands } from '../../rpm/rich-dependency.ts';

/** The packages of a host, and the Python among them that is packed. */
export interface PythonHost {
  installed: Installed;
  interpreter: Interpreter;
}

/** A Requires of a package. One that nothing installed provides is not listed, as rpm accepted that. */
export interface Require {
  capability: string;
  /** The package that is chosen for it. */
  provider: InstalledPackage;
}

/** The packages that are preferred among several providers. */
export interface Present {
  has(pkg: InstalledPackage): boolean;
}

/**
 * The Requires of a package, each with the chosen provider: one with files of this Python if there is such a provider.
 * Each choice is made when it is asked for, as packages can become present meanwhile. Requires of scriptlets are left out.
 */
export function* requiresOf(host: PythonHost, by: InstalledPackage, present: Present): Generator<Require> {
  const { arch } = host.interpreter.package;
  for (const dependency of operands(by)) {
    const providers = host.installed.providers(dependency).filter((provider) => provider !== by);
    const ofPython = providers.filter((provider) => isOfPython(host, provider));
    const candidates = ofPython.length > 0 ? ofPython : providers;
    const provider = chooseProvider(candidates, present, dependency, arch);
    if (provider !== undefined) yield { capability: capabilityText(dependency), provider };
  }
}

/** Whether a package has files of the packed Python. */
export function isOfPython({ interpreter }: PythonHost, pkg: InstalledPackage): boolean {
  return pkg === interpreter.package || pythonVersions(pkg).has(interpreter.version);
}

/** What a package requires for its files, with every operand of a rich dependency. */
export function operands(pkg: InstalledPackage): Dependency[] {
  return pkg.requires
    .filter(isFollowed)
    .flatMap((dependency) => (isRich(dependency) ? richOperands(dependency.name) : [dependency]));
}

/**
 * Chooses one of several providers: one that is already packed, else the package of that name, else the first by name.
 * Among packages of the same name it prefers the interpreter's architecture, and then the newest version.
 */
export function chooseProvider(
  providers: readonly InstalledPackage[],
  present: Present,
  { name }: Dependency,
  arch: string,
): InstalledPackage | undefined {
  const rank = (pkg: InstalledPackage) => (present.has(pkg) ? 0 : pkg.name === name ? 1 : 2);
  const isForeign = (pkg: InstalledPackage) => Number(pkg.arch !== arch && pkg.arch !== 'noarch');
  const [best] = [...providers].sort(
    (a, b) =>
      rank(a) - rank(b) ||
      isForeign(a) - isForeign(b) ||
      (a.name < b.name ? -1 : Number(a.name > b.name)) ||
      compareEvr(b.evr, a.evr),
  );
  return best;
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
