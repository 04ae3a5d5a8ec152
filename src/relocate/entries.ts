import { createHash } from 'node:crypto';
import type { TarEntry } from '../archive/tar.ts';
import type { Root } from '../host/root.ts';
import type { Entry } from '../plan/entry.ts';
import { readContent } from './content.ts';

/** What is known of the files only when they have been read and relocated. */
export interface Written {
  /** Size and digest (SHA-256, hex) of each regular file in the archive, by its path below the top folder. */
  files: Map<string, { size: number; sha256: string }>;
  /** Paths of files that were not as their package has them. */
  changed: string[];
}

/**
 * The planned entries as they go into the archive, below the top folder `prefix`. Each file is read and relocated when
 * its turn comes, and noted in `written`. Throws what `readContent` throws.
 */
export async function* relocateEntries(
  entries: readonly Entry[],
  root: Root,
  prefix: string,
  written: Written,
): AsyncGenerator<TarEntry> {
  for (const entry of entries) {
    const { mode, mtime } = entry;
    const path = `${prefix}/${entry.path}`;
    if (entry.type === 'symlink') yield { type: 'symlink', path, mtime, target: entry.target };
    else if (entry.type === 'hardlink')
      yield { type: 'hardlink', path, mode, mtime, target: `${prefix}/${entry.target}` };
    else {
      const { bytes, changed } = readContent(root, entry.source);
      if (changed) written.changed.push(entry.path);
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      written.files.set(entry.path, { size: bytes.length, sha256 });
      yield { type: 'file', path, mode, mtime, content: bytes };
    }
  }
}
