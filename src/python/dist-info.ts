import type { InstalledPackage } from '../rpm/package.ts';
import { pythonVersions } from './package-versions.ts';

const metadata = /\/site-packages\/([^/-]+)(?:-[^/]*)?\.(?:dist|egg)-info(?:\/|$)/;
const known = new WeakMap<InstalledPackage, readonly string[]>();

/** The name of a Python distribution in the form in which two names are compared (PEP 503). */
export function normalize(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}

/** The Python distributions whose dist-info or egg-info a package owns, by their normalized names. */
export function distributionNames(pkg: InstalledPackage): readonly string[] {
  let names = known.get(pkg);
  if (names === undefined) {
    const matches =
      pythonVersions(pkg).size === 0 ? [] : pkg.files.map(({ path }) => metadata.exec(path)?.[1]);
    names = [...new Set(matches.flatMap((name) => (name === undefined ? [] : [normalize(name)])))];
    known.set(pkg, names);
  }
  return names;
}
