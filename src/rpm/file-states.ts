import type { Stats } from 'node:fs';
import { RelopackError } from '../common/error.ts';
import type { Finding } from '../common/finding.ts';
import { hasDigest } from './digest.ts';
import { Installed, isInstalled } from './installed.ts';
import { FileFlag, type InstalledFile, type InstalledPackage, nevra } from './package.ts';

const fileType = 0o170000;

/**
 * Corrects the states of files by the disk. A state can say that rpm left a file out. rpm writes the states when it
 * installs a package, so they are not part of the header's digest (rpm lib/rpmte.c). A damaged one would hide a file.
 *
 * A file counts as installed if it is there as its package has it, and no other package owns it: that is a warning. A
 * directory counts as installed if it is there, because packages share directories.
 */
export function correctStates(installed: Installed): { installed: Installed; findings: Finding[] } {
  const findings: Finding[] = [];
  const packages = installed.packages.map((pkg) => {
    const present = new Set(
      pkg.files.filter((file) => !isInstalled(file) && isPresent(installed, pkg, file)),
    );
    const [first, ...others] = [...present].filter(({ mode }) => (mode & fileType) !== 0o040000);
    if (first !== undefined) findings.push(contradiction(pkg, first, others.length));
    if (present.size === 0) return pkg;
    return { ...pkg, files: pkg.files.map((file) => (present.has(file) ? { ...file, state: 0 } : file)) };
  });
  const isSame = packages.every((pkg, index) => pkg === installed.packages[index]);
  return { installed: isSame ? installed : new Installed(installed.root, packages), findings };
}

/** Whether a file is on the disk as its package has it. */
function isPresent(installed: Installed, pkg: InstalledPackage, file: InstalledFile): boolean {
  const stats = visible(() => installed.root.lstat(file.path));
  if (stats === undefined || (stats.mode & fileType) !== (file.mode & fileType)) return false;
  if (stats.isDirectory()) return true;
  if ((file.flags & FileFlag.ghost) !== 0 || stats.size !== file.size) return false;
  if (visible(() => installed.owner(file.path)) !== undefined) return false;
  return stats.isSymbolicLink() || hasContent(installed, pkg, file, stats);
}

function hasContent(installed: Installed, pkg: InstalledPackage, file: InstalledFile, stats: Stats): boolean {
  const { digestAlgorithm: algorithm } = pkg;
  if (!stats.isFile() || algorithm === undefined) return false;
  const bytes = visible(() => installed.root.read(file.path));
  return bytes !== undefined && hasDigest(bytes, { algorithm, hex: file.digest });
}

/** The answer to a question about the disk; undefined if this user may not know it. */
function visible<T>(ask: () => T): T | undefined {
  try {
    return ask();
  } catch (error) {
    if (error instanceof RelopackError && error.code === 'file-missing') return undefined;
    throw error;
  }
}

function contradiction(pkg: InstalledPackage, first: InstalledFile, others: number): Finding {
  const files = others === 0 ? first.path : `${first.path} and ${others} more files`;
  return {
    severity: 'warning',
    message: `according to the RPM database, ${files} of ${nevra(pkg)} ${others === 0 ? 'was' : 'were'} not installed, but the disk has the packaged content; relopack uses it`,
  };
}
