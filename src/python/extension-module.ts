import { posix } from 'node:path';
import type { Root } from '../host/root.ts';
import type { Interpreter } from './interpreter.ts';

const identifier = /^[\p{L}_][\p{L}\p{N}_]*$/u;

/** The suffix that any Python 3 on Linux imports (PEP 384, "Stable ABI"). */
const stableSuffix = '.abi3.so';

/** A file name without its suffix, and the suffix: all from the first dot. */
const parts = /^([^.]+)(\..+)$/;

/**
 * Returns a function that tells whether a file is an extension module, so that `import` loads it: its name is that of a
 * module, with a suffix of importlib.machinery.EXTENSION_SUFFIXES (CPython Python/dynload_shlib.c).
 *
 * The suffix with this Python's tag is the one in lib-dynload. So a module for musl or for another Python has another
 * suffix. A library may also end in `.so` alone. Then it only counts as a module in a directory with other modules.
 */
export function extensionModules(root: Root, { stdlib }: Interpreter): (host: string) => boolean {
  const dynload = root.resolve(`${stdlib}/lib-dynload`) ?? `${stdlib}/lib-dynload`;
  const tagged = root.list(dynload).flatMap((name) => parts.exec(name)?.[2] ?? []);
  const suffixes = new Set([stableSuffix, ...tagged.filter((suffix) => suffix !== '.so')]);
  const isModuleDirectory = (directory: string) =>
    directory === dynload ||
    directory.endsWith('/site-packages') ||
    root.list(directory).some((name) => /\.pyc?$/.test(name));
  return (host) => {
    const [, name = '', suffix = ''] = parts.exec(posix.basename(host)) ?? [];
    if (!identifier.test(name)) return false;
    return suffixes.has(suffix) || (suffix === '.so' && isModuleDirectory(posix.dirname(host)));
  };
}
