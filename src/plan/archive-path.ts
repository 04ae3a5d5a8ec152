import { posix } from 'node:path';
import type { Interpreter } from '../python/interpreter.ts';

/** The place of the launcher under its short name. */
export const pythonPath = 'bin/python3';

/** The place of ld.so in the archive: beside the interpreter, so that one can name the other. */
export const loaderPath = 'libexec/ld.so';

/** The place of the launcher under its full name. `python3` is beside it. */
export function launcherPath({ version }: Interpreter): string {
  return `bin/python${version}`;
}

/**
 * The link to ld.so that the launcher in sh executes. The kernel names a process by the last part of the executed path
 * (fs/exec.c, begin_new_exec), so ps and top show python3.13 and not ld.so.
 */
export function startPath({ version }: Interpreter): string {
  return `libexec/loader/python${version}`;
}

/** The place of the interpreter itself. */
export function interpreterPath({ version }: Interpreter): string {
  return `libexec/python${version}`;
}

/** Paths below the prefix that would collide with files from another place: /usr/etc is not /etc. */
const keptApart = /^(?:local|etc|host)\//;

/**
 * The place of a host file in the archive. The interpreter's prefix is removed, so that Python finds its landmarks as
 * on the host. A file outside the prefix or in /usr/local is placed below `host/` by its full path. A file in sbin is
 * placed in bin, where the launcher is; distributions that merged the two directories do the same.
 */
export function archivePath(canonical: string, interpreter: Interpreter): string {
  if (canonical === interpreter.path) return interpreterPath(interpreter);
  if (canonical === interpreter.loader) return loaderPath;
  const inPrefix = pathBelow(canonical, interpreter.prefix);
  if (inPrefix !== undefined && !keptApart.test(inPrefix)) return inPrefix.replace(/^sbin\//, 'bin/');
  return canonical.startsWith('/etc/') ? canonical.slice(1) : `host${canonical}`;
}

/** `path` relative to the directory `from`. Both are archive paths. */
export function relativePath(from: string, path: string): string {
  return posix.relative(`/${from}`, `/${path}`) || '.';
}

function pathBelow(path: string, directory: string): string | undefined {
  const front = directory === '/' ? '/' : `${directory}/`;
  return path.startsWith(front) ? path.slice(front.length) : undefined;
}
