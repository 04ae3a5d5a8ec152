import { posix } from 'node:path';
import type { TarEntry } from './tar.ts';

/** Adds the missing parent directories before each entry. They get mode 0755 and the given mtime. */
export async function* withParents(
  entries: AsyncIterable<TarEntry>,
  mtime: number,
): AsyncGenerator<TarEntry> {
  const made = new Set(['.']);
  for await (const entry of entries) {
    const missing: string[] = [];
    for (let at = posix.dirname(entry.path); !made.has(at); at = posix.dirname(at)) missing.unshift(at);
    for (const path of missing) {
      made.add(path);
      yield { type: 'directory', path, mode: 0o755, mtime };
    }
    if (entry.type === 'directory') made.add(entry.path);
    yield entry;
  }
}
