import { posix } from 'node:path';
import type { Root } from '../../host/root.ts';
import type { Interpreter } from '../../python/interpreter.ts';
import { archivePath } from '../archive-path.ts';
import type { Entry } from '../entry.ts';
import type { NamedPath } from '../paths/named-path.ts';
import { isProgram } from '../paths/programs.ts';
import type { Redirect } from './redirect.ts';

/**
 * The redirects of the paths that packed files name and that are packed. They are read from the tree alone, so that no
 * file of another version is mixed in. Configuration in /etc is the machine's, if it has any.
 */
export function namedRedirects(
  root: Root,
  interpreter: Interpreter,
  named: readonly NamedPath[],
  entries: readonly Entry[],
): Redirect[] {
  const packed = placesIn(entries);
  return named.flatMap(({ path, by: [by = ''], status }): Redirect[] => {
    // A program that is started is the machine's, so Python must not find it elsewhere.
    if (status !== 'packed' || isProgram(root, path)) return [];
    const hosts = [root.resolve(path), root.canonical(path)];
    const archive = hosts
      .flatMap((host) => (host === undefined ? [] : archivePath(host, interpreter)))
      .find((place) => packed.has(place));
    if (archive === undefined) return [];
    const kind = path.startsWith('/etc/') ? 'machine' : 'tree';
    return [{ path, kind, archive, reason: `named in ${posix.basename(by)}` }];
  });
}

/** The archive paths of all entries and of the directories above them. */
function placesIn(entries: readonly Entry[]): Set<string> {
  const places = new Set<string>();
  for (const { path } of entries) {
    for (let at = path; at !== '.' && !places.has(at); at = posix.dirname(at)) places.add(at);
  }
  return places;
}
