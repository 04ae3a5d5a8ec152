import { posix } from 'node:path';
import type { Root } from '../../host/root.ts';
import type { Interpreter } from '../../python/interpreter.ts';
import { archivePath, relativePath } from '../archive-path.ts';
import { type Entry, madeFile } from '../entry.ts';

/** The line of Fedora's and Enterprise Linux's site.py (patch 00251). */
const searchesUsrLocal = /insert\(0, (["'])\/usr\/local\1\)/;

/**
 * The .pth file that puts two places on sys.path: the packed modules of /usr/local, and the directory `local` of the
 * tree, into which such a Python installs.
 *
 * On the host, site.py puts /usr/local on sys.path (Fedora's patch 00251). The packed Python must not, as it would use
 * the /usr/local of the machine that it runs on. The same patch lets pip install into PREFIX/local, which is in the tree.
 * Python skips a directory that does not exist.
 */
export function usrLocalEntries(
  root: Root,
  entries: readonly Entry[],
  interpreter: Interpreter,
  mtime: number,
): Entry[] {
  const { stdlib, version } = interpreter;
  const site = archivePath(`${stdlib}/site-packages`, interpreter);
  const below = ['lib64', 'lib'].map((lib) => `local/${lib}/python${version}/site-packages`);
  const packed = below
    .map((directory) => archivePath(`/usr/${directory}`, interpreter))
    .filter((directory) => entries.some(({ path }) => path.startsWith(`${directory}/`)));
  const directories = [...packed, ...(installsIntoLocal(root, interpreter) ? below : [])];
  if (directories.length === 0) return [];
  const bytes = Buffer.from(directories.map((directory) => `${relativePath(site, directory)}\n`).join(''));
  return [madeFile(posix.join(site, 'usr-local.pth'), 0o644, mtime, bytes)];
}

function installsIntoLocal(root: Root, { stdlib }: Interpreter): boolean {
  const path = `${stdlib}/site.py`;
  return root.stat(path)?.isFile() === true && searchesUsrLocal.test(root.read(path).toString('latin1'));
}
