import { posix } from 'node:path';
import { RelopackError } from '../common/error.ts';
import { maxLinks } from '../host/links-inside-root.ts';
import type { TarEntry } from './tar.ts';

/** The limit for a path and for the target of a link, in bytes with the final NUL: PATH_MAX in Linux's limits.h. */
const maxPathLength = 4096;

/** The limit for one part of a path, in bytes: NAME_MAX in Linux's limits.h. */
const maxPartLength = 255;

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

/** An entry in its folder. */
export class Node<E> {
  readonly entry: E;
  /** The folder that it is in. The top folder is in none. */
  readonly folder: Node<E> | undefined;
  /** The entries of a directory, by name. */
  readonly children = new Map<string, Node<E>>();
  /** The file that a hard link shares; for any other entry, itself. */
  readonly file: Node<E>;

  constructor(entry: E, folder: Node<E> | undefined, shared: Node<E> | undefined) {
    this.entry = entry;
    this.folder = folder;
    this.file = shared?.file ?? this;
  }
}

/**
 * The entries of an archive, each in its folder. Links are followed here and not by the kernel. The kernel would follow
 * them out of the archive, and can spend milliseconds on one hostile path.
 */
export class Tree<E extends TreeEntry> {
  readonly #nodes = new Map<string, Node<E>>();
  readonly #maxLookups: number;
  #lookups = 0;

  constructor(maxLookups = Infinity) {
    this.#maxLookups = maxLookups;
  }

  /** In the order in which they were added. The first is the top folder. */
  get nodes(): Node<E>[] {
    return [...this.#nodes.values()];
  }

  /** In the same order. */
  get entries(): E[] {
    return this.nodes.map(({ entry }) => entry);
  }

  get size(): number {
    return this.#nodes.size;
  }

  /** The entry at a path. No link is followed. */
  at(path: string): Node<E> | undefined {
    return this.#nodes.get(path);
  }

  /** Adds an entry that `checkEntry` has accepted. */
  add(entry: E): void {
    const { path, type, target } = entry;
    const folder = this.#nodes.get(posix.dirname(path));
    const shared = type === 'hardlink' ? this.#nodes.get(target) : undefined;
    const node = new Node(entry, folder, shared);
    this.#nodes.set(path, node);
    folder?.children.set(posix.basename(path), node);
  }

  /**
   * Follows a path from a folder, through links as in path_resolution(7). A name that does not exist is passed over,
   * since it cannot lead elsewhere. A path with more than `maxLinks` leads nowhere, and an absolute one leads out.
   *
   * LinksInsideRoot follows other rules: there, an absolute link and a `..` at the top stay inside, and an absent name
   * ends the search. So the two share the limit only.
   *
   * Throws RelopackError 'archive-malformed' if the paths that were followed have too many parts together.
   */
  follow(folder: Node<E>, path: string): Node<E> | 'outside' | 'nowhere' {
    let at = folder;
    /** How many names after `at` do not exist. */
    let absent = 0;
    /** The texts that are still ahead, with the position in each. The target of the last link is at the end. */
    const ahead = [{ text: path, from: 0 }];
    let followed = 0;
    if (path.startsWith('/')) return 'outside';
    for (let current = ahead.at(-1); current !== undefined; current = ahead.at(-1)) {
      const slash = current.text.indexOf('/', current.from);
      const part = current.text.slice(current.from, slash === -1 ? undefined : slash);
      if (slash === -1) ahead.pop();
      else current.from = slash + 1;
      this.#countLookup();
      if (part === '' || part === '.') continue;
      if (part === '..') {
        if (absent === 0 && at.folder === undefined) return 'outside';
        if (absent > 0) absent -= 1;
        else at = at.folder ?? at;
        continue;
      }
      const child = absent > 0 ? undefined : at.children.get(part);
      if (child === undefined) absent += 1;
      else if (child.entry.type !== 'symlink') at = child;
      else if (child.entry.target.startsWith('/')) return 'outside';
      else if (++followed > maxLinks) return 'nowhere';
      else ahead.push({ text: child.entry.target, from: 0 });
    }
    return absent > 0 ? 'nowhere' : at;
  }

  #countLookup(): void {
    this.#lookups += 1;
    if (this.#lookups > this.#maxLookups)
      throw malformed(`its links and libraries need more than ${this.#maxLookups} look-ups`);
  }
}

/**
 * Checks one entry of an untrusted archive, given the tree of the entries before it. Its folder must be a real folder that
 * came earlier, so nothing is written through a link. All entries are inside one top folder, which is
 * the first entry. The targets of symbolic links are checked by `checkTree`.
 *
 * Throws RelopackError 'archive-malformed'.
 */
export function checkEntry<E extends TreeEntry>(
  { type, path, size, target }: TreeEntry,
  earlier: Tree<E>,
): void {
  const quoted = JSON.stringify(path.slice(0, maxPathLength));
  const parts = path.split('/');
  if (Buffer.byteLength(path) >= maxPathLength || parts.length > maxDepth) {
    throw malformed(`the name ${quoted} is too long or too deep`);
  }
  if (parts.some((part) => Buffer.byteLength(part) > maxPartLength)) {
    throw malformed(`a part of the name ${quoted} is longer than ${maxPartLength} bytes`);
  }
  if (parts.some((part) => part === '' || part === '.' || part === '..')) {
    throw malformed(`the name ${quoted} is not a plain relative path`);
  }
  if (Buffer.byteLength(target) >= maxPathLength) throw malformed(`the target of ${quoted} is too long`);
  if (earlier.at(path) !== undefined) throw malformed(`it contains ${quoted} twice`);
  const isTop = parts.length === 1 && earlier.size === 0 && type === 'directory';
  if (!isTop) checkFolder(path, earlier);
  if (type === 'hardlink' && !isFile(earlier.at(target)?.entry)) {
    throw malformed(`the hard link ${quoted} does not lead to an earlier file`);
  }
  if (type !== 'file' && size > 0) throw malformed(`the ${type} ${quoted} has contents`);
}

/**
 * Checks all entries together: there is at least one, and no symbolic link leads out of the top folder.
 *
 * Throws RelopackError 'archive-malformed'.
 */
export function checkTree<E extends TreeEntry>(tree: Tree<E>): void {
  if (tree.size === 0) throw malformed('it is empty');
  for (const { type, path, target } of tree.entries) {
    const folder = type === 'symlink' ? tree.at(posix.dirname(path)) : undefined;
    if (folder !== undefined && tree.follow(folder, posix.basename(path)) === 'outside') {
      throw malformed(`the link ${JSON.stringify(path)} leads out of it, to ${JSON.stringify(target)}`);
    }
  }
}

function checkFolder<E extends TreeEntry>(path: string, earlier: Tree<E>): void {
  const quoted = JSON.stringify(path);
  const folder = posix.dirname(path);
  if (folder === '.') throw malformed(`${quoted} is not inside the top folder`);
  const type = earlier.at(folder)?.entry.type;
  if (type === undefined) throw malformed(`${quoted} comes before its folder`);
  if (type !== 'directory') throw malformed(`${quoted} is inside a ${type}`);
}

function isFile(entry: TreeEntry | undefined): boolean {
  return entry?.type === 'file' || entry?.type === 'hardlink';
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
