import type { Interpreter } from './interpreter.ts';
import { archivePath } from './paths.ts';

/** As many modules of one package as verification imports: some have hundreds, and each takes time and memory. */
export const mostImports = 100;

const identifier = /^[\p{L}_][\p{L}\p{N}_]*$/u;

/**
 * What `import` can be followed by thanks to files at these archive paths, sorted: modules at the top of a directory
 * that is on sys.path, and the first package on each way down, with dots where it stands in a namespace (PEP 420).
 *
 * What owns os.py is the standard library itself, some of which is for other systems, or opens a browser. It answers for
 * its extension modules, and the start of the interpreter for the rest.
 */
export function importNames(paths: readonly string[], interpreter: Interpreter): string[] {
  const { version, prefix } = interpreter;
  const standard = archivePath(interpreter.stdlib, interpreter);
  const sites = [prefix, '/usr/local'].flatMap((place) =>
    ['lib64', 'lib'].map((lib) => archivePath(`${place}/${lib}/python${version}/site-packages`, interpreter)),
  );
  const below = (directory: string) =>
    topNames(
      paths
        .filter((path) => path.startsWith(`${directory}/`))
        .map((path) => path.slice(directory.length + 1)),
      version,
    );
  const own = paths.includes(`${standard}/os.py`) ? [] : below(standard);
  const names = [
    ...sites.flatMap(below),
    ...below(`${standard}/lib-dynload`),
    ...own.filter((name) => !name.includes('.')),
  ];
  return [...new Set(names)].sort();
}

/** The names of what can be imported, by the paths of files below a directory that is on sys.path. */
function topNames(paths: readonly string[], version: string): string[] {
  // Extension modules: importlib.machinery.EXTENSION_SUFFIXES, the one of 3.7 and before with an m.
  const tag = `(?:cpython-${version.replace('.', '')}m?(?:-[^/]+)?|abi3)`;
  const module = new RegExp(`^(?:(.+)/)?([^/.]+)\\.(?:pyc?|(?:${tag}\\.)?so)$`);
  const modules: string[] = [];
  const packages = new Set<string>();
  for (const path of paths) {
    const [, directory, name] = module.exec(path) ?? [];
    if (name === '__init__' && directory !== undefined) packages.add(directory);
    else if (name !== undefined && directory === undefined) modules.push(name);
  }
  const isFirst = (directory: string) =>
    directory
      .split('/')
      .every((_, index, parts) => index === 0 || !packages.has(parts.slice(0, index).join('/')));
  return [...modules, ...[...packages].filter(isFirst)]
    .map((path) => path.split('/'))
    .filter((parts) => parts.every((part) => identifier.test(part) && !/^__.*__$/.test(part)))
    .map((parts) => parts.join('.'));
}
