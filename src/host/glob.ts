import { posix } from 'node:path';
import picomatch from 'picomatch';
import type { Root } from './root.ts';

/**
 * The files, and links to files, that an absolute glob matches; `**` is all that is below, and stands last. Only
 * directories that a part of the glob names are looked into. Links to directories are not followed where it has to
 * search for them.
 */
export function matching(root: Root, pattern: string): string[] {
  return search(root, '/', pattern.split('/').slice(1));
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
