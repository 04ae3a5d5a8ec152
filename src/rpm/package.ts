import type { Dependency } from './dependency.ts';

/** The FILEFLAGS of rpm's lib/rpmfiles.h that relopack reads. */
export const FileFlag = { doc: 2, missingok: 8, ghost: 64, license: 128, artifact: 4096 } as const;

/** One file of an installed package, as the database describes it. */
export interface InstalledFile {
  /** Absolute, as the package spells it: `/lib64/…` even if /lib64 is a link to /usr/lib64. */
  path: string;
  /** st_mode: type and permission bits. */
  mode: number;
  size: number;
  /** Seconds since 1970. */
  mtime: number;
  /** The hex digest of a regular file; empty for other files. */
  digest: string;
  /** FILEFLAGS, see FileFlag. */
  flags: number;
  /** FILESTATES: 0 normal, 1 replaced, 2 not installed (nodocs, %lang), 3 on a shared mount, 4 of another color. */
  state: number;
}

/** An installed package, as the database describes it. */
export interface InstalledPackage {
  name: string;
  /** `[epoch:]version-release` */
  evr: string;
  arch: string;
  license: string;
  sourceRpm: string;
  url: string;
  vendor: string;
  /** Seconds since 1970. It is 0 if a builder other than rpmbuild left it out. */
  buildTime: number;
  /** The hash of the files' digests, by its name in node:crypto; undefined if relopack does not know it. */
  digestAlgorithm: string | undefined;
  requires: Dependency[];
  provides: Dependency[];
  files: InstalledFile[];
}

/** Whether the database lists the file as a directory, by the type bits of st_mode (inode(7)). */
export function isDirectory({ mode }: InstalledFile): boolean {
  return (mode & 0o170000) === 0o040000;
}

/** Whether the database lists it as a regular file. */
export function isRegular({ mode }: Pick<InstalledFile, 'mode'>): boolean {
  return (mode & 0o170000) === 0o100000;
}

/** The package as rpm prints it: name-[epoch:]version-release.arch. */
export function nevra(pkg: InstalledPackage): string {
  return pkg.arch === '' ? `${pkg.name}-${pkg.evr}` : `${pkg.name}-${pkg.evr}.${pkg.arch}`;
}
