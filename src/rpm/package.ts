import type { Dependency } from './dependency.ts';

/** FILEFLAGS of rpm's lib/rpmfiles.h that matter here. */
export const FileFlag = { config: 1, doc: 2, missingok: 8, ghost: 64, license: 128, artifact: 4096 } as const;

/** One file of an installed package, as the database has it. */
export interface InstalledFile {
  /** Absolute, as the package spells it (`/lib64/…` even where the disk has `/usr/lib64`). */
  path: string;
  /** st_mode: type and permission bits. */
  mode: number;
  size: number;
  /** Seconds since 1970. */
  mtime: number;
  /** Where a symbolic link leads, else empty. */
  linkTo: string;
  /** Hex digest of a regular file, else empty. */
  digest: string;
  /** FILEFLAGS, see FileFlag. */
  flags: number;
  /** FILESTATES: 0 normal, 1 replaced, 2 not installed (nodocs, %lang), 3 on a shared mount, 4 of another colour. */
  state: number;
}

/** An installed package, as the database has it. */
export interface InstalledPackage {
  name: string;
  /** `[epoch:]version-release`, without the epoch where there is none. */
  evr: string;
  arch: string;
  license: string;
  sourceRpm: string;
  url: string;
  vendor: string;
  /** Seconds since 1970; 0 where a builder other than rpmbuild left it out. */
  buildTime: number;
  /** The hash that `digest` of its files is made with, by its name in node:crypto; undefined for an unknown one. */
  digestAlgorithm: string | undefined;
  requires: Dependency[];
  provides: Dependency[];
  files: InstalledFile[];
}

/** Name-[epoch:]version-release.arch, the way rpm writes a package out. */
export function nevra(pkg: InstalledPackage): string {
  return pkg.arch === '' ? `${pkg.name}-${pkg.evr}` : `${pkg.name}-${pkg.evr}.${pkg.arch}`;
}
