import { posix } from 'node:path';
import { RelopackError } from '../common/error.ts';
import { type Distribution, readDistribution } from '../host/os-release.ts';
import { findInterpreter, type Interpreter } from '../python/interpreter.ts';
import type { Installed } from '../rpm/installed.ts';
import { type InstalledPackage, nevra } from '../rpm/package.ts';
import { archivePath } from './archive-path.ts';
import { closePackages, type LeftOut, leftOut } from './closure.ts';
import { byPath, type Entry } from './entry.ts';
import { launcherEntries } from './files/launcher.ts';
import { Layout } from './files/layout.ts';
import { licenceEntries } from './files/licenses.ts';
import { type Choice, Rules } from './files/rules.ts';
import { Selection } from './files/selection.ts';
import { localSite } from './files/usr-local.ts';
import { bytecodeRemarks, emptyRemarks, globRemarks, importRemarks, warnings } from './findings.ts';
import { importNames, mostImports } from './import-names.ts';
import { type Requirements, requirements } from './libraries/machine-needs.ts';
import { closeNative } from './libraries/needed.ts';
import { Runpaths } from './libraries/runpath.ts';
import { LibrarySearch } from './libraries/search.ts';
import type { Reason } from './reason.ts';
import { type PlannedModule, resolveWords } from './requested.ts';

/** What a plan is asked for. */
export interface PlanOptions extends Choice {
  modules: readonly string[];
  python: string;
  /** Seconds since 1970 that no entry may be younger than (SOURCE_DATE_EPOCH). */
  latest: number;
}

/** What goes in, where, and why. */
export interface Plan {
  distribution: Distribution;
  interpreter: Interpreter;
  modules: PlannedModule[];
  packages: ReadonlyMap<InstalledPackage, Reason>;
  leftOut: LeftOut[];
  entries: Entry[];
  /** Seconds since 1970, of what the archive has beside the entries: directories and the manifest. */
  mtime: number;
  requirements: Requirements;
  /** What is an error with --strict. */
  warnings: string[];
  /** What is never an error. */
  remarks: string[];
}

/** Decides everything: from the installed packages and the user's words to the entries of the archive. */
export function makePlan(installed: Installed, options: PlanOptions): Plan {
  const distribution = readDistribution(installed.root);
  const interpreter = findInterpreter(installed, options.python);
  const requested = resolveWords(installed, interpreter, options.modules, distribution);
  const closure = closePackages(installed, interpreter, requested);

  const rules = new Rules(options, interpreter.version);
  const selection = new Selection(installed, interpreter, rules);
  selection.addFile(interpreter.path, { kind: 'interpreter' });
  selection.addFile(interpreter.loader, { kind: 'loader' });
  for (const [pkg, reason] of closure.packages) selection.addPackage(pkg, reason);
  const search = new LibrarySearch(installed.root, interpreter.identity, interpreter.prefix);
  const natives = closeNative({ installed, interpreter, search, distribution }, selection, closure.outward);
  refuseWithoutInterpreter(selection, interpreter);
  const runpaths = new Runpaths(installed.root, interpreter, selection, natives);

  const mtime = Math.min(newestBuild(selection), options.latest);
  const time = { missing: mtime, latest: options.latest };
  const libc = search.find('libc.so.6') ?? interpreter.loader;
  const libraryDirectory = posix.dirname(archivePath(libc, interpreter));
  const layout = new Layout({ installed, interpreter, selection, natives, runpaths, libraryDirectory, time });
  const packages = packageReasons(selection, layout.owners, closure.packages);
  const added = [
    ...launcherEntries(installed.root, interpreter, layout.entries, runpaths.shared(search), mtime),
    ...localSite(layout.entries, interpreter, mtime),
  ];
  const taken = new Set(added.map(({ path }) => path));
  const entries = [
    ...layout.entries.filter(({ path }) => !taken.has(path)),
    ...added,
    ...licenceEntries(installed, [...packages.keys()], options.latest),
  ];
  const modules = requested.map((module) => ({
    ...module,
    imports: importNames(pathsOf(module.package, entries), interpreter),
  }));
  return {
    distribution,
    interpreter,
    modules: modules.map((module) => ({ ...module, imports: module.imports.slice(0, mostImports) })),
    packages,
    leftOut: leftOut(installed, new Set(packages.keys()), interpreter.package.arch),
    entries: entries.sort(byPath),
    mtime,
    requirements: requirements(installed.root, natives),
    warnings: warnings(entries),
    remarks: [
      ...globRemarks(rules.unmatched),
      ...emptyRemarks(requested, packages),
      ...importRemarks(modules, packages, entries),
      ...bytecodeRemarks(selection, entries),
    ],
  };
}

/** Where the files of a package stand in the archive. */
function pathsOf(pkg: InstalledPackage, entries: readonly Entry[]): string[] {
  const owner = nevra(pkg);
  return entries.filter((entry) => entry.package === owner).map(({ path }) => path);
}

function refuseWithoutInterpreter(selection: Selection, { path, loader }: Interpreter): void {
  const lacking = [path, loader].find((file) => !selection.files.has(file));
  if (lacking === undefined) return;
  throw new RelopackError(
    'usage',
    `--exclude leaves out ${lacking}, without which there is no Python`,
    'Let the globs match less.',
  );
}

/** A package that is in with single files only is in for the reason that its first file was found for. */
function packageReasons(
  selection: Selection,
  owners: ReadonlyMap<InstalledPackage, Reason>,
  whole: ReadonlyMap<InstalledPackage, Reason>,
): Map<InstalledPackage, Reason> {
  const first = new Map<InstalledPackage, Reason>();
  for (const { owned, reason } of selection.files.values()) {
    if (owned !== undefined && !first.has(owned.package)) first.set(owned.package, reason);
  }
  return new Map([...owners].map(([pkg, own]) => [pkg, whole.get(pkg) ?? first.get(pkg) ?? own]));
}

/** When the newest of the packages was built that a file is from, in seconds since 1970. */
function newestBuild(selection: Selection): number {
  const packages = new Set([...selection.files.values()].flatMap(({ owned }) => owned?.package ?? []));
  return Math.max(0, ...[...packages].map(({ buildTime }) => buildTime));
}
