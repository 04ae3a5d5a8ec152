import type { Interpreter } from '../python/interpreter.ts';
import { archivePath } from './archive-path.ts';

/** How many modules of one package verification imports: some have hundreds, and each costs time and memory. */
export const maxImports = 100;

const identifier = /^[\p{L}_][\p{L}\p{N}_]*$/u;

/** A module or package, by the name that follows `import`. */
interface Importable {
  name: string;
  /** Whether it is an extension module. */
  native: boolean;
}

/**
 * Returns the names that `import` finds with files at these archive paths, sorted. These are the modules directly in a
 * directory on sys.path, and the first package on each way down. The name has dots if the package is in a namespace
 * package (PEP 420).
 *
 * Private Python modules only count if there are no others, as other modules of the package import them. The package
 * that owns os.py is the standard library itself. It has modules for other systems, and one that opens a browser. So
 * only its extension modules count; the start of the interpreter tests the rest.
 */
export function importNames(paths: readonly string[], interpreter: Interpreter): string[] {
  const { version } = interpreter;
  const standard = archivePath(interpreter.stdlib, interpreter);
  const below = (directory: string) =>
    importables(
      paths
        .filter((path) => path.startsWith(`${directory}/`))
        .map((path) => path.slice(directory.length + 1)),
      version,
    );
  const own = paths.includes(`${standard}/os.py`) ? [] : below(standard);
  const found = [
    ...sitePackages(interpreter).flatMap(below),
    ...below(`${standard}/lib-dynload`),
    ...own.filter(({ name }) => !name.includes('.')),
  ];
  const counted = found.filter(({ name, native }) => native || !name.startsWith('_'));
  return [...new Set((counted.length > 0 ? counted : found).map(({ name }) => name))].sort();
}

/** The archive directories on sys.path, in which absolute imports find modules. */
export function modulePaths(interpreter: Interpreter): string[] {
  const standard = archivePath(interpreter.stdlib, interpreter);
  return [...sitePackages(interpreter), `${standard}/lib-dynload`, standard];
}

function sitePackages(interpreter: Interpreter): string[] {
  const { version, prefix } = interpreter;
  return [prefix, '/usr/local'].flatMap((place) =>
    ['lib64', 'lib'].map((lib) => archivePath(`${place}/${lib}/python${version}/site-packages`, interpreter)),
  );
}

/** The modules and packages at these paths, which are relative to a directory on sys.path. */
function importables(paths: readonly string[], version: string): Importable[] {
  // Extension modules: importlib.machinery.EXTENSION_SUFFIXES. Up to Python 3.7 the suffix has an m.
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
