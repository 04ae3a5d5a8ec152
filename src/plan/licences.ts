import { posix } from 'node:path';
import { type Installed, isInstalled } from '../host/installed.ts';
import { FileFlag, type InstalledFile, type InstalledPackage, nevra } from '../host/package.ts';
import type { Entry } from './entry.ts';

const shared = /^.*\/share\/licenses\/[^/]+\//;

/**
 * The licence texts of the packages that are in, under `licenses/PACKAGE/`: what they mark as licence, and what they
 * have in share/licenses. A text that a host without documentation lacks can't be carried; the manifest still names
 * the licence. Of two texts of one name the first stays.
 */
export function licenceEntries(
  installed: Installed,
  packages: readonly InstalledPackage[],
  latest: number,
): Entry[] {
  const entries = new Map<string, Entry>();
  for (const pkg of packages) {
    for (const file of pkg.files.filter(isLicence)) {
      const host = installed.root.resolve(file.path);
      const stats = host === undefined ? undefined : installed.root.stat(host);
      const path = `licenses/${pkg.name}/${licenceName(file.path)}`;
      if (host === undefined || !stats?.isFile() || entries.has(path)) continue;
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
  return isInstalled(file) && ((file.flags & FileFlag.license) !== 0 || shared.test(file.path));
}

/** What follows `share/licenses/PACKAGE/`, or the bare name of a text that stands elsewhere. */
function licenceName(path: string): string {
  return shared.test(path) ? path.replace(shared, '') : posix.basename(path);
}
