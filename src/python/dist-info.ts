import type { InstalledPackage } from '../rpm/package.ts';
import { pythonVersions } from './package-versions.ts';

const metadata = /\/site-packages\/([^/-]+)(?:-[^/]*)?\.(?:dist|egg)-info(?:\/|$)/;
const found = new WeakMap<InstalledPackage, readonly string[]>();

/** The name of a distribution as packaging metadata compares it (PEP 503). */
export function normalize(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}

/** The Python distributions whose metadata a package owns, by their normalized names. */
export function distributionNames(pkg: InstalledPackage): readonly string[] {
  let names = found.get(pkg);
  if (names === undefined) {
    const matches =
      pythonVersions(pkg).size === 0 ? [] : pkg.files.map(({ path }) => metadata.exec(path)?.[1]);
    names = [...new Set(matches.flatMap((name) => (name === undefined ? [] : [normalize(name)])))];
    found.set(pkg, names);
  }
  return names;
}
