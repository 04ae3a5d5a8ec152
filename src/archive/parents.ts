import { posix } from 'node:path';
import type { TarEntry } from './tar.ts';

/** Puts before each entry the directories that it stands in, unless they have come already; they get that mtime. */
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
    yield entry;
  }
}
