import { join, posix } from 'node:path';
import { type Limits, unlimited } from '../archive/limits.ts';
import { type Node, Tree } from '../archive/tree.ts';
import type { UnpackedEntry } from '../archive/write-entry.ts';
import { type ElfIdentity, sameIdentity } from '../elf/identity.ts';
import { loaderPath } from '../plan/archive-path.ts';
import { identityOf } from './identity.ts';

/** An entry of an unpacked archive, in its folder. */
export type UnpackedNode = Node<UnpackedEntry>;

/** A library that was found by a name. */
export interface Library {
  /** The path in the archive by which it was found. It may be a link. */
  path: string;
  file: UnpackedNode;
}

/**
 * An unpacked archive. Its paths and links are looked up in the list of its entries, since a hostile link on the disk can
 * lead out, lead in a circle, or cost much time.
 */
export class Unpacked {
  /** The top folder, on the disk. */
  readonly top: string;
  /** The top folder, in the archive. */
  readonly topName: string;
  /** In the order of the archive. */
  readonly nodes: readonly UnpackedNode[];
  readonly #directory: string;
  readonly #tree: Tree<UnpackedEntry>;
  readonly #identities = new Map<UnpackedNode, ElfIdentity | undefined>();
  /** The identity of the packed loader. A file that is loaded into the packed Python must have the same. */
  readonly loader: ElfIdentity | undefined;

  /** `entries` are those of an archive that was unpacked into `directory`. The first is its top folder. */
  constructor(directory: string, entries: readonly UnpackedEntry[], { maxLookups }: Limits = unlimited) {
    this.#directory = directory;
    this.topName = entries[0]?.path ?? '';
    this.top = join(directory, this.topName);
    this.#tree = new Tree(maxLookups);
    for (const entry of entries) this.#tree.add(entry);
    this.nodes = this.#tree.nodes;
    const loader = this.find(loaderPath);
    this.loader = loader && this.identity(loader);
  }

  /** The file or directory that a path below the top folder leads to. Undefined if there is none. */
  find(path: string): UnpackedNode | undefined {
    const top = this.#tree.at(this.topName);
    return top && this.follow(top, path);
  }

  /** The entry at a path on the disk that has no links. */
  atPlace(path: string): UnpackedNode | undefined {
    return path.startsWith(`${this.#directory}/`)
      ? this.#tree.at(path.slice(this.#directory.length + 1))
      : undefined;
  }

  /** The file or directory that a path from a folder leads to. Undefined if there is none. */
  follow(folder: UnpackedNode, path: string): UnpackedNode | undefined {
    const found = this.#tree.follow(folder, path);
    return typeof found === 'string' ? undefined : found.file;
  }

  /** The file that an entry is, or that it leads to. Undefined for a directory, and for a link that leads nowhere. */
  fileOf(node: UnpackedNode): UnpackedNode | undefined {
    const { type, path } = node.entry;
    const found =
      type === 'symlink' && node.folder ? this.follow(node.folder, posix.basename(path)) : node.file;
    return found?.entry.type === 'file' ? found : undefined;
  }

  /** Whether a path from a folder leads out of the archive. */
  leadsOut(folder: UnpackedNode, path: string): boolean {
    return this.#tree.follow(folder, path) === 'outside';
  }

  /** The path of a file on the disk. */
  place({ entry }: UnpackedNode): string {
    return join(this.#directory, entry.path);
  }

  /** The kind of machine that a file is for. Undefined if it is not an ELF file. */
  identity(file: UnpackedNode): ElfIdentity | undefined {
    if (file.entry.type !== 'file') return undefined;
    if (!this.#identities.has(file)) this.#identities.set(file, identityOf(this.place(file)));
    return this.#identities.get(file);
  }

  /** Whether a file is an ELF file that the packed loader can load. */
  isLoadable(file: UnpackedNode): boolean {
    const identity = this.identity(file);
    return sameIdentity(identity, this.loader ?? identity);
  }

  /** The first library of that name in the folders. Like ld.so, it ignores files that the packed loader cannot load. */
  findLibrary(folders: Iterable<UnpackedNode>, soname: string): Library | undefined {
    for (const folder of folders) {
      const file = this.follow(folder, soname);
      if (file !== undefined && this.isLoadable(file))
        return { path: `${folder.entry.path}/${soname}`, file };
    }
    return undefined;
  }
}
