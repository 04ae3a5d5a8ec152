import { posix } from 'node:path';
import { PathFinder } from '../../common/absolute-paths.ts';
import { readConstants } from '../../elf/parts/constants.ts';
import type { Root } from '../../host/root.ts';
import type { Interpreter } from '../../python/interpreter.ts';
import { isPythonScript } from '../../python/shebang.ts';
import { stringConstants } from '../../python/source/strings.ts';
import type { SelectedFile } from '../selected-file.ts';
import { ExistingPaths } from './existing.ts';

/** A text in a Python source that may be a path. It may also stand in a comment or a docstring. */
const quoted = /["'](\/[^"'\\\n]+)["']/g;

/** Reads the absolute paths of the host that files name. Only paths that exist are returned. */
export class PathReader {
  readonly #root: Root;
  readonly #finder: PathFinder;
  readonly #existing: ExistingPaths;

  constructor(root: Root) {
    this.#root = root;
    this.#finder = new PathFinder(root.list('/'));
    this.#existing = new ExistingPaths(root);
  }

  /**
   * The paths that an ELF file contains, in whatever words they stand. `host` is its canonical path. Code may also put a
   * short path together from immediate values, as compilers do for comparisons: these are not found.
   */
  inElf(host: string): string[] {
    const parts = this.#root.readParts(host, readConstants);
    return this.#exist(parts.flatMap((part) => this.#finder.find(part.toString('latin1'))));
  }

  /** The paths with which texts in a Python source begin. None for any other file. */
  inSource(interpreter: Interpreter, { host, path, type }: SelectedFile): string[] {
    if (type !== 'file') return [];
    const isScript = posix.dirname(path) === 'bin' && isPythonScript(this.#root, interpreter, host);
    if (!isScript && !path.endsWith('.py')) return [];
    const source = this.#root.read(host).toString();
    const isCandidate = this.#exist(
      [...source.matchAll(quoted)].flatMap(([, text = '']) => this.#finder.find(text)),
    );
    // Few sources have one, and to read Python takes much longer.
    if (isCandidate.length === 0) return [];
    const texts = stringConstants(source).filter((text) => text.startsWith('/'));
    return this.#exist(texts.flatMap((text) => this.#finder.find(text)));
  }

  #exist(paths: readonly string[]): string[] {
    return [...new Set(paths.filter((path) => this.#existing.has(path)))];
  }
}
