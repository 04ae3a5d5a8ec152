import { lstatSync, readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { UnpackedEntry } from '../../../src/archive/write-entry.ts';
import { Unpacked } from '../../../src/verify/unpacked.ts';

/** The tree in a directory, as if an archive had been unpacked there. `top` is its top folder. */
export function unpackedAt(directory: string, top: string): Unpacked {
  return new Unpacked(directory, entriesAt(directory, top));
}

function entriesAt(directory: string, path: string): UnpackedEntry[] {
  const place = join(directory, path);
  const stats = lstatSync(place);
  const type = stats.isSymbolicLink() ? 'symlink' : stats.isDirectory() ? 'directory' : 'file';
  const target = type === 'symlink' ? readlinkSync(place) : '';
  const { mode, size } = stats;
  const entry: UnpackedEntry = { type, path, mode: mode & 0o7777, mtime: 0, size, sha256: '', target };
  const names = type === 'directory' ? readdirSync(place) : [];
  return [entry, ...names.flatMap((name) => entriesAt(directory, `${path}/${name}`))];
}
