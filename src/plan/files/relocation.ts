import { posix } from 'node:path';
import type { Interpreter } from '../../python/interpreter.ts';
import { pthPaths } from '../../python/pth.ts';
import { isTimestamped, sourceOf } from '../../python/pyc.ts';
import { isPythonScript } from '../../python/shebang.ts';
import type { Installed } from '../../rpm/installed.ts';
import { archivePath, relativePath } from '../archive-path.ts';
import type { Relocation } from '../entry.ts';
import type { NativeFile } from '../libraries/native-file.ts';
import type { Runpaths } from '../libraries/runpath.ts';
import { headerOfSource } from './fresh-pyc.ts';

const pth = /\/site-packages\/[^/]+\.pth$/;
const hmac = /^(.*\/)\.([^/]+)\.hmac$/;
const libcrypto = /^libcrypto\.so\./;

/** What decides what changes in a file. */
export interface RelocationContext {
  installed: Installed;
  interpreter: Interpreter;
  natives: ReadonlyMap<string, NativeFile>;
  runpaths: Runpaths;
}

/**
 * What changes in a file of the host on its way to an archive path. `holds` tells whether a path of the host is in the
 * archive. Undefined for a .pyc that is not of the source beside it, or has none.
 */
export function relocationOf(
  host: string,
  path: string,
  { installed, interpreter, natives, runpaths }: RelocationContext,
  holds: (host: string) => boolean,
): Relocation | undefined {
  const { root } = installed;
  if (host === interpreter.loader) return { kind: 'loader' };
  const native = natives.get(host);
  if (native !== undefined) return ofNative(host, native, runpaths.of(native));
  if (posix.dirname(path) === 'bin' && isPythonScript(root, interpreter, host)) return { kind: 'script' };
  const source = path.endsWith('.pyc') ? sourceOf(host) : undefined;
  if (source !== undefined) {
    const header = headerOfSource(installed, host, source);
    if (header === undefined) return undefined;
    return isTimestamped(header) ? { kind: 'bytecode' } : { kind: 'none' };
  }
  const [, place, name] = hmac.exec(host) ?? [];
  const library = place === undefined ? undefined : root.resolve(`${place}${name}`);
  const checked = library === undefined ? undefined : natives.get(library);
  if (library !== undefined && checked !== undefined) {
    return { kind: 'hmac', library, relocation: ofNative(library, checked, runpaths.of(checked)) };
  }
  if (pth.test(host)) {
    const moves = pthPaths(root.read(host)).map((from) => {
      const real = root.resolve(from);
      const isIn = real !== undefined && holds(real);
      return [
        from,
        isIn ? relativePath(posix.dirname(path), archivePath(real, interpreter)) : undefined,
      ] as const;
    });
    if (moves.length > 0) return { kind: 'pth', moves };
  }
  return { kind: 'none' };
}

/** fips.so carries a checksum of itself. It needs libc alone, which is loaded before it. */
function ofNative(host: string, { image }: NativeFile, runpath: string): Relocation {
  if (posix.basename(host) === 'fips.so') return { kind: 'none' };
  const soname = image.soname ?? '';
  const strings = soname === 'libc.so.6' ? 'libc' : libcrypto.test(soname) ? 'libcrypto' : undefined;
  return { kind: 'elf', runpath, strings };
}
