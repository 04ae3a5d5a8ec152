import { posix } from 'node:path';
import { isConfigScript } from '../../python/config-script.ts';
import type { Interpreter } from '../../python/interpreter.ts';
import { pthPaths } from '../../python/pth.ts';
import { lacksHashCheck, sourceOf } from '../../python/pyc.ts';
import { isPythonScript } from '../../python/shebang.ts';
import type { Installed } from '../../rpm/installed.ts';
import { archivePath, relativePath } from '../archive-path.ts';
import type { Relocation } from '../entry.ts';
import type { Runpaths } from '../libraries/runpath.ts';
import type { NativeFile } from '../native-file.ts';
import { freshHeader } from './fresh-pyc.ts';

const pth = /\/site-packages\/[^/]+\.pth$/;
const hmac = /^(.*\/)\.([^/]+)\.hmac$/;
const libcrypto = /^libcrypto\.so\./;

/** The facts that the relocation of a file depends on. */
export interface RelocationContext {
  installed: Installed;
  interpreter: Interpreter;
  natives: ReadonlyMap<string, NativeFile>;
  runpaths: Runpaths;
}

/**
 * Decides how a host file is changed when it is packed at an archive path. `isPacked` tells whether a host path is packed.
 * Returns undefined for a file that must not be packed: a .pyc that is stale or has no source.
 */
export function relocationOf(
  host: string,
  path: string,
  { installed, interpreter, natives, runpaths }: RelocationContext,
  isPacked: (host: string) => boolean,
): Relocation | undefined {
  const { root } = installed;
  if (host === interpreter.loader) return { kind: 'loader' };
  const native = natives.get(host);
  if (native !== undefined) return ofNative(host, native, runpaths);
  if (posix.dirname(path) === 'bin' && isPythonScript(root, interpreter, host)) return { kind: 'script' };
  if (posix.dirname(path) === 'bin' && isConfigScript(posix.basename(path), interpreter.version)) {
    return { kind: 'config-script' };
  }
  const source = path.endsWith('.pyc') ? sourceOf(host) : undefined;
  if (source !== undefined) {
    const header = freshHeader(installed, host, source);
    if (header === undefined) return undefined;
    return lacksHashCheck(header) ? { kind: 'bytecode', source } : { kind: 'none' };
  }
  const [, place, name] = hmac.exec(host) ?? [];
  const library = place === undefined ? undefined : root.resolve(`${place}${name}`);
  const checked = library === undefined ? undefined : natives.get(library);
  if (library !== undefined && checked !== undefined) {
    return { kind: 'hmac', library, relocation: ofNative(library, checked, runpaths) };
  }
  if (pth.test(host)) {
    const moves = pthPaths(root.read(host)).map((from) => {
      const real = root.resolve(from);
      const isIn = real !== undefined && isPacked(real);
      return [
        from,
        isIn ? relativePath(posix.dirname(path), archivePath(real, interpreter)) : undefined,
      ] as const;
    });
    if (moves.length > 0) return { kind: 'pth', moves };
  }
  return { kind: 'none' };
}

/** fips.so contains a checksum of itself, so it is not changed. It only needs libc, which is already loaded. */
function ofNative(host: string, { image }: NativeFile, runpaths: Runpaths): Relocation {
  if (posix.basename(host) === 'fips.so') return { kind: 'none' };
  const soname = image.soname ?? '';
  const strings = soname === 'libc.so.6' ? 'libc' : libcrypto.test(soname) ? 'libcrypto' : undefined;
  return { kind: 'elf', runpath: runpaths.byFile.get(host)?.runpath ?? '', strings };
}
