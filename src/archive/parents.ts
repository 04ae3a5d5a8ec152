import { posix } from 'node:path';

/** Every directory that one of the paths stands in, each before those below it, without `.`. */
export function parentDirectories(paths: Iterable<string>): string[] {
  const directories = new Set<string>();
  for (const path of paths) {
    for (let at = posix.dirname(path); at !== '.' && !directories.has(at); at = posix.dirname(at))
      directories.add(at);
  }
  return [...directories].sort();
}
