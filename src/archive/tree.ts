import { posix } from 'node:path';
import { RelopackError } from '../common/error.ts';
import type { TarEntry } from './tar.ts';

/** Of a path in characters, the NUL counted (Linux limits.h); and how deep no real tree goes. */
const PATH_MAX = 4096;
const DEPTH_MAX = 256;

/** MAXSYMLINKS of Linux: a path that passes through more symbolic links leads nowhere. */
const LINKS_MAX = 40;

/**
 * What an archive has put where. It takes the names and targets of an archive that nobody vouches for, and refuses
 * whatever could lead out of the one top folder that the archive starts with: RelopackError 'archive-malformed'.
 */
export class Tree {
  readonly #types = new Map<string, TarEntry['type']>();
  readonly #targets = new Map<string, string>();

  /** Notes the next entry. Its folder has to be there: a real one, so that nothing is written through a link. */
  add(type: TarEntry['type'], path: string, target: string): void {
    const quoted = JSON.stringify(path.slice(0, PATH_MAX));
    if (path.length >= PATH_MAX || path.split('/').length > DEPTH_MAX) {
      throw malformed(`the name ${quoted} is too long or too deep`);
    }
    if (path.split('/').some((part) => part === '' || part === '.' || part === '..')) {
      throw malformed(`the name ${quoted} is no plain relative path`);
    }
    if (this.#types.has(path)) throw malformed(`it has ${quoted} twice`);
    if (path.includes('/') || this.#types.size > 0 || type !== 'directory') {
      const folder = posix.dirname(path);
      if (folder === '.') throw malformed(`${quoted} is not inside of one top folder`);
      const found = this.#types.get(folder);
      if (found === undefined) throw malformed(`${quoted} comes before its folder`);
      if (found !== 'directory') throw malformed(`${quoted} is inside of a ${found}`);
    }
    if (type === 'hardlink' && this.#types.get(target) !== 'file' && this.#types.get(target) !== 'hardlink') {
      throw malformed(`the hard link ${quoted} leads to no file before it`);
    }
    if (type === 'symlink') this.#targets.set(path, target);
    this.#types.set(path, type);
  }

  /** Where all has been added: an archive without entries and a symbolic link that leads out are refused. */
  finish(): void {
    if (this.#types.size === 0) throw malformed('it is empty');
    for (const [path, target] of this.#targets) {
      if (!this.#staysInside(path)) {
        throw malformed(`the link ${JSON.stringify(path)} leads out of it, to ${JSON.stringify(target)}`);
      }
    }
  }

  /** Follows a symbolic link through all others the way the kernel does; names that do not exist lead nowhere else. */
  #staysInside(link: string): boolean {
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
      const target = this.#targets.get(at.join('/'));
      if (target === undefined) continue;
      if (target.startsWith('/')) return false;
      followed += 1;
      if (followed > LINKS_MAX) return true;
      at.pop();
      ahead.unshift(...target.split('/'));
    }
    return true;
  }
}

/** The refusal of an archive, with the reason as half a sentence. */
export function malformed(reason: string, options?: ErrorOptions): RelopackError {
  return new RelopackError(
    'archive-malformed',
    `the archive is malformed: ${reason}`,
    'Do not unpack it. Fetch it again, or pack it again.',
    options,
  );
}
