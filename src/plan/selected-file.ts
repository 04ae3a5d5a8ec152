import type { Stats } from 'node:fs';
import { posix } from 'node:path';
import { RelopackError } from '../common/error.ts';
import { message, option } from '../common/message.ts';
import type { Interpreter } from '../python/interpreter.ts';
import type { Installed, OwnedFile } from '../rpm/installed.ts';
import {
  FileFlag,
  type InstalledFile,
  type InstalledPackage,
  isDirectory,
  isRegular,
  nevra,
} from '../rpm/package.ts';
import { archivePath } from './archive-path.ts';
import type { Reason } from './reason.ts';

/** A file, link or directory of the host that is selected to be packed. Of a directory only the place is selected. */
export interface SelectedFile {
  /** Its canonical path on the host: absolute inside the root, with the links of its directory followed. */
  host: string;
  /** Its path in the archive, relative to the top folder. */
  path: string;
  reason: Reason;
  /** Undefined if no package owns it. */
  owned: OwnedFile | undefined;
  type: 'file' | 'link' | 'directory';
}

/**
 * Examines a file on the disk. Returns undefined for a special file, and for an absent file that may be absent. Throws RelopackError 'file-missing' if a file of a package is absent, and 'file-changed' if it is no longer a
 * regular file.
 */
export function selectedFile(
  { root }: Installed,
  interpreter: Interpreter,
  host: string,
  reason: Reason,
  owned: OwnedFile | undefined,
): SelectedFile | undefined {
  const stats = root.lstat(host);
  if (stats === undefined) {
    if (owned !== undefined && !isDirectory(owned.file) && !mayBeAbsent(owned.file))
      throw absent(host, owned.package);
    return undefined;
  }
  const type = typeOf(stats);
  if (type !== 'file' && type !== 'link' && owned !== undefined && isRegular(owned.file))
    throw replaced(host, owned.package);
  if (type === undefined) return undefined;
  return { host, path: archivePath(host, interpreter), reason, owned, type };
}

function typeOf(stats: Stats): SelectedFile['type'] | undefined {
  if (stats.isFile()) return 'file';
  if (stats.isSymbolicLink()) return 'link';
  return stats.isDirectory() ? 'directory' : undefined;
}

/** Ghosts may be absent. Bytecode may be too: it is often removed from container images, and Python works without it. */
function mayBeAbsent({ path, flags }: InstalledFile): boolean {
  return (flags & (FileFlag.ghost | FileFlag.missingok)) !== 0 || posix.extname(path) === '.pyc';
}

function absent(host: string, pkg: InstalledPackage): RelopackError {
  return new RelopackError(
    'file-missing',
    `${host} does not exist any more, although ${nevra(pkg)} installed it`,
    reinstallOrExclude(pkg),
  );
}

function replaced(host: string, pkg: InstalledPackage): RelopackError {
  return new RelopackError(
    'file-changed',
    `${host} is not a regular file any more, as ${nevra(pkg)} installed it`,
    reinstallOrExclude(pkg),
  );
}

function reinstallOrExclude({ name }: InstalledPackage) {
  return message`Reinstall ${name}, or leave the file out with ${option('exclude')}.`;
}
