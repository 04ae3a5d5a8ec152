import { posix } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { RelopackError } from '../../common/error.ts';
import type { Owned } from '../../rpm/installed.ts';
import { FileFlag, type InstalledPackage, nevra } from '../../rpm/package.ts';
import { archivePath, launcherPath, loaderPath, relativePath } from '../archive-path.ts';
import { byPath, type Entry } from '../entry.ts';
import type { Reason } from '../reason.ts';
import { type RelocationContext, relocationOf } from './relocation.ts';
import type { Selected, Selection } from './selection.ts';

const permissions = 0o777;

/** A link to one of these gathers nothing: they have no end, or hold the whole system. */
const neverCopied = /^\/(?:[^/]*|(?:proc|sys|dev|run)\/.*)$/;

/** What stands ready to be laid out. */
export interface LayoutInput extends RelocationContext {
  selection: Selection;
  /** The archive directory of libc.so.6. */
  libraryDirectory: string;
  /** Seconds since 1970, for what the database has no time for; and the latest time that anything may have. */
  time: { missing: number; latest: number };
}

type FileEntry = Extract<Entry, { type: 'file' }>;

/** Turns the selected files into entries, sorted by path, without the directories that they stand in. */
export class Layout {
  readonly entries: readonly Entry[];
  /** The packages that the entries are from, with the reason of the first of each. */
  readonly owners = new Map<InstalledPackage, Reason>();
  readonly #material: LayoutInput;
  readonly #entries = new Map<string, Entry>();
  /** Directories of the archive that a selected file stands in. */
  readonly #directories = new Set<string>();

  constructor(material: LayoutInput) {
    this.#material = material;
    const selected = [...material.selection.files.values()].sort(filesFirst);
    for (const { path } of selected) {
      for (let at = posix.dirname(path); !this.#directories.has(at); at = posix.dirname(at))
        this.#directories.add(at);
    }
    for (const file of selected) {
      // Of two programs of one name, in bin and in sbin, there is one place.
      if (this.#entries.has(file.path)) continue;
      if (file.type === 'file') this.#addFile(file.path, file.host, file.reason, file.owned);
      else this.#addLink(file);
    }
    this.#addLoaderLink();
    this.entries = this.#withHardLinks();
  }

  /** A file whose inode stands at an earlier path, relocated alike, is a hard link to that. */
  #withHardLinks(): Entry[] {
    const inodes = new Map<string, FileEntry[]>();
    return [...this.#entries.values()].sort(byPath).map((entry) => {
      if (entry.type !== 'file' || entry.source.kind !== 'host') return entry;
      const { host, relocation } = entry.source;
      const inode = this.#material.installed.root.inode(host);
      if (inode === undefined) return entry;
      const alike = inodes.get(inode) ?? [];
      const first = alike.find(
        ({ source }) => source.kind === 'host' && isDeepStrictEqual(source.relocation, relocation),
      );
      if (first === undefined) {
        inodes.set(inode, [...alike, entry]);
        return entry;
      }
      const { path, mode, mtime, reason, package: owner } = entry;
      return { path, mode, mtime, reason, package: owner, type: 'hardlink', target: first.path };
    });
  }

  #addFile(path: string, host: string, reason: Reason, owned: Owned | undefined): void {
    const stats = this.#material.installed.root.stat(host);
    const relocation = relocationOf(host, path, this.#material, (other) => this.#holds(other));
    if (stats === undefined || relocation === undefined) return;
    const digest =
      // What a package lists and does not bring has the digest of a file that it was not built with.
      owned === undefined || owned.file.digest === '' || (owned.file.flags & FileFlag.ghost) !== 0
        ? undefined
        : { algorithm: digestAlgorithm(owned), hex: owned.file.digest };
    const source = { kind: 'host', host, digest, relocation } as const;
    this.#noteOwner(owned, reason);
    const common = { path, reason, ...this.#attributes(owned, stats.mode) };
    this.#entries.set(path, { ...common, type: 'file', source, size: stats.size });
  }

  #noteOwner(owned: Owned | undefined, reason: Reason): void {
    if (owned !== undefined && !this.owners.has(owned.package)) this.owners.set(owned.package, reason);
  }

