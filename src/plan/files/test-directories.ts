/**
 * Finds the directories of a package that contain tests: named `test`, `tests` or `idle_test`, with a test_*.py in them.
 * The name alone is not enough, as django.test is a library. `paths` are archive paths of the whole package.
 */
export function testDirectories(paths: Iterable<string>): Set<string> {
  const directories = new Set<string>();
  for (const path of paths) {
    const match = /^(.*\/(?:tests?|idle_test))\/test_[^/]*\.py$/.exec(path);
    if (match?.[1] !== undefined) directories.add(match[1]);
  }
  return directories;
}

/** Whether a path is in one of the directories or below it. */
export function isBelowAny(path: string, directories: ReadonlySet<string>): boolean {
  for (let slash = path.indexOf('/'); slash !== -1; slash = path.indexOf('/', slash + 1)) {
    if (directories.has(path.slice(0, slash))) return true;
  }
  return false;
}
