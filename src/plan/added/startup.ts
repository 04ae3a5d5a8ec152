import { posix } from 'node:path';
import type { Finding } from '../../common/finding.ts';
import type { Root } from '../../host/root.ts';
import { callStartup, disableUserSite, readStartupModules, startupPackage } from '../../launcher/startup.ts';
import { compileModules, type ModuleSource } from '../../python/compile.ts';
import type { Interpreter } from '../../python/interpreter.ts';
import { archivePath } from '../archive-path.ts';
import { byPath, type Entry, madeFile, type Relocation } from '../entry.ts';
import { packedDirectory } from './packed-directory.ts';

/** A module of the start-up code. `file`, which tracebacks show, is its place on the host. */
interface Module extends ModuleSource {
  /** Archive path. */
  path: string;
}

/** The entries of an archive with the start-up code, and the findings about it. */
interface WithStartup {
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
 * Only a Python of the same version can compile it, and only the packed one is certain to exist. So the packed Python
 * runs on this machine, by its own loader and with an empty environment. A machine of another kind cannot run it, and
 * packs the source only. Python then compiles it at each start from a read-only tree.
 *
 * No bytecode is made if none is wanted. `libraries` are the host directories in which ld.so finds Python's libraries.
 */
export async function addStartup(
  entries: readonly Entry[],
  root: Root,
  interpreter: Interpreter,
  libraries: readonly string[],
): Promise<WithStartup> {
  const locales = packedDirectory('/usr/lib/locale', entries, interpreter);
  const findings = locales === undefined ? [noLocale] : [];
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
  const wanted = [...added, ...edited.map(({ module }) => module)];
  const compiled = await compileModules(root, interpreter, libraries, wanted);
  const bytecode = wanted.flatMap(({ path }, index) => {
    const { dir, name } = posix.parse(path);
    const bytes = compiled?.[index];
    return bytes === undefined ? [] : [madeFile(`${dir}/__pycache__/${name}.${tag}.pyc`, mode, mtime, bytes)];
  });
  return {
    entries: [...others, ...sources, ...bytecode].sort(byPath),
    findings: compiled === undefined ? [...findings, noBytecode] : findings,
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
