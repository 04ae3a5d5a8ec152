import { posix } from 'node:path';
import { filesMatching } from '../../host/glob.ts';
import type { Root } from '../../host/root.ts';
import { isHwcaps } from './hwcaps.ts';

/**
 * The directories that ld.so searches for every file, in its order (glibc elf/dl-load.c): those of ld.so.conf, from which
 * its cache is made, and then the system directories. A software collection's own directories come first, as
 * `scl enable` sets LD_LIBRARY_PATH to them. The paths are canonical.
 */
export function sharedDirectories(root: Root, prefix: string): string[] {
  const own = prefix === '/usr' ? [] : [`${prefix}/lib64`, `${prefix}/lib`];
  const configured = configuredDirectories(root, '/etc/ld.so.conf', new Set());
  const directories = [...own, ...configured, '/lib64', '/usr/lib64', '/lib', '/usr/lib']
    .filter((directory) => !isHwcaps(directory))
    .flatMap((directory) => root.resolve(directory) ?? []);
  return [...new Set(directories)];
}

/**
 * The directories that ld.so.conf or a file that it includes names, in their order (ldconfig(8)). Each file is read once:
 * `seen` has the files that were read before.
 */
function configuredDirectories(root: Root, file: string, seen: Set<string>): string[] {
  if (seen.has(file) || !root.stat(file)?.isFile()) return [];
  seen.add(file);
  const lines = root.read(file).toString().split('\n');
  return lines.flatMap((line) => {
    const [first = '', ...rest] = line
      .replace(/#.*/, '')
      .trim()
      .split(/[\s,:]+/);
    if (first === 'include') {
      return rest
        .flatMap((pattern) => filesMatching(root, posix.resolve(posix.dirname(file), pattern)))
        .flatMap((included) => configuredDirectories(root, included, seen));
    }
    if (first === 'hwcap') return [];
    // `/usr/lib64=libc6` is an old way to state the kind of a directory.
    return [first, ...rest].map((word) => word.replace(/=.*/, '')).filter((word) => word.startsWith('/'));
  });
}
