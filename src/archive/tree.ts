import { posix } from 'node:path';
import { RelopackError } from '../common/error.ts';
import { maxLinks } from '../host/links-inside-root.ts';
import type { TarEntry } from './tar.ts';

/** The limit for a path, in characters with the final NUL: PATH_MAX in Linux's limits.h. */
const maxPathLength = 4096;

/** The limit for the parts of a path. No real tree is this deep. */
const maxDepth = 256;

/** The facts that decide whether an entry is safe to unpack. */
interface TreeEntry {
  type: TarEntry['type'];
  path: string;
  /** Bytes of contents. Only a file may have some. */
  size: number;
  /** Of a link; else empty. */
  target: string;
}

/**
 * Checks one entry of an untrusted archive, given the entries before it by path. Its folder must be a real folder that
 * came earlier, so nothing is written through a link. All entries are inside one top folder, which is
 * the first entry. The targets of symbolic links are checked by `checkTree`.
 *
 * Throws RelopackError 'archive-malformed'.
 */
export function checkEntry(
  { type, path, size, target }: TreeEntry,
  earlier: ReadonlyMap<string, TreeEntry>,
): void {
  const quoted = JSON.stringify(path.slice(0, maxPathLength));
  const parts = path.split('/');
  if (path.length >= maxPathLength || parts.length > maxDepth) {
    throw malformed(`the name ${quoted} is too long or too deep`);
  }
  if (parts.some((part) => part === '' || part === '.' || part === '..')) {
    throw malformed(`the name ${quoted} is not a plain relative path`);
  }
  if (earlier.has(path)) throw malformed(`it contains ${quoted} twice`);
  const isTop = parts.length === 1 && earlier.size === 0 && type === 'directory';
  if (!isTop) checkFolder(path, earlier);
  if (type === 'hardlink' && !isFile(earlier.get(target))) {
    throw malformed(`the hard link ${quoted} does not lead to an earlier file`);
  }
  if (type !== 'file' && size > 0) throw malformed(`the ${type} ${quoted} has contents`);
}

/**
 * Checks all entries together: there is at least one, and no symbolic link leads out of the top folder.
 *
 * Throws RelopackError 'archive-malformed'.
 */
export function checkTree(entries: ReadonlyMap<string, TreeEntry>): void {
  if (entries.size === 0) throw malformed('it is empty');
  for (const { type, path, target } of entries.values()) {
    if (type === 'symlink' && !staysInside(path, entries)) {
      throw malformed(`the link ${JSON.stringify(path)} leads out of it, to ${JSON.stringify(target)}`);
    }
  }
}

function checkFolder(path: string, earlier: ReadonlyMap<string, TreeEntry>): void {
  const quoted = JSON.stringify(path);
  const folder = posix.dirname(path);
  if (folder === '.') throw malformed(`${quoted} is not inside the top folder`);
  const type = earlier.get(folder)?.type;
  if (type === undefined) throw malformed(`${quoted} comes before its folder`);
  if (type !== 'directory') throw malformed(`${quoted} is inside a ${type}`);
}

function isFile(entry: TreeEntry | undefined): boolean {
  return entry?.type === 'file' || entry?.type === 'hardlink';
}

/**
 * Whether a symbolic link stays in the top folder. It is followed through all other links as in path_resolution(7). A
 * name that does not exist is passed over, since it cannot lead elsewhere. A path with more than `maxLinks` leads nowhere.
 *
 * LinksInsideRoot follows other rules: there, an absolute link and a `..` at the top stay inside, and an absent name ends
 * the search. So the two share the limit only.
 */
function staysInside(link: string, entries: ReadonlyMap<string, TreeEntry>): boolean {
  const at: string[] = [];
  const ahead = link.split('/');
  let followed = 0;
  for (let part = ahead.shift(); part !== undefined; part = ahead.shift()) {
    if (part === '' || part === '.') continue;
    if (part === '..') {
      at.pop();
      if (at.length === 0) return false;
      continue;
    }
    at.push(part);
    const found = entries.get(at.join('/'));
    if (found?.type !== 'symlink') continue;
    if (found.target.startsWith('/')) return false;
    followed += 1;
    if (followed > maxLinks) return true;
    at.pop();
    ahead.unshift(...found.target.split('/'));
  }
  return true;
}

/** The error for an archive that is not safe or not complete. `problem` is half a sentence about the archive. */
export function malformed(problem: string, options?: ErrorOptions): RelopackError {
  return new RelopackError(
    'archive-malformed',
    `the archive is malformed: ${problem}`,
    'Do not unpack it. Fetch it again, or pack it again.',
    options,
  );
}
