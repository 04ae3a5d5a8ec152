import { posix } from 'node:path';
import type { Root } from '../../host/root.ts';
import { type Installed, isInstalled } from '../../rpm/installed.ts';
import { FileFlag, type InstalledFile, type InstalledPackage, nevra } from '../../rpm/package.ts';
import type { Entry } from '../entry.ts';

const shared = /^.*\/share\/licenses\/[^/]+\//;

/** A licence text as it stands on the host. */
interface Text {
  file: InstalledFile;
  host: string;
  size: number;
}

/**
 * The licence texts of the packages that are in, under `licenses/PACKAGE/`: what they mark as licence, and what they
 * have in share/licenses. A package that brings none has those of another one of its source package: a library's often
 * stand with its programs. A text that a host without documentation lacks can't be carried; the manifest still names
 * the licence.
 */
export function licenceEntries(
  installed: Installed,
  packages: readonly InstalledPackage[],
  latest: number,
): Entry[] {
  const entries = new Map<string, Entry>();
  for (const pkg of packages) {
    const { from, texts } = textsOf(installed, pkg);
    for (const { file, host, size } of texts) {
      const directory = `licenses/${pkg.name}`;
      const usualPath = `${directory}/${licenceName(file)}`;
      const path = entries.has(usualPath) ? `${directory}${host}` : usualPath;
      entries.set(path, {
        path,
        mode: 0o644,
        mtime: Math.min(file.mtime, latest),
        reason: from === pkg ? { kind: 'licence' } : { kind: 'licence', from: nevra(from) },
        package: nevra(pkg),
        type: 'file',
        source: { kind: 'host', host, digest: undefined, relocation: { kind: 'none' } },
        size,
      });
    }
  }
  return [...entries.values()];
}

function textsOf(installed: Installed, pkg: InstalledPackage): { from: InstalledPackage; texts: Text[] } {
  const siblings = installed.packages
    .filter((other) => other !== pkg && pkg.sourceRpm !== '' && other.sourceRpm === pkg.sourceRpm)
    .sort((a, b) => (nevra(a) < nevra(b) ? -1 : 1));
  for (const from of [pkg, ...siblings]) {
    const texts = ownTexts(installed.root, from);
    if (texts.length > 0) return { from, texts };
  }
  return { from: pkg, texts: [] };
}

/** Those in share/licenses first, since they have the better names. */
function ownTexts(root: Root, pkg: InstalledPackage): Text[] {
  const files = pkg.files.filter(isLicence);
  return [...files.filter(isShared), ...files.filter((file) => !isShared(file))].flatMap((file) => {
    const host = root.resolve(file.path);
    const stats = host === undefined ? undefined : root.stat(host);
    return host === undefined || !stats?.isFile() ? [] : [{ file, host, size: stats.size }];
  });
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
