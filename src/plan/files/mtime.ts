import type { InstalledFile, InstalledPackage } from '../../rpm/package.ts';

/** The times that decide the mtime of every entry, in seconds since 1970. */
export interface EntryTimes {
  /** The mtime of an entry that the RPM database has no time for. */
  missing: number;
  /** The latest mtime that any entry may have (SOURCE_DATE_EPOCH). */
  latest: number;
}

/** `missing` is the time at which the newest of the packages was built, but no later than `latest`. */
export function entryTimes(packages: Iterable<InstalledPackage>, latest: number): EntryTimes {
  const newest = Math.max(0, ...[...packages].map(({ buildTime }) => buildTime));
  return { missing: Math.min(newest, latest), latest };
}

/** The mtime of an entry: the one in the RPM database, but no later than `latest`. */
export function entryMtime(file: InstalledFile | undefined, { missing, latest }: EntryTimes): number {
  return Math.min(file?.mtime ?? missing, latest);
}
