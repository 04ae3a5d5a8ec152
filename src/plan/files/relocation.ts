import { posix } from 'node:path';
import { isExecutable } from '../../host/executable.ts';
import type { Root } from '../../host/root.ts';
import { movesLines } from '../../launcher/script.ts';
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
import { wrapperMoves } from '../programs/wrapped.ts';
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
 * Returns undefined for a file that must not be packed: a command for sh that starts something that is not packed, or a
 * .pyc that is stale, has no source, or would have other line numbers than its relocated source.
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
  const script = ofScript(host, path, root, interpreter);
  if (script !== undefined) return script;
  if (posix.dirname(path) === 'bin' && isConfigScript(posix.basename(path), interpreter.version)) {
    return { kind: 'config-script' };
  }
  const moves = wrapperMoves(root, interpreter, host, isPacked);
  if (moves === 'unpacked') return posix.dirname(path) === 'bin' ? undefined : { kind: 'none' };
  if (moves !== undefined) return { kind: 'wrapper', path, moves };
  const source = path.endsWith('.pyc') ? sourceOf(host) : undefined;
  if (source !== undefined) {
    const header = freshHeader(installed, host, source);
    if (header === undefined) return undefined;
    const change = ofScript(source, sourceOf(path) ?? '', root, interpreter);
    if (change !== undefined && movesLines(root.read(source))) return undefined;
    if (change !== undefined) return { kind: 'bytecode', source, script: change };
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

/** The change of a Python script: each in bin, and elsewhere each that can be executed. Undefined for any other file. */
function ofScript(host: string, path: string, root: Root, interpreter: Interpreter): Relocation | undefined {
  const isInBin = posix.dirname(path) === 'bin';
  if (!isInBin && !isExecutable(root, host)) return undefined;
  if (!isPythonScript(root, interpreter, host)) return undefined;
  return isInBin ? { kind: 'script' } : { kind: 'script', path };
}

/** fips.so contains a checksum of itself, so it is not changed. It only needs libc, which is already loaded. */
function ofNative(host: string, { image }: NativeFile, runpaths: Runpaths): Relocation {
  if (posix.basename(host) === 'fips.so') return { kind: 'none' };
  const soname = image.soname ?? '';
  const strings = soname === 'libc.so.6' ? 'libc' : libcrypto.test(soname) ? 'libcrypto' : undefined;
  return { kind: 'elf', runpath: runpaths.byFile.get(host)?.runpath ?? '', strings };
}
