import { posix } from 'node:path';
import type { Root } from '../../host/root.ts';
import { type Installed, isInstalled } from '../../rpm/installed.ts';
import { FileFlag, type InstalledFile, type InstalledPackage, nevra } from '../../rpm/package.ts';
import type { Entry } from '../entry.ts';
import { type EntryTimes, entryMtime } from './mtime.ts';

const licensesDirectory = /^.*\/share\/licenses\/[^/]+\//;

/** A license text on the host. */
interface LicenseText {
  file: InstalledFile;
  host: string;
  size: number;
}

/**
 * The license texts of the packed packages, below `licenses/PACKAGE/`: the files that a package marks as license, and
 * its files in share/licenses. On a host without documentation a text may be missing. Then only the manifest names the
 * license.
 *
 * A package without any text gets those of another package from the same source package. For example, the license of a
 * library is often in the package of its programs.
 */
export function licenseEntries(
  installed: Installed,
  packages: readonly InstalledPackage[],
  times: EntryTimes,
): Entry[] {
  const entries = new Map<string, Entry>();
  for (const pkg of packages) {
    const { from, texts } = textsOf(installed, pkg);
    for (const { file, host, size } of texts) {
      const directory = `licenses/${pkg.name}`;
      const usualPath = `${directory}/${licenseName(file)}`;
      const path = entries.has(usualPath) ? `${directory}${host}` : usualPath;
      entries.set(path, {
        path,
        mode: 0o644,
        mtime: entryMtime(file, times),
        reason: from === pkg ? { kind: 'license' } : { kind: 'license', from: nevra(from) },
        package: nevra(pkg),
        type: 'file',
        source: { kind: 'host', host, digest: undefined, relocation: { kind: 'none' } },
        size,
      });
    }
  }
  return [...entries.values()];
}

function textsOf(
  installed: Installed,
  pkg: InstalledPackage,
): { from: InstalledPackage; texts: LicenseText[] } {
  const siblings = installed.packages
    .filter((other) => other !== pkg && pkg.sourceRpm !== '' && other.sourceRpm === pkg.sourceRpm)
    .sort((a, b) => (nevra(a) < nevra(b) ? -1 : 1));
  for (const from of [pkg, ...siblings]) {
    const texts = ownTexts(installed.root, from);
    if (texts.length > 0) return { from, texts };
  }
  return { from: pkg, texts: [] };
}

/** The texts in share/licenses come first, as they have the better names. */
function ownTexts(root: Root, pkg: InstalledPackage): LicenseText[] {
  const files = pkg.files.filter(isLicense);
  const sorted = [
    ...files.filter(isInLicensesDirectory),
    ...files.filter((file) => !isInLicensesDirectory(file)),
  ];
  return sorted.flatMap((file) => {
    const host = root.resolve(file.path);
    const stats = host === undefined ? undefined : root.stat(host);
    return host === undefined || !stats?.isFile() ? [] : [{ file, host, size: stats.size }];
  });
}

function isLicense(file: InstalledFile): boolean {
  return isInstalled(file) && ((file.flags & FileFlag.license) !== 0 || isInLicensesDirectory(file));
}

function isInLicensesDirectory({ path }: InstalledFile): boolean {
  return licensesDirectory.test(path);
}

/** The path below `share/licenses/PACKAGE/`, or the file name of a text from another directory. */
function licenseName(file: InstalledFile): string {
  return isInLicensesDirectory(file) ? file.path.replace(licensesDirectory, '') : posix.basename(file.path);
}
