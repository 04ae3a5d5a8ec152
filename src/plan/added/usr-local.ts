import { posix } from 'node:path';
import type { Interpreter } from '../../python/interpreter.ts';
import { archivePath, relativePath } from '../archive-path.ts';
import { type Entry, madeFile } from '../entry.ts';

/**
 * The .pth file that puts the packed modules of /usr/local on sys.path. On the host, site.py does so itself (Fedora's
 * patch 00251). The packed Python must not, as it would use the /usr/local of the machine that it runs on.
 */
export function usrLocalEntries(entries: readonly Entry[], interpreter: Interpreter, mtime: number): Entry[] {
  const site = archivePath(`${interpreter.stdlib}/site-packages`, interpreter);
  const directories = ['lib64', 'lib']
    .map((lib) => archivePath(`/usr/local/${lib}/python${interpreter.version}/site-packages`, interpreter))
    .filter((directory) => entries.some(({ path }) => path.startsWith(`${directory}/`)));
  if (directories.length === 0) return [];
  const bytes = Buffer.from(directories.map((directory) => `${relativePath(site, directory)}\n`).join(''));
  return [madeFile(posix.join(site, 'usr-local.pth'), 0o644, mtime, bytes)];
}
