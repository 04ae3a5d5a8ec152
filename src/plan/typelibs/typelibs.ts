import { posix } from 'node:path';
import { isPythonScript } from '../../python/shebang.ts';
import { compareVersions } from '../../rpm/compare-versions.ts';
import type { LibraryContext } from '../libraries/needed.ts';
import type { FoundByName } from '../paths/named-path.ts';
import type { SelectedFile } from '../selected-file.ts';
import { type Namespace, namespacesIn } from './asked.ts';
import { readTypelib } from './header.ts';

/** The directory of typelibs, in a directory of libraries (girepository/girepository.c, init_globals). */
const directoryName = 'girepository-1.0';

/** PyGObject, and what it loads itself. Its overrides import the namespaces that they belong to, so they do not count. */
const pygobject = /(?:^|\/)site-packages\/gi\//;
const own: readonly Namespace[] = ['GLib', 'GObject', 'Gio'].map((name) => ({ name, version: undefined }));

/** A typelib on the host. */
interface Typelib {
  host: string;
  version: string;
}

/**
 * The typelibs of the namespaces that packed Python sources ask for, the typelibs that these depend on, and the libraries
 * of all of them. There are none if PyGObject is not packed: some modules use it if it is there.
 */
export class Typelibs {
  readonly #context: LibraryContext;
  readonly #installed: ReadonlyMap<string, readonly Typelib[]>;
  readonly #read = new Set<string>();
  readonly #asked: { namespace: Namespace; by: string }[] = [];

  constructor(context: LibraryContext) {
    this.#context = context;
    this.#installed = installedTypelibs(context);
  }

  /** The files to pack, beside these files. Each is found with the first file that asks for it. */
  find(files: ReadonlyMap<string, SelectedFile>): FoundByName[] {
    if (this.#installed.size === 0) return [];
    for (const [host, file] of files) {
      if (this.#read.has(host)) continue;
      this.#read.add(host);
      for (const namespace of this.#namespacesOf(file)) this.#asked.push({ namespace, by: host });
    }
    const isWanted = [...files.values()].some(({ path }) => pygobject.test(path));
    return isWanted ? this.#close().filter(({ host }) => !files.has(host)) : [];
  }

  #namespacesOf({ host, path, type }: SelectedFile): readonly Namespace[] {
    const { installed, interpreter } = this.#context;
    if (type !== 'file') return [];
    if (pygobject.test(path)) return path.endsWith('/gi/__init__.py') ? own : [];
    const isScript = posix.dirname(path) === 'bin' && isPythonScript(installed.root, interpreter, host);
    if (!isScript && !path.endsWith('.py')) return [];
    const bytes = installed.root.read(host);
    return bytes.includes('gi.re') || bytes.includes('require_version') ? namespacesIn(bytes.toString()) : [];
  }

  #close(): FoundByName[] {
    const { installed, interpreter, search } = this.#context;
    const found = new Map<string, FoundByName>();
    const open = [...this.#asked];
    for (const { namespace, by } of open) {
      const host = this.#typelib(namespace);
      if (host === undefined || found.has(host)) continue;
      found.set(host, { host, by });
      const needs = readTypelib(installed.root.read(host), interpreter.identity.littleEndian);
      for (const text of needs?.dependencies ?? []) open.push({ namespace: namespaceOf(text), by: host });
      for (const library of needs?.libraries ?? []) {
        const path = search.find(library);
        if (path !== undefined && !found.has(path)) found.set(path, { host: path, by: host });
      }
    }
    return [...found.values()];
  }

  #typelib({ name, version }: Namespace): string | undefined {
    const typelibs = this.#installed.get(name) ?? [];
    return typelibs.find((one) => version === undefined || one.version === version)?.host;
  }
}

/** The typelibs by namespace: the newest version first, and of one version that of the first directory. */
function installedTypelibs({ installed: { root }, search }: LibraryContext): Map<string, Typelib[]> {
  const found = new Map<string, Typelib[]>();
  for (const directory of search.directories) {
    for (const file of root.list(`${directory}/${directoryName}`)) {
      const { name, version } = namespaceOf(posix.basename(file, '.typelib'));
      const host = root.resolve(`${directory}/${directoryName}/${file}`);
      if (version === undefined || host === undefined || !file.endsWith('.typelib')) continue;
      found.set(name, [...(found.get(name) ?? []), { host, version }]);
    }
  }
  for (const typelibs of found.values()) typelibs.sort((a, b) => compareVersions(b.version, a.version));
  return found;
}

/** `GObject-2.0` */
function namespaceOf(text: string): Namespace {
  const cut = text.lastIndexOf('-');
  return cut === -1
    ? { name: text, version: undefined }
    : { name: text.slice(0, cut), version: text.slice(cut + 1) };
}
