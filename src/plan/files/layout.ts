import { posix } from 'node:path';
import { permissionBits } from '../../archive/tar.ts';
import { RelopackError } from '../../common/error.ts';
import { message, option } from '../../common/message.ts';
import type { OwnedFile } from '../../rpm/installed.ts';
import { FileFlag, type InstalledPackage, nevra } from '../../rpm/package.ts';
import { archivePath, launcherPath, loaderPath, relativePath } from '../archive-path.ts';
import { byPath, type Entry } from '../entry.ts';
import type { Reason } from '../reason.ts';
import type { SelectedFile } from '../selected-file.ts';
import { withHardLinks } from './hard-links.ts';
import { type EntryTimes, entryMtime } from './mtime.ts';
import { type RelocationContext, relocationOf } from './relocation.ts';

/** The facts that the layout depends on. */
interface LayoutInput extends RelocationContext {
  /** By canonical host path. */
  files: ReadonlyMap<string, SelectedFile>;
  /** The archive directory of libc.so.6. */
  libraryDirectory: string;
  times: EntryTimes;
}

/** The entries of the host's files. */
interface Layout {
  /** Sorted by path, with the empty directories among them. */
  entries: Entry[];
  /** The packages that own them, each with the reason of its first entry. */
  owners: ReadonlyMap<InstalledPackage, Reason>;
}

interface LayoutContext extends LayoutInput {
  /** Whether a selected file is at a path of the host, or below it. */
  isPacked: (host: string) => boolean;
}

/** An entry and the file that owns it on the host. */
interface Placed {
  entry: Entry;
  owned: OwnedFile | undefined;
}

/** Turns the selected files into entries. */
export function layOut(input: LayoutInput): Layout {
  const { files, interpreter, installed } = input;
  const selected = [...files.values()].sort(filesFirst);
  const directories = directoriesAbove(selected);
  const isPacked = (host: string) => files.has(host) || directories.has(archivePath(host, interpreter));
  const context = { ...input, isPacked };
  const entries = new Map<string, Entry>();
  const owners = new Map<InstalledPackage, Reason>();
  const place = ({ entry, owned }: Placed) => {
    entries.set(entry.path, entry);
    if (owned !== undefined && !owners.has(owned.package)) owners.set(owned.package, entry.reason);
  };
  for (const file of selected) {
    // A program in bin and one of the same name in sbin have the same place.
    if (file.type === 'directory' || entries.has(file.path)) continue;
    const placed = file.type === 'file' ? placeFile(context, file) : placeLink(context, file);
    for (const one of placed) place(one);
  }
  for (const one of placeLoaderLink(context)) place(one);
  for (const one of placeEmptyDirectories(context, [...entries.values()])) place(one);
  return { entries: withHardLinks(installed.root, entries.values()), owners };
}

/** The archive directories that contain one of these files, directly or not. */
function directoriesAbove(files: readonly { path: string }[]): Set<string> {
  const directories = new Set<string>();
  for (const { path } of files) {
    for (let at = posix.dirname(path); !directories.has(at); at = posix.dirname(at)) directories.add(at);
  }
  return directories;
}

/** Places a regular file. Nothing is placed if the file must not be packed, see `relocationOf`. */
function placeFile(
  context: LayoutContext,
  { path, host, reason, owned }: Omit<SelectedFile, 'type'>,
): Placed[] {
  const stats = context.installed.root.stat(host);
  const relocation = relocationOf(host, path, context, context.isPacked);
  if (stats === undefined || relocation === undefined) return [];
  const source = { kind: 'host', host, digest: digestOf(owned), relocation } as const;
  const attributes = attributesOf(context, owned, stats.mode);
  return [{ entry: { path, reason, ...attributes, type: 'file', source, size: stats.size }, owned }];
}

