import type { RedirectedPath } from '../../launcher/redirect-library.ts';

/** A path of the host that is compiled into packed files, and that the packed process reads from another place. */
export interface Redirect {
  /** A file, or a directory as a whole: the packed process sees none of the machine's files in a directory of the tree. */
  path: string;
  /**
   * `tree`: the tree alone, so that no file of another version is read. `machine`: the machine, and the tree if the
   * machine has nothing. That is for the files that belong to a machine.
   */
  kind: 'tree' | 'machine';
  /** Other paths at which a machine may have the same. They are tried after `path`, and before the tree. */
  others?: readonly string[];
  /** The archive path of the file or directory. Undefined if none was packed, so that there is only the machine. */
  archive: string | undefined;
  /** The program that reads the path, and the source that says so. */
  reason: string;
}

/** The rows of the table in the library that redirects. If a path has two, the first one wins. */
export function redirectedPaths(redirects: readonly Redirect[]): RedirectedPath[] {
  const rows = new Map<string, RedirectedPath>();
  for (const { path, kind, others = [], archive } of redirects) {
    const tree = archive === undefined ? [] : [archive];
    const places = kind === 'tree' ? tree : ['.', ...others.filter((other) => other !== path), ...tree];
    if (!rows.has(path) && places.length > 0) rows.set(path, { path, places });
  }
  return [...rows.values()];
}
