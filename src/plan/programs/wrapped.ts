import { isExecutable } from '../../host/executable.ts';
import type { Root } from '../../host/root.ts';
import type { WrapperMoves } from '../../launcher/wrapper.ts';
import type { Interpreter } from '../../python/interpreter.ts';
import { isPythonScript, isVersionOf } from '../../python/shebang.ts';
import { readWrapper, type Wrapper } from '../../python/wrapper.ts';
import { archivePath } from '../archive-path.ts';

/** A wrapper is shorter. */
const maxBytes = 8192;

/** Directories of the machine's own files. A packed wrapper may name them. */
const machines = /^\/(?:etc|var|run|dev|proc|sys|tmp|home|root)(?:\/|$)/;

/** Reads a script for sh that starts this Python, or a Python script by its path. Undefined for any other file. */
function wrapperAt(root: Root, interpreter: Interpreter, host: string): Wrapper | undefined {
  if (!root.lstat(host)?.isFile() || !isExecutable(root, host)) return undefined;
  const bytes = root.head(host, maxBytes + 1);
  const wrapper = bytes.length > maxBytes ? undefined : readWrapper(bytes);
  if (wrapper === undefined) return undefined;
  const { python, command } = wrapper;
  const target = command === undefined ? undefined : root.resolve(command.value);
  const isKnown =
    python === undefined
      ? target !== undefined && isPythonScript(root, interpreter, target)
      : isVersionOf(python.version, interpreter);
  return isKnown ? wrapper : undefined;
}

/** The canonical host paths of the files that a wrapper starts or names. Undefined if it is not a wrapper. */
export function wrappedFiles(root: Root, interpreter: Interpreter, host: string): string[] | undefined {
  return wrapperAt(root, interpreter, host)
    ?.paths.filter(({ value }) => !machines.test(value))
    .flatMap(({ value }) => root.canonical(value) ?? [])
    .filter((path) => root.stat(path)?.isFile());
}

/**
 * The archive paths of the paths in a wrapper. Undefined if it is not a wrapper, and 'unpacked' if one of the paths is not
 * packed: the target has another file there, or none.
 */
export function wrapperMoves(
  root: Root,
  interpreter: Interpreter,
  host: string,
  isPacked: (host: string) => boolean,
): WrapperMoves | 'unpacked' | undefined {
  const wrapper = wrapperAt(root, interpreter, host);
  if (wrapper === undefined) return undefined;
  const moves = wrapper.paths
    .filter(({ value }) => !machines.test(value))
    .map(({ value }) => {
      const packed = [root.canonical(value), root.resolve(value)].find(
        (path) => path !== undefined && isPacked(path),
      );
      return packed === undefined ? undefined : ([value, archivePath(packed, interpreter)] as const);
    });
  return moves.every((move) => move !== undefined) ? moves : 'unpacked';
}
