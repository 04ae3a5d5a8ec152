/** A directory below a file. The kernel answers ENOTDIR, on every machine. */
const nowhere = '/dev/null/';

/**
 * A path of the same length that exists on no machine: the start is replaced by `/dev/null/`. `path` has at least as
 * many characters as that. The strings of a binary are replaced by such paths, so that no byte of it moves.
 */
export function closedPath(path: string): string {
  return nowhere + path.slice(nowhere.length);
}

/**
 * The same for a directory, which starts and ends with a slash: `/dev/null/`, filled up with slashes. A shorter one keeps
 * its slashes, and its names become control characters. The first byte stays a slash: glibc's elf/dl-load.c asserts it.
 */
export function closedDirectory(directory: string): string {
  if (directory.length >= nowhere.length) return nowhere.padEnd(directory.length, '/');
  return directory.replace(/[^/]/g, '\x01');
}