  /** Whether something that is selected stands at a path of the host, or below it. */
  #holds(host: string): boolean {
    const { selection, interpreter } = this.#material;
    return selection.files.has(host) || this.#directories.has(archivePath(host, interpreter));
  }

  /**
   * A link stays one where any step of the way it leads along is in the archive; else what it leads to takes its
   * place, with all that is in it. One that leads nowhere is as useless on the host, and stays there.
   */
  #addLink({ path, host, reason, owned }: Selected): void {
    const { root } = this.#material.installed;
    if (root.stat(host) === undefined) return;
    for (let at = host, target = root.readlink(at); target !== undefined; target = root.readlink(at)) {
      // Not resolved by its text alone: what stands before a `..` may itself be a link.
      const next = root.canonical(target.startsWith('/') ? target : `${posix.dirname(at)}/${target}`);
      if (next === undefined) return;
      if (this.#holds(next)) {
        // The interpreter alone would run on the libraries of the target.
        const { interpreter } = this.#material;
        const to = next === interpreter.path ? launcherPath(interpreter) : archivePath(next, interpreter);
        this.#placeLink(path, to, reason, owned);
        return;
      }
      at = next;
      if (root.readlink(at) === undefined) this.#addCopy(path, at, { kind: 'linked', by: host });
    }
  }

  #placeLink(path: string, to: string, reason: Reason, owned: Owned | undefined): void {
    this.#noteOwner(owned, reason);
    const target = relativePath(posix.dirname(path), to);
    const attributes = this.#attributes(owned, permissions);
    this.#entries.set(path, { path, reason, ...attributes, mode: permissions, type: 'symlink', target });
  }

  /** What a link out of the archive led to, in the place of the link. */
  #addCopy(path: string, host: string, reason: Reason): void {
    const { root } = this.#material.installed;
    const stats = root.stat(host);
    if (stats?.isFile()) this.#addFile(path, host, reason, this.#material.installed.owner(host));
    else if (stats?.isDirectory() && !neverCopied.test(host)) {
      for (const name of root.list(host)) {
        const below = `${host}/${name}`;
        // A link back up would never end; what else a directory outside links to is not ours to gather.
        if (!root.lstat(below)?.isSymbolicLink()) this.#addCopy(`${path}/${name}`, below, reason);
      }
    }
  }

  /** libc.so.6 and others have ld.so as DT_NEEDED, under its own name and beside the libraries. */
  #addLoaderLink(): void {
    const { interpreter, natives, libraryDirectory } = this.#material;
    const loader = natives.get(interpreter.loader);
    const soname = loader?.image.soname;
    if (soname === undefined) return;
    const path = `${libraryDirectory}/${soname}`;
    this.#placeLink(path, loaderPath, { kind: 'added' }, loader?.selected.owned);
  }

  #attributes(
    owned: Owned | undefined,
    mode: number,
  ): { mode: number; mtime: number; package: string | undefined } {
    const { missing, latest } = this.#material.time;
    return {
      mode: (owned?.file.mode ?? mode) & permissions,
      mtime: Math.min(owned?.file.mtime ?? missing, latest),
      package: owned === undefined ? undefined : nevra(owned.package),
    };
  }
}

function digestAlgorithm(owned: Owned): string {
  const { package: pkg, file } = owned;
  if (pkg.digestAlgorithm !== undefined) return pkg.digestAlgorithm;
  throw new RelopackError(
    'rpm-database',
    `${file.path} of ${nevra(pkg)} can't be checked: its digest is of a kind unknown here`,
    `Leave the file out with --exclude, or take a package that rpmbuild has made.`,
  );
}

function filesFirst(a: Selected, b: Selected): number {
  return byPath(a, b) || Number(a.type === 'link') - Number(b.type === 'link');
}
