import { posix } from 'node:path';
import { type Installed, isInstalled } from '../host/installed.ts';
import { FileFlag, type InstalledFile, type InstalledPackage, nevra } from '../host/package.ts';
import type { Entry } from './entry.ts';

const shared = /^.*\/share\/licenses\/[^/]+\//;

/**
 * The licence texts of the packages that are in, under `licenses/PACKAGE/`: what they mark as licence, and what they
 * have in share/licenses. A text that a host without documentation lacks can't be carried; the manifest still names
 * the licence.
 */
export function licenceEntries(
  installed: Installed,
  packages: readonly InstalledPackage[],
  latest: number,
): Entry[] {
  const entries = new Map<string, Entry>();
  for (const pkg of packages) {
    const files = pkg.files.filter(isLicence);
    const [usual, elsewhere] = [files.filter(isShared), files.filter((file) => !isShared(file))];
    for (const file of [...usual, ...elsewhere]) {
      const host = installed.root.resolve(file.path);
      const stats = host === undefined ? undefined : installed.root.stat(host);
      if (host === undefined || !stats?.isFile()) continue;
      const directory = `licenses/${pkg.name}`;
      const usualPath = `${directory}/${licenceName(file)}`;
      const path = entries.has(usualPath) ? `${directory}${host}` : usualPath;
      entries.set(path, {
        path,
        mode: 0o644,
        mtime: Math.min(file.mtime, latest),
        reason: { kind: 'licence' },
        package: nevra(pkg),
        type: 'file',
        source: { kind: 'host', host, digest: undefined, relocation: { kind: 'none' } },
        size: stats.size,
      });
    }
  }
  return [...entries.values()];
}

function isLicence(file: InstalledFile): boolean {
  return isInstalled(file) && ((file.flags & FileFlag.license) !== 0 || isShared(file));
}

function isShared({ path }: InstalledFile): boolean {
  return shared.test(path);
}

/** What follows `share/licenses/PACKAGE/`, or the bare name of a text that stands elsewhere. */
function licenceName(file: InstalledFile): string {
  return isShared(file) ? file.path.replace(shared, '') : posix.basename(file.path);
}
