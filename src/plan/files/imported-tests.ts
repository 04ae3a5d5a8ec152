import { posix } from 'node:path';
import type { Root } from '../../host/root.ts';
import type { Interpreter } from '../../python/interpreter.ts';
import { sourceOf } from '../../python/pyc.ts';
import { isPythonScript } from '../../python/shebang.ts';
import { importedNames } from '../../python/source/imports.ts';
import { modulePaths } from '../import-names.ts';
import type { SelectedFile } from '../selected-file.ts';

/** A file of the host, and its path in the archive. */
type Source = Pick<SelectedFile, 'host' | 'path'>;

/** A file below a directory of tests, and the packed file that imports it. */
interface ImportedTest {
  host: string;
  by: string;
}

/** `name = module:function` in an entry_points.txt (Python Packaging User Guide, "Entry points specification"). */
const entryPoint = /^[^[#;=\n]+=[ \t]*([\w.]+)/gm;

/** The suffix of a module: that of a source, of bytecode in its place, or of an extension. */
const moduleSuffix = /(?:\/__init__)?(?:\.pyc?|(?:\.[^/.]+)*\.so)$/;

/** The innermost directory of tests in a path. */
const testDirectory = /^.*\/(?:tests?|idle_test)(?=\/)/;

/**
 * The tests that the packed files import, the modules that these import in turn, and the data in their directories, as
 * they may read it when they are imported. `tests` are the files that are left
 * out only because they are tests: their canonical host paths by archive path.
 *
 * The imports are read from sources, from Python scripts in `bin`, and from entry points.
 */
export function importedTests(
  root: Root,
  interpreter: Interpreter,
  files: Iterable<SelectedFile>,
  tests: ReadonlyMap<string, string>,
): ImportedTest[] {
  if (tests.size === 0) return [];
  const modules = byModule(tests);
  const directories = modulePaths(interpreter);
  const found = new Map<string, ImportedTest>();
  const open: Source[] = [...files];
  for (const source of open) {
    const places = importsOf(root, interpreter, source).flatMap((name) =>
      placesOf(name, source, directories),
    );
    for (const place of places) {
      const imported = modules.get(place) ?? [];
      modules.delete(place);
      for (const { path, host } of imported) {
        found.set(path, { host, by: source.host });
        open.push({ path, host });
      }
    }
  }
  return [...found.values(), ...dataOf(found, tests)];
}

/** The files in the directories of the imported tests that are no modules, with the first importing file. */
function dataOf(
  imported: ReadonlyMap<string, ImportedTest>,
  tests: ReadonlyMap<string, string>,
): ImportedTest[] {
  const importers = new Map<string | undefined, string>();
  for (const [path, { by }] of imported) {
    const directory = testDirectory.exec(path)?.[0];
    if (!importers.has(directory)) importers.set(directory, by);
  }
  return [...tests].flatMap(([path, host]) => {
    const by = importers.get(testDirectory.exec(path)?.[0]);
    return by === undefined || moduleSuffix.test(path) ? [] : [{ host, by }];
  });
}

/** The tests by the archive path of their module without suffix: a source and its bytecode are one module. */
function byModule(tests: ReadonlyMap<string, string>): Map<string, Source[]> {
  const modules = new Map<string, Source[]>();
  for (const [path, host] of tests) {
    const module = (sourceOf(path) ?? path).replace(moduleSuffix, '');
    modules.set(module, [...(modules.get(module) ?? []), { path, host }]);
  }
  return modules;
}

/** The names that a file imports; none if it is not a source. */
function importsOf(root: Root, interpreter: Interpreter, { host, path }: Source): string[] {
  const isEntryPoints = path.endsWith('-info/entry_points.txt');
  const isScript = posix.dirname(path) === 'bin' && isPythonScript(root, interpreter, host);
  if (!isEntryPoints && !isScript && !path.endsWith('.py')) return [];
  if (!root.lstat(host)?.isFile()) return [];
  const bytes = root.read(host);
  // Only a source with this word can import a directory of tests from outside.
  if (!bytes.includes('test') && !path.includes('test')) return [];
  if (isEntryPoints) return [...bytes.toString().matchAll(entryPoint)].map(([, module = '']) => module);
  return importedNames(bytes.toString(), isScript || posix.basename(path) === '__main__.py');
}

/**
 * The archive paths, without suffix, of the modules that an import loads: the module itself, and the packages around it.
 * An absolute name is searched on sys.path. A program outside has its own directory there.
 */
function placesOf(name: string, { path }: Source, directories: readonly string[]): string[] {
  const dots = /^\.*/.exec(name)?.[0].length ?? 0;
  const parts = name.slice(dots).split('.');
  const own = posix.dirname(path);
  const isModule = directories.some((directory) => path.startsWith(`${directory}/`));
  const starts =
    dots > 0 ? [posix.join(own, '../'.repeat(dots - 1))] : isModule ? directories : [...directories, own];
  return starts.flatMap((start) => parts.map((_, index) => posix.join(start, ...parts.slice(0, index + 1))));
}
