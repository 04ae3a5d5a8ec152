import { posix } from 'node:path';
import { filesMatching } from '../../host/glob.ts';
import type { Root } from '../../host/root.ts';
import { isHwcaps } from './hwcaps.ts';

/**
 * The directories that ld.so searches for every file, in its order (glibc elf/dl-load.c). The paths are canonical.
 *
 * First come a software collection's own directories, as `scl enable` sets LD_LIBRARY_PATH to them. Then come those of
 * ld.so.conf, from which ld.so's cache is made. The system directories are last.
 */
export function sharedDirectories(root: Root, prefix: string): string[] {
  const own = prefix === '/usr' ? [] : [`${prefix}/lib64`, `${prefix}/lib`];
  const configured = configuredDirectories(root, '/etc/ld.so.conf');
  const directories = [...own, ...configured, '/lib64', '/usr/lib64', '/lib', '/usr/lib']
    .filter((directory) => !isHwcaps(directory))
    .flatMap((directory) => root.resolve(directory) ?? []);
  return [...new Set(directories)];
}

/** The directories that ld.so.conf or a file that it includes names, in their order (ldconfig(8)). */
function configuredDirectories(root: Root, conf: string): string[] {
  const seen = new Set<string>();
  const directoriesIn = (file: string): string[] => {
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
          .flatMap(directoriesIn);
      }
      if (first === 'hwcap') return [];
      // `/usr/lib64=libc6` is an old way to state the kind of a directory.
      return [first, ...rest].map((word) => word.replace(/=.*/, '')).filter((word) => word.startsWith('/'));
    });
  };
  return directoriesIn(conf);
}
