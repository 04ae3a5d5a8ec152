import type { Interpreter } from '../python/interpreter.ts';
import { archivePath } from './archive-path.ts';

/** As many modules of one package as verification imports: some have hundreds, and each takes time and memory. */
export const mostImports = 100;

const identifier = /^[\p{L}_][\p{L}\p{N}_]*$/u;

/** What can be imported, by the name that follows `import`. */
interface Importable {
  name: string;
  /** Whether it is an extension module. */
  native: boolean;
}

/**
 * What `import` can be followed by thanks to files at these archive paths, sorted: modules at the top of a directory
 * that is on sys.path, and the first package on each way down, with dots where it stands in a namespace (PEP 420).
 *
 * Private modules in Python are for others of their package, and may want to be imported by these: they count where
 * there is nothing else. What owns os.py is the standard library itself, some of which is for other systems, or opens a
 * browser. It answers for its extension modules, and the start of the interpreter for the rest.
 */
export function importNames(paths: readonly string[], interpreter: Interpreter): string[] {
  const { version, prefix } = interpreter;
  const standard = archivePath(interpreter.stdlib, interpreter);
  const sites = [prefix, '/usr/local'].flatMap((place) =>
    ['lib64', 'lib'].map((lib) => archivePath(`${place}/${lib}/python${version}/site-packages`, interpreter)),
  );
  const below = (directory: string) =>
    importables(
      paths
        .filter((path) => path.startsWith(`${directory}/`))
        .map((path) => path.slice(directory.length + 1)),
      version,
    );
  const own = paths.includes(`${standard}/os.py`) ? [] : below(standard);
  const found = [
    ...sites.flatMap(below),
    ...below(`${standard}/lib-dynload`),
    ...own.filter(({ name }) => !name.includes('.')),
  ];
  const meant = found.filter(({ name, native }) => native || !name.startsWith('_'));
  return [...new Set((meant.length > 0 ? meant : found).map(({ name }) => name))].sort();
}

/** What can be imported, by the paths of files below a directory that is on sys.path. */
function importables(paths: readonly string[], version: string): Importable[] {
  // Extension modules: importlib.machinery.EXTENSION_SUFFIXES, the one of 3.7 and before with an m.
  const tag = `(?:cpython-${version.replace('.', '')}m?(?:-[^/]+)?|abi3)`;
  const module = new RegExp(`^(?:(.+)/)?([^/.]+)\\.(?:pyc?|((?:${tag}\\.)?so))$`);
  const found = new Map<string, boolean>();
  for (const path of paths) {
    const [, directory, name, extension] = module.exec(path) ?? [];
    const place = name === '__init__' || directory === undefined ? (directory ?? name) : undefined;
    if (place !== undefined) found.set(place, extension !== undefined);
  }
  return [...found].flatMap(([place, native]) => {
    const parts = place.split('/');
    const isInside = parts.some((_, index) => found.has(parts.slice(0, index).join('/')));
    const isName = parts.every((part) => identifier.test(part) && !/^__.*__$/.test(part));
    return isName && !isInside ? [{ name: parts.join('.'), native }] : [];
  });
}
