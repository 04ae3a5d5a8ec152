import { posix } from 'node:path';
import { type Installed, isInstalled } from '../host/installed.ts';
import { FileFlag, type InstalledFile, type InstalledPackage, nevra } from '../host/package.ts';
import type { Entry } from './entry.ts';

const shared = '/usr/share/licenses/';

/**
 * The licence texts of the packages that are in, under `licenses/PACKAGE/`: what they mark as licence, and what they
 * have in /usr/share/licenses. A text that a host without documentation lacks can't be carried; the manifest
 * still names the licence.
 */
export function licenceEntries(
  installed: Installed,
  packages: readonly InstalledPackage[],
  latest: number,
): Entry[] {
  return packages.flatMap((pkg) =>
    pkg.files.filter(isLicence).flatMap((file): Entry[] => {
      const host = installed.root.resolve(file.path);
      const stats = host === undefined ? undefined : installed.root.stat(host);
      if (host === undefined || !stats?.isFile()) return [];
      return [
        {
          path: `licenses/${pkg.name}/${licenceName(file.path)}`,
          mode: 0o644,
          mtime: Math.min(file.mtime, latest),
          reason: { kind: 'licence' },
          package: nevra(pkg),
          type: 'file',
          source: { kind: 'host', host, digest: undefined, relocation: { kind: 'none' } },
          size: stats.size,
        },
      ];
    }),
  );
}

function isLicence(file: InstalledFile): boolean {
  return isInstalled(file) && ((file.flags & FileFlag.license) !== 0 || file.path.startsWith(shared));
}

/** What follows `/usr/share/licenses/PACKAGE/`, or the bare name of a text that stands elsewhere. */
function licenceName(path: string): string {
  if (!path.startsWith(shared)) return posix.basename(path);
  return path.slice(shared.length).replace(/^[^/]+\//, '');
}
