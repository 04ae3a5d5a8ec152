import { type InstalledPackage, isRegular } from '../../rpm/package.ts';
import { type PythonHost, requiresOf } from '../closure/requires.ts';

/**
 * The packages that the packed ones Require, directly or through packages that hold only data: libmagic Requires the
 * package of its database, and a program the package of its icons. A package with a program or a library ends the way, as
 * it is there for its own sake: a Python Requires sh, and sh the whole system.
 */
export function requiredData(host: PythonHost, packed: Iterable<InstalledPackage>): Set<InstalledPackage> {
  const found = new Set<InstalledPackage>();
  const open = new Set(packed);
  // Iterating over a Set also visits the packages that are added meanwhile.
  for (const by of open) {
    for (const { provider } of requiresOf(host, by, open)) {
      found.add(provider);
      if (holdsOnlyData(provider)) open.add(provider);
    }
  }
  return found;
}

/** A library, whatever its permissions are. */
const library = /\.so(?:\.|$)/;

/** Whether a package has no program and no library. */
function holdsOnlyData({ files }: InstalledPackage): boolean {
  return !files.some(({ path, mode }) => isRegular({ mode }) && ((mode & 0o111) !== 0 || library.test(path)));
}

/** Whether two packages were built from the same source package. */
export function sameSource(a: InstalledPackage, b: InstalledPackage): boolean {
  return a === b || (a.sourceRpm !== '' && a.sourceRpm === b.sourceRpm);
}
