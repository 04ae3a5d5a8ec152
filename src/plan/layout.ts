import { posix } from 'node:path';
import type { Installed, Owned } from '../host/installed.ts';
import { FileFlag, nevra } from '../host/package.ts';
import { bytecodeHeaderSize, isFresh, isTimestamped } from '../relocate/bytecode.ts';
import type { Entry, Relocation } from './entry.ts';
import type { Interpreter } from './interpreter.ts';
import type { NativeFile } from './native.ts';
import { archivePath, loaderPath, relativePath } from './paths.ts';
import type { Reason } from './reason.ts';
import type { Runpaths } from './runpaths.ts';
import type { Selected, Selection } from './selection.ts';

const permissions = 0o777;

/** What stands ready to be laid out. */
export interface Material {
  installed: Installed;
  interpreter: Interpreter;
  selection: Selection;
  natives: ReadonlyMap<string, NativeFile>;
  runpaths: Runpaths;
  /** The archive directory of libc.so.6. */
  libraryDirectory: string;
  /** Seconds since 1970, for what the database has no time for; and the latest time that anything may have. */
  time: { missing: number; latest: number };
}

/** Turns the selected files into entries, sorted by path, without the directories that they stand in. */
export class Layout {
  readonly #material: Material;
  readonly #entries = new Map<string, Entry>();
  /** Directories of the archive that something stands in. */
  readonly #directories = new Set<string>();
  /** The entry that first had an inode, for hard links. */
  readonly #inodes = new Map<string, Extract<Entry, { type: 'file' }>>();

  constructor(material: Material) {
    this.#material = material;
    const selected = [...material.selection.files.values()].sort(byPath);
    for (const { path } of selected) {
      for (let at = posix.dirname(path); !this.#directories.has(at); at = posix.dirname(at))
        this.#directories.add(at);
    }
    for (const file of selected) {
      if (file.type === 'file') this.#addFile(file.path, file.host, file.reason, file.owned);
      else this.#addLink(file);
    }
    this.#addLoaderLink();
  }

  get entries(): Entry[] {
    return [...this.#entries.values()].sort(byPath);
  }

  /** Places a file of the host at an archive path: a hard link where its inode is in already, unchanged in between. */
  #addFile(path: string, host: string, reason: Reason, owned: Owned | undefined): void {
    const stats = this.#material.installed.root.stat(host);
    const relocation = this.#relocation(path, host);
    if (stats === undefined || relocation === undefined) return;
    const common = { path, reason, ...this.#attributes(owned, stats.mode) };
    const inode = `${stats.dev}:${stats.ino}:${JSON.stringify(relocation)}`;
    const first = this.#inodes.get(inode);
    if (stats.nlink > 1 && first !== undefined) {
      this.#entries.set(path, { ...common, type: 'hardlink', target: first.path });
      return;
    }
    const digest =
      // What a package lists and does not bring has the digest of a file that it was not built with.
      owned === undefined || owned.file.digest === '' || (owned.file.flags & FileFlag.ghost) !== 0
        ? undefined
        : { algorithm: owned.package.digestAlgorithm, hex: owned.file.digest };
    const source = { kind: 'host', host, digest, relocation } as const;
    const entry = { ...common, type: 'file', source, size: stats.size } as const;
    this.#inodes.set(inode, entry);
    this.#entries.set(path, entry);
  }

  /**
   * A link stays one where any step of the way it leads along is in the archive; else what it leads to takes its
   * place, with all that is in it. One that leads nowhere is as useless on the host, and stays there.
   */
  #addLink({ path, host, reason, owned }: Selected): void {
    const { installed, interpreter, selection } = this.#material;
    let at = host;
    for (let steps = 0; steps < 40; steps++) {
      const target = installed.root.readlink(at);
      const next =
        target === undefined ? undefined : installed.root.canonical(posix.resolve(posix.dirname(at), target));
      if (next === undefined) return;
      const nextPath = archivePath(next, interpreter);
      if (selection.files.has(next) || this.#directories.has(nextPath)) {
        const relative = relativePath(posix.dirname(path), nextPath);
        const attributes = this.#attributes(owned, permissions);
        this.#entries.set(path, {
          path,
          reason,
          ...attributes,
          mode: permissions,
          type: 'symlink',
          target: relative,
        });
        return;
      }
      const stats = installed.root.lstat(next);
      if (stats?.isSymbolicLink()) at = next;
      else {
        if (stats !== undefined) this.#addCopy(path, next, { kind: 'linked', by: host });
        return;
      }
    }
  }

  /** What a link out of the archive led to, in the place of the link. */
  #addCopy(path: string, host: string, reason: Reason): void {
    const { root } = this.#material.installed;
    const stats = root.stat(host);
    if (stats?.isFile()) this.#addFile(path, host, reason, this.#material.installed.owner(host));
    else if (stats?.isDirectory()) {
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
    const target = relativePath(libraryDirectory, loaderPath);
    const attributes = this.#attributes(loader?.selected.owned, permissions);
    this.#entries.set(path, {
      path,
      reason: { kind: 'added' },
      ...attributes,
      mode: permissions,
      type: 'symlink',
      target,
    });
  }

  /** Undefined for a .pyc that Python would not have loaded on the host either: it is stale, or has no source. */
  #relocation(path: string, host: string): Relocation | undefined {
    const { interpreter, natives, runpaths, installed } = this.#material;
    if (host === interpreter.loader) return { kind: 'loader' };
    const native = natives.get(host);
    if (native !== undefined) {
      // fips.so carries a checksum of itself. It needs libc alone, which is loaded before it.
      if (posix.basename(host) === 'fips.so') return { kind: 'none' };
      return { kind: 'elf', runpath: runpaths.of(native), strings: ownStrings(native) };
    }
    const library = /^(.*\/)\.([^/]+)\.hmac$/.exec(host);
    const checked = library === null ? undefined : installed.root.resolve(`${library[1]}${library[2]}`);
    if (checked !== undefined && natives.has(checked)) {
      const relocation = this.#relocation(path, checked) ?? { kind: 'none' };
      return { kind: 'checksum', library: checked, relocation };
    }
    const cached = /^(.*)\/__pycache__\/([^/]+?)\.[^/.]+(?:\.opt-[12])?\.pyc$/.exec(host);
    if (cached === null || !path.endsWith('.pyc')) return { kind: 'none' };
    const source = installed.root.stat(`${cached[1]}/${cached[2]}.py`);
    const header = installed.root.head(host, bytecodeHeaderSize);
    if (source === undefined || !isFresh(header, source)) return undefined;
    return isTimestamped(header) ? { kind: 'bytecode' } : { kind: 'none' };
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

/** Whose strings are changed besides RUNPATH, by its soname. */
function ownStrings({ image }: NativeFile): 'libcrypto' | 'libc' | undefined {
  if (image.soname === 'libc.so.6') return 'libc';
  return /^libcrypto\.so\./.test(image.soname ?? '') ? 'libcrypto' : undefined;
}

function byPath(a: { path: string }, b: { path: string }): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
}
