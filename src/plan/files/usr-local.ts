import { posix } from 'node:path';
import type { Interpreter } from '../../python/interpreter.ts';
import { archivePath, relativePath } from '../archive-path.ts';
import { type Entry, madeFile } from '../entry.ts';

/**
 * The .pth by which a packed Python finds the modules that packages put into /usr/local. There the host's site.py finds
 * them by itself (Fedora's patch 00251), and a moved one must not: it would look into the /usr/local of the target.
 */
export function localSite(entries: readonly Entry[], interpreter: Interpreter, mtime: number): Entry[] {
  const site = archivePath(`${interpreter.stdlib}/site-packages`, interpreter);
  const directories = ['lib64', 'lib']
    .map((lib) => archivePath(`/usr/local/${lib}/python${interpreter.version}/site-packages`, interpreter))
    .filter((directory) => entries.some(({ path }) => path.startsWith(`${directory}/`)));
  if (directories.length === 0) return [];
  const bytes = Buffer.from(directories.map((directory) => `${relativePath(site, directory)}\n`).join(''));
  return [madeFile(posix.join(site, 'usr-local.pth'), 0o644, mtime, bytes)];
}
