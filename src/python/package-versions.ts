import type { InstalledPackage } from '../rpm/package.ts';

const versioned = /\/lib(?:64)?\/python(\d+\.\d+)\/|\/libpython(\d+\.\d+)[a-z]*\.so/;
const known = new WeakMap<InstalledPackage, ReadonlySet<string>>();

/** The Python versions (`X.Y`) that a package has files for: modules, or libpython. */
export function pythonVersions(pkg: InstalledPackage): ReadonlySet<string> {
  let versions = known.get(pkg);
  if (versions === undefined) {
    const names = new Set<string>();
    for (const { path } of pkg.files) {
      const match = versioned.exec(path);
      if (match !== null) names.add(match[1] ?? match[2] ?? '');
    }
    versions = names;
    known.set(pkg, versions);
  }
  return versions;
}
