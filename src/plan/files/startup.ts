import { posix } from 'node:path';
import { run } from '../../common/run.ts';
import type { Root } from '../../host/root.ts';
import { callStartup, readStartupModules, startupPackage } from '../../launcher/startup.ts';
import type { Interpreter } from '../../python/interpreter.ts';
import { archivePath } from '../archive-path.ts';
import { byPath, type Entry, madeFile } from '../entry.ts';
import { LibrarySearch } from '../libraries/search.ts';
import { hasLocales } from './locales.ts';

/** A module to be compiled. */
interface Module {
  /** In the archive. */
  path: string;
  /** What Python calls it in tracebacks: its place on the host. */
  file: string;
  text: Buffer;
  mtime: number;
}

/** The entries of an archive with the start-up code among them, and what the packed Python will lack, in words. */
export interface WithStartup {
  entries: Entry[];
  lacks: string[];
}

const noLocale =
  'the host has no C.UTF-8 in /usr/lib/locale: the packed Python uses UTF-8 all the same, but setlocale() knows C alone';
const noBytecode =
  'this machine can not run the packed Python, so its start-up code goes in without bytecode, and is compiled at each start';

/**
 * Adds the start-up code to a plan's entries: its package, and the call in encodings/__init__.py.
 *
 * Only a Python of the same version can compile them, and none but the one that is packed is sure to be there. So it
 * is run in its place on the host, by its own loader and with an empty environment. Where the machine can't run it, as
 * it is another machine's, they go in as source alone: Python then compiles them at each start that finds the tree
 * read-only. Where no bytecode is wanted none is made.
 */
export async function addStartup(
  entries: readonly Entry[],
  root: Root,
  interpreter: Interpreter,
): Promise<WithStartup> {
  const directory = posix.dirname(archivePath(`${interpreter.stdlib}/os.py`, interpreter));
  const called = entries.find(({ path }) => path === `${directory}/encodings/__init__.py`);
  const lacks = hasLocales(entries, interpreter) ? [] : [noLocale];
  if (called?.type !== 'file' || called.source.kind !== 'host') return { entries: [...entries], lacks };

  const { mtime, mode, source } = called;
  const modules: Module[] = [...readStartupModules()].map(([name, text]) => ({
    path: `${directory}/${startupPackage}/${name}`,
    file: `${interpreter.stdlib}/${startupPackage}/${name}`,
    text,
    mtime,
  }));
  const edited = callStartup(root.read(source.host));
  const relocation = { kind: 'startup' } as const;
  const encodings = { ...called, source: { ...source, relocation }, size: edited.length };
  const cached = `${directory}/encodings/__pycache__/__init__.`;
  const others = entries.filter((entry) => entry !== called && !entry.path.startsWith(cached));
  const sources = [encodings, ...modules.map(({ path, text }) => madeFile(path, mode, mtime, text))];

  const tags = entries.map(({ path }) => path.startsWith(cached) && /\.([^/.]+)\.pyc$/.exec(path)?.[1]);
  const tag = tags.find(Boolean);
  if (!tag) return { entries: [...others, ...sources].sort(byPath), lacks };
  modules.push({ path: called.path, file: source.host, text: edited, mtime });
  const bytecode = await compile(root, interpreter, modules);
  if (bytecode.length === 0) lacks.push(noBytecode);
  const compiled = modules.flatMap(({ path }, index) => {
    const bytes = bytecode[index];
    const { dir, name } = posix.parse(path);
    return bytes === undefined ? [] : [madeFile(`${dir}/__pycache__/${name}.${tag}.pyc`, mode, mtime, bytes)];
  });
  return { entries: [...others, ...sources, ...compiled].sort(byPath), lacks };
}

/** Prints the bytecode of each module in hexadecimal, on a line of its own: unchecked, or by time before 3.7 (PEP 552). */
const compiler = `
import _imp, importlib.util, marshal, sys
for file, mtime, text in zip(*[iter(sys.argv[1:])] * 3):
    source = bytes.fromhex(text)
    code = compile(source, file, "exec", dont_inherit=True, optimize=0)
    if sys.version_info < (3, 7):
        head = int(mtime).to_bytes(4, "little") + len(source).to_bytes(4, "little")
    else:
        head = (1).to_bytes(4, "little") + importlib.util.source_hash(source)
    print((importlib.util.MAGIC_NUMBER + head + marshal.dumps(code)).hex())
`;

/**
 * The bytecode of the modules, in their order; nothing where the interpreter can't be run.
 *
 * It is run in the directory of its standard library: for `-c` Python puts the current directory first on sys.path, and
 * since 3.13 imports a module before it runs the first statement. -P is new in 3.11, and -I takes no PYTHONHOME.
 */
async function compile(root: Root, interpreter: Interpreter, modules: readonly Module[]): Promise<Buffer[]> {
  const { directories } = new LibrarySearch(root, interpreter.identity, interpreter.prefix);
  const libraries = directories.map((directory) => root.onDisk(directory)).join(':');
  const args = modules.flatMap(({ file, mtime, text }) => [file, String(mtime), text.toString('hex')]);
  const command = [
    '--library-path',
    libraries,
    root.onDisk(interpreter.path),
    '-S',
    '-s',
    '-B',
    '-c',
    compiler,
  ];
  const env = { PYTHONHOME: root.onDisk(interpreter.prefix), PYTHONHASHSEED: '0' };
  const cwd = root.onDisk(interpreter.stdlib);
  try {
    const { code, stdout } = await run(root.onDisk(interpreter.loader), [...command, ...args], { env, cwd });
    const lines = stdout.toString().split('\n').slice(0, -1);
    return code === 0 && lines.length === modules.length ? lines.map((line) => Buffer.from(line, 'hex')) : [];
  } catch {
    return [];
  }
}
