import type { InstalledPackage } from '../../rpm/package.ts';

/** An absolute path in a packed file, which exists on the host. */
export interface NamedPath {
  /** As it is written, but without `.`, `..`, doubled slashes and a slash at the end. */
  path: string;
  /** The canonical host paths of the packed files that contain it. */
  by: readonly string[];
  /** The package that owns it. Undefined if none does. */
  package: InstalledPackage | undefined;
  /** `machine`: it belongs to the machine that the packed Python runs on. */
  status: 'packed' | 'not packed' | 'machine';
  /** The reason for a status that is not `packed`. */
  why?: string;
}

/** A file that is packed because another one names it, or a directory around it. */
export interface FoundByName {
  host: string;
  /** The canonical host path of the file that names it. */
  by: string;
}
