import { run } from '../common/run/run.ts';
import type { Root } from '../host/root.ts';
import type { Interpreter } from './interpreter.ts';

/** The source of a Python module. */
export interface ModuleSource {
  /** The path that tracebacks show. */
  file: string;
  text: Buffer;
  /** Seconds since 1970. */
  mtime: number;
}

/** Prints the bytecode of each module in hexadecimal on a line: checked by hash, or by mtime before Python 3.7 (PEP 552). */
const compiler = `
import _imp, importlib.util, marshal, sys
for file, mtime, text in zip(*[iter(sys.argv[1:])] * 3):
    source = bytes.fromhex(text)
    code = compile(source, file, "exec", dont_inherit=True, optimize=0)
    if sys.version_info < (3, 7):
        head = int(mtime).to_bytes(4, "little") + len(source).to_bytes(4, "little")
    else:
        head = (3).to_bytes(4, "little") + importlib.util.source_hash(source)
    print((importlib.util.MAGIC_NUMBER + head + marshal.dumps(code)).hex())
`;

/**
 * Compiles modules with the interpreter, in its place on the host. `libraries` are the directories in which ld.so finds
 * the interpreter's libraries. Returns the bytecode of each module, in their order. The result is undefined if this
 * machine cannot run the interpreter.
 *
 * The interpreter runs in the directory of its standard library. With `-c` Python puts the current directory first on
 * sys.path. Since 3.13 it imports a module before it runs the first statement, so a program cannot change that in time.
 * The options do not help: -P is new in 3.11, and -I ignores PYTHONHOME.
 */
export async function compileModules(
  root: Root,
  interpreter: Interpreter,
  libraries: readonly string[],
  modules: readonly ModuleSource[],
): Promise<Buffer[] | undefined> {
  const libraryPath = libraries.map((directory) => root.onDisk(directory)).join(':');
  const python = [
    '--library-path',
    libraryPath,
    root.onDisk(interpreter.path),
    '-S',
    '-s',
    '-B',
    '-c',
    compiler,
  ];
  const args = modules.flatMap(({ file, mtime, text }) => [file, String(mtime), text.toString('hex')]);
  const env = { PYTHONHOME: root.onDisk(interpreter.prefix), PYTHONHASHSEED: '0' };
  const cwd = root.onDisk(interpreter.stdlib);
  try {
    const { code, stdout } = await run(root.onDisk(interpreter.loader), [...python, ...args], { env, cwd });
    const lines = stdout.toString().split('\n').slice(0, -1);
    if (code !== 0 || lines.length !== modules.length) return undefined;
    return lines.map((line) => Buffer.from(line, 'hex'));
  } catch {
    return undefined;
  }
}
