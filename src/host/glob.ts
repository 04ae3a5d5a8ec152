import { posix } from 'node:path';
import picomatch from 'picomatch';
import type { Root } from './root.ts';

/**
 * Returns the files that an absolute glob matches, and the links to files, sorted within each directory. `**` may only
 * be the last part and matches everything below. Only directories that a part of the glob matches are read. A link to
 * a directory is followed if the glob names it without a wildcard.
 */
export function filesMatching(root: Root, glob: string): string[] {
  return search(root, '/', glob.split('/').slice(1));
}

function search(root: Root, directory: string, [part = '**', ...rest]: string[]): string[] {
  if (part !== '**' && !picomatch.scan(part).isGlob && !part.includes('{')) {
    const path = posix.join(directory, part);
    return rest.length > 0 ? search(root, path, rest) : root.stat(path)?.isFile() ? [path] : [];
  }
  const matches = picomatch(part === '**' ? '*' : part);
  return root
    .list(directory)
    .filter((name) => matches(name))
    .flatMap((name) => {
      const path = posix.join(directory, name);
      if (root.lstat(path)?.isDirectory()) {
        const inside = part === '**' ? [part] : rest;
        return inside.length > 0 ? search(root, path, inside) : [];
      }
      const isLast = part === '**' || rest.length === 0;
      return isLast && root.stat(path)?.isFile() ? [path] : [];
    });
}
