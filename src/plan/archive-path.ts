import { posix } from 'node:path';
import type { Interpreter } from '../python/interpreter.ts';

/** Where the launcher stands under its short name. */
export const pythonPath = 'bin/python3';

/** Where ld.so and the interpreter stand in the archive: beside each other, so that one can name the other. */
export const loaderPath = 'libexec/ld.so';

/** Where the launcher stands under its full name; beside it is `python3`. */
export function launcherPath({ version }: Interpreter): string {
  return `bin/python${version}`;
}

/**
 * The link to ld.so by which it is executed. The kernel names a process by the last part of the path that was
 * executed (fs/exec.c, begin_new_exec), and so ps and top say python3.13 rather than ld.so.
 */
export function startPath({ version }: Interpreter): string {
  return `libexec/loader/python${version}`;
}

/** The interpreter's own place in the archive. */
export function interpreterPath({ version }: Interpreter): string {
  return `libexec/python${version}`;
}

/** Below the prefix, what must not come to stand among files of another place: /usr/etc is not /etc. */
const keptApart = /^(?:local|etc|host)\//;

/**
 * Where a file of the host stands in the archive: the interpreter's prefix is taken off the front, so that Python
 * finds its landmarks as it does on the host; what stood outside the prefix, or in /usr/local, goes to `host/`, by its
 * full path. What is in sbin goes to bin, as distributions merge them, since the launcher stands there.
 */
export function archivePath(canonical: string, interpreter: Interpreter): string {
  if (canonical === interpreter.path) return interpreterPath(interpreter);
  if (canonical === interpreter.loader) return loaderPath;
  const inPrefix = below(canonical, interpreter.prefix);
  if (inPrefix !== undefined && !keptApart.test(inPrefix)) return inPrefix.replace(/^sbin\//, 'bin/');
  return canonical.startsWith('/etc/') ? canonical.slice(1) : `host${canonical}`;
}

/** `path` as seen from the directory `from`, both archive paths. */
export function relativePath(from: string, path: string): string {
  return posix.relative(`/${from}`, `/${path}`) || '.';
}

function below(path: string, directory: string): string | undefined {
  const front = directory === '/' ? '/' : `${directory}/`;
  return path.startsWith(front) ? path.slice(front.length) : undefined;
}