/** Places the selected directories that contain no entry: a program may list such a directory, or write into it. */
function placeEmptyDirectories(context: LayoutContext, entries: readonly Entry[]): Placed[] {
  const directories = [...context.files.values()].filter(({ type }) => type === 'directory');
  const filled = directoriesAbove([...entries, ...directories]);
  return directories
    .filter(({ path }) => !filled.has(path))
    .map(({ path, host, reason, owned }) => {
      const mode = context.installed.root.lstat(host)?.mode ?? 0;
      return { entry: { path, reason, ...attributesOf(context, owned, mode), type: 'directory' }, owned };
    });
}

/**
 * Places a link. It stays a link if any step of its way leads to something that is packed. A link to any other file is
 * replaced by a copy of that file. A link that leads nowhere is not packed.
 */
function placeLink(context: LayoutContext, { path, host, reason, owned }: SelectedFile): Placed[] {
  const { root } = context.installed;
  const { interpreter, isPacked } = context;
  if (root.stat(host) === undefined) return [];
  let at = host;
  for (let target = root.readlink(at); target !== undefined; target = root.readlink(at)) {
    // The text alone does not tell where it leads: the directory before a `..` may be a link.
    const next = root.canonical(target.startsWith('/') ? target : `${posix.dirname(at)}/${target}`);
    if (next === undefined) return [];
    if (isPacked(next)) {
      // The interpreter without the launcher would use the libraries of the machine.
      const to = next === interpreter.path ? launcherPath(interpreter) : archivePath(next, interpreter);
      return [placeLinkTo(context, path, to, reason, owned)];
    }
    at = next;
  }
  if (!root.stat(at)?.isFile()) return [];
  return placeFile(context, {
    path,
    host: at,
    reason: { kind: 'linked', by: host },
    owned: context.installed.owner(at),
  });
}

function placeLinkTo(
  context: LayoutContext,
  path: string,
  to: string,
  reason: Reason,
  owned: OwnedFile | undefined,
): Placed {
  const target = relativePath(posix.dirname(path), to);
  const attributes = { ...attributesOf(context, owned, permissionBits), mode: permissionBits };
  return { entry: { path, reason, ...attributes, type: 'symlink', target }, owned };
}

/** The link to ld.so beside the libraries: libc.so.6 and others need ld.so under its own name. */
function placeLoaderLink(context: LayoutContext): Placed[] {
  const { interpreter, natives, libraryDirectory } = context;
  const loader = natives.get(interpreter.loader);
  const soname = loader?.image.soname;
  if (soname === undefined) return [];
  const path = `${libraryDirectory}/${soname}`;
  return [placeLinkTo(context, path, loaderPath, { kind: 'added' }, loader?.selected.owned)];
}

/** Mode, mtime and package of an entry. `mode` is the mode of a file that no package owns. */
function attributesOf({ times }: LayoutInput, owned: OwnedFile | undefined, mode: number) {
  return {
    mode: (owned?.file.mode ?? mode) & permissionBits,
    mtime: entryMtime(owned?.file, times),
    package: owned === undefined ? undefined : nevra(owned.package),
  };
}

/** The digest of a file in the RPM database. A ghost has none: its digest is that of a file in the build. */
function digestOf(owned: OwnedFile | undefined): { algorithm: string; hex: string } | undefined {
  if (owned === undefined) return undefined;
  const { package: pkg, file } = owned;
  if (file.digest === '' || (file.flags & FileFlag.ghost) !== 0) return undefined;
  if (pkg.digestAlgorithm !== undefined) return { algorithm: pkg.digestAlgorithm, hex: file.digest };
  throw new RelopackError(
    'rpm-database',
    `${file.path} of ${nevra(pkg)} cannot be checked: the kind of its digest is unsupported`,
    message`Leave the file out with ${option('exclude')}, or install a package that was made by rpmbuild.`,
  );
}

function filesFirst(a: SelectedFile, b: SelectedFile): number {
  return byPath(a, b) || Number(a.type === 'link') - Number(b.type === 'link');
}
