import { posix } from 'node:path';
import type { Finding } from '../../common/finding.ts';
import { run } from '../../common/run.ts';
import type { Root } from '../../host/root.ts';
import { callStartup, disableUserSite, readStartupModules, startupPackage } from '../../launcher/startup.ts';
import type { Interpreter } from '../../python/interpreter.ts';
import { archivePath } from '../archive-path.ts';
import { byPath, type Entry, madeFile, type Relocation } from '../entry.ts';
import { LibrarySearch } from '../libraries/search.ts';
import { hasLocales } from './locales.ts';

/** A Python module that is compiled. */
interface Module {
  /** Archive path. */
  path: string;
  /** The path that tracebacks show: its place on the host. */
  file: string;
  text: Buffer;
  mtime: number;
}

/** The entries of an archive with the start-up code, and what the packed Python cannot do. */
export interface WithStartup {
  entries: Entry[];
  findings: Finding[];
}

const noLocale: Finding = {
  severity: 'remark',
  message:
    'the host has no C.UTF-8 in /usr/lib/locale: the packed Python uses UTF-8 nevertheless, but setlocale() only knows C',
};
const noBytecode: Finding = {
  severity: 'remark',
  message:
    'this machine cannot run the packed Python, so its start-up code has no bytecode and is compiled at each start',
};

/**
 * Adds the start-up code to the entries: its package, the call in encodings/__init__.py, and the edited site.py.
 *
 * Only a Python of the same version can compile it, and only the packed one is certain to exist. So the packed Python is
 * run in its place on the host, by its own loader and with an empty environment. A machine that cannot run it, because
 * it is of another kind, packs the source only. Python then compiles it at each start from a read-only tree. No bytecode
 * is made if none is wanted.
 */
export async function addStartup(
  entries: readonly Entry[],
  root: Root,
  interpreter: Interpreter,
): Promise<WithStartup> {
  const findings = hasLocales(entries, interpreter) ? [] : [noLocale];
  const directory = posix.dirname(archivePath(`${interpreter.stdlib}/os.py`, interpreter));
  const called = entries.find(({ path }) => path === `${directory}/encodings/__init__.py`);
  if (called?.type !== 'file' || called.source.kind !== 'host') return { entries: [...entries], findings };

  const { mtime, mode } = called;
  const added: Module[] = [...readStartupModules()].map(([name, text]) => ({
    path: `${directory}/${startupPackage}/${name}`,
    file: `${interpreter.stdlib}/${startupPackage}/${name}`,
    text,
    mtime,
  }));
  const edited = [
    edit(root, called, { kind: 'startup' }, callStartup),
    edit(
      root,
      entries.find(({ path }) => path === `${directory}/site.py`),
      { kind: 'site' },
      disableUserSite,
    ),
  ].filter((one) => one !== undefined);
  const isReplaced = ({ path }: Entry) =>
    edited.some(({ module }) => path === module.path || path.startsWith(cachedAt(module.path)));
  const others = entries.filter((entry) => !isReplaced(entry));
  const sources = [
    ...edited.map(({ entry }) => entry),
    ...added.map(({ path, text }) => madeFile(path, mode, mtime, text)),
  ];

  const cached = cachedAt(called.path);
  const tags = entries.map(({ path }) => path.startsWith(cached) && /\.([^/.]+)\.pyc$/.exec(path)?.[1]);
  const tag = tags.find(Boolean);
  if (!tag) return { entries: [...others, ...sources].sort(byPath), findings };
  const compiled = await compile(root, interpreter, [...added, ...edited.map(({ module }) => module)]);
  const bytecode = compiled.map(({ path, bytes }) => {
    const { dir, name } = posix.parse(path);
    return madeFile(`${dir}/__pycache__/${name}.${tag}.pyc`, mode, mtime, bytes);
  });
  return {
    entries: [...others, ...sources, ...bytecode].sort(byPath),
    findings: bytecode.length === 0 ? [...findings, noBytecode] : findings,
  };
}

/** A module of the host that is changed: its entry, and the module to compile. Undefined if there is none to change. */
function edit(
  root: Root,
  entry: Entry | undefined,
  relocation: Relocation,
  change: (text: Buffer) => Buffer,
): { entry: Entry; module: Module } | undefined {
  if (entry?.type !== 'file' || entry.source.kind !== 'host') return undefined;
  const { path, mtime, source } = entry;
  const text = change(root.read(source.host));
  return {
    entry: { ...entry, source: { ...source, relocation }, size: text.length },
    module: { path, file: source.host, text, mtime },
  };
}

/** The beginning of the paths at which a module has its bytecode. */
function cachedAt(path: string): string {
  const { dir, name } = posix.parse(path);
  return `${dir}/__pycache__/${name}.`;
}

/** Prints the bytecode of each module in hexadecimal on a line: unchecked, or by mtime before Python 3.7 (PEP 552). */
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
 * Compiles the modules and returns the bytecode of each with its path; nothing if the interpreter cannot be run.
 *
 * The interpreter runs in the directory of its standard library: with `-c` Python puts the current directory first on
 * sys.path, and since 3.13 it imports a module before it runs the first statement. The alternatives do not work: -P is
 * new in 3.11, and -I ignores PYTHONHOME.
 */
async function compile(
  root: Root,
  interpreter: Interpreter,
  modules: readonly Module[],
): Promise<{ path: string; bytes: Buffer }[]> {
  const { directories } = new LibrarySearch(root, interpreter.identity, interpreter.prefix);
  const libraries = directories.map((directory) => root.onDisk(directory)).join(':');
  const python = [
    '--library-path',
    libraries,
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
    if (code !== 0 || lines.length !== modules.length) return [];
    return modules.map(({ path }, index) => ({ path, bytes: Buffer.from(lines[index] ?? '', 'hex') }));
  } catch {
    return [];
  }
}
