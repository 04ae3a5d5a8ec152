import type { InstalledPackage } from '../host/package.ts';
import { pythonVersions } from './abi.ts';

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

/** What `import` can be followed by, thanks to this package: names of modules and packages in site-packages. */
export function importNames(pkg: InstalledPackage, version: string): string[] {
  const names = new Set<string>();
  const pattern = new RegExp(
    `/lib(?:64)?/python${version.replace('.', '\\.')}/site-packages/([^/.]+)(?:/__init__\\.(?:py|[^/]*so)|\\.py|\\.[^/]*so|\\.so)$`,
  );
  for (const { path } of pkg.files) {
    const name = pattern.exec(path)?.[1];
    if (name !== undefined && /^[\p{L}][\p{L}\p{N}_]*$/u.test(name)) names.add(name);
  }
  return [...names].sort();
}
