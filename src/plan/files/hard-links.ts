import { isDeepStrictEqual } from 'node:util';
import type { Root } from '../../host/root.ts';
import { byPath, type Entry } from '../entry.ts';

type FileEntry = Extract<Entry, { type: 'file' }>;

/**
 * Sorts the entries by path and replaces each further file of one inode by a hard link to the first. Both must be
 * relocated in the same way, or their contents would differ.
 */
export function withHardLinks(root: Root, entries: Iterable<Entry>): Entry[] {
  const byInode = new Map<string, FileEntry[]>();
  return [...entries].sort(byPath).map((entry) => {
    if (entry.type !== 'file' || entry.source.kind !== 'host') return entry;
    const { host, relocation } = entry.source;
    const inode = root.inode(host);
    if (inode === undefined) return entry;
    const earlier = byInode.get(inode) ?? [];
    const first = earlier.find(
      ({ source }) => source.kind === 'host' && isDeepStrictEqual(source.relocation, relocation),
    );
    if (first === undefined) {
      byInode.set(inode, [...earlier, entry]);
      return entry;
    }
    const { path, mode, mtime, reason, package: owner } = entry;
    return { path, mode, mtime, reason, package: owner, type: 'hardlink', target: first.path };
  });
}
