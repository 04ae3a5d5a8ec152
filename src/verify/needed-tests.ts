/** The directory on sys.path at the start of a module's path in the archive. */
const onPath = /^.*?\/python\d+\.\d+\/(?:site-packages\/|lib-dynload\/)?/;

/** The messages of ModuleNotFoundError and of `from MODULE import NAME` (CPython Python/import.c, Python/ceval.c). */
const noModule = /No module named '([\w.]+)'/g;
const noName = /cannot import name '(\w+)' from '([\w.]+)'/g;

/**
 * Whether an import failed because tests were left out. `error` is the text of the exception, and `tests` are the archive
 * paths of the files that were left out as tests. The error names the module of one of them, or its path.
 */
export function needsTests(error: string, tests: readonly string[]): boolean {
  const modules = [
    ...[...error.matchAll(noModule)].map(([, module = '']) => module),
    ...[...error.matchAll(noName)].map(([, name, module]) => `${module}.${name}`),
  ];
  return tests.some((path) => {
    const place = path.replace(onPath, '').replace(/(?:\/__init__)?\.py$/, '');
    const dotted = place.replaceAll('/', '.');
    return error.includes(`/${path}`) || modules.some((module) => `${dotted}.`.startsWith(`${module}.`));
  });
}
