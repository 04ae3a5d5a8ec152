import { createHash } from 'node:crypto';
import type { TarEntry } from '../archive/tar.ts';
import type { Root } from '../host/root.ts';
import type { FileContent } from '../manifest/manifest.ts';
import type { Entry } from '../plan/entry.ts';
import { readContent } from './content.ts';

/** A planned entry with its final bytes. */
interface RelocatedEntry {
  tarEntry: TarEntry;
  /** Only of a regular file. */
  file?: RelocatedFile;
}

/** The size and digest of a relocated file. */
export interface RelocatedFile extends FileContent {
  /** Below the archive's top folder. */
  path: string;
  /** Whether the host's file differs from the digest in the RPM database. */
  changed: boolean;
}

/**
 * Reads and relocates the planned entries one by one, each when it is requested. Their paths are put below the top
 * folder `prefix`. Throws the errors of `readContent`.
 */
export function* relocateEntries(
  entries: readonly Entry[],
  root: Root,
  prefix: string,
): Generator<RelocatedEntry> {
  for (const entry of entries) yield relocateEntry(entry, root, prefix);
}

function relocateEntry(entry: Entry, root: Root, prefix: string): RelocatedEntry {
  const { mode, mtime } = entry;
  const path = `${prefix}/${entry.path}`;
  switch (entry.type) {
    case 'symlink':
      return { tarEntry: { type: 'symlink', path, mtime, target: entry.target } };
    case 'directory':
      return { tarEntry: { type: 'directory', path, mode, mtime } };
    case 'hardlink':
      return { tarEntry: { type: 'hardlink', path, mode, mtime, target: `${prefix}/${entry.target}` } };
    case 'file': {
      const { bytes, changed } = readContent(root, entry.source);
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      return {
        tarEntry: { type: 'file', path, mode, mtime, content: bytes },
        file: { path: entry.path, size: bytes.length, sha256, changed },
      };
    }
  }
}
