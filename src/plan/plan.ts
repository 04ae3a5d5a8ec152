import { posix } from 'node:path';
import { loaderHasArgv0 } from '../elf/loader.ts';
import { type Distribution, readDistribution } from '../host/distribution.ts';
import type { Installed } from '../host/installed.ts';
import type { InstalledPackage } from '../host/package.ts';
import { launcher } from '../launcher/launcher.ts';
import { closePackages, type LeftOut, leftOut } from './closure.ts';
import type { Entry } from './entry.ts';
import { findInterpreter, type Interpreter } from './interpreter.ts';
import { Layout } from './layout.ts';
import { LibrarySearch } from './libraries.ts';
import { licenceEntries } from './licences.ts';
import { closeNative, type NativeFile } from './native.ts';
import { archivePath, interpreterPath, loaderPath } from './paths.ts';
import type { Reason } from './reason.ts';
import { type Choice, Rules } from './rules.ts';
import { Runpaths } from './runpaths.ts';
import { Selection } from './selection.ts';
import { importNames, resolveWords } from './words.ts';

/** What a plan is asked for. */
export interface PlanOptions extends Choice {
  modules: readonly string[];
  python: string;
  /** Seconds since 1970 that no entry may be younger than (SOURCE_DATE_EPOCH). */
  latest: number;
}

/** A module that was asked for, and what `import` finds thanks to it. */
export interface PlannedModule {
  word: string;
  package: InstalledPackage;
  imports: string[];
}

/** What goes in, where, and why. */
export interface Plan {
  distribution: Distribution;
  interpreter: Interpreter;
  modules: PlannedModule[];
  packages: ReadonlyMap<InstalledPackage, Reason>;
  leftOut: LeftOut[];
  entries: Entry[];
  /** What the machine that it is unpacked on has to have: see `Requirements` of the ELF reader. */
  requirements: { kernel: string | undefined; isaLevel: number | undefined };
  warnings: string[];
}

/** Decides everything: from the installed packages and the user's words to the entries of the archive. */
export function makePlan(installed: Installed, options: PlanOptions): Plan {
  const distribution = readDistribution(installed.root);
  const interpreter = findInterpreter(installed, options.python);
  const requested = resolveWords(installed, interpreter, options.modules, distribution);
  const closure = closePackages(installed, interpreter, requested);

  const selection = new Selection(installed, interpreter, new Rules(options));
  selection.addFile(interpreter.path, { kind: 'interpreter' });
  selection.addFile(interpreter.loader, { kind: 'loader' });
  for (const [pkg, reason] of closure.packages) selection.addPackage(pkg, reason);
  const search = new LibrarySearch(installed.root, interpreter.identity);
  const natives = closeNative(installed, selection, search, closure.outward, distribution);
  const runpaths = new Runpaths(installed.root, interpreter, selection, natives);

  const packages = packageReasons(selection, closure.packages);
  const newest = Math.max(...[...packages.keys()].map((pkg) => pkg.buildTime));
  const time = { missing: newest, latest: options.latest };
  const libc = search.find('libc.so.6') ?? interpreter.loader;
  const libraryDirectory = posix.dirname(archivePath(libc, interpreter));
  const layout = new Layout({ installed, interpreter, selection, natives, runpaths, libraryDirectory, time });
  const script = launcher({
    loader: loaderPath,
    interpreter: interpreterPath(interpreter),
    libraries: runpaths.shared(search),
    locales: layout.entries.some(isLocale) ? archivePath('/usr/lib/locale', interpreter) : undefined,
    argv0: loaderHasArgv0(installed.root.read(interpreter.loader)),
  });
  const entries = [
    ...layout.entries,
    ...launcherEntries(interpreter, script, Math.min(newest, options.latest)),
    ...licenceEntries(installed, [...packages.keys()], options.latest),
  ];
  return {
    distribution,
    interpreter,
    modules: requested.map(({ word, package: pkg }) => {
      return { word, package: pkg, imports: importNames(pkg, interpreter.version) };
    }),
    packages,
    leftOut: leftOut(installed, new Set(packages.keys())),
    entries: entries.sort((a, b) => (a.path < b.path ? -1 : 1)),
    requirements: requirements(natives),
    warnings: [...unownedWarnings(selection), ...localeWarnings(layout.entries)],
  };
}

/** A package that is in with single files only is in for the reason that its first file is. */
function packageReasons(
  selection: Selection,
  whole: ReadonlyMap<InstalledPackage, Reason>,
): Map<InstalledPackage, Reason> {
  const packages = new Map<InstalledPackage, Reason>();
  for (const { owned, reason } of selection.files.values()) {
    if (owned === undefined || packages.has(owned.package)) continue;
    packages.set(owned.package, whole.get(owned.package) ?? reason);
  }
  return packages;
}

function launcherEntries(interpreter: Interpreter, bytes: Buffer, mtime: number): Entry[] {
  return ['bin/python3', `bin/python${interpreter.version}`].map((path) => ({
    path,
    mode: 0o755,
    mtime,
    reason: { kind: 'added' },
    package: undefined,
    type: 'file',
    source: { kind: 'made', bytes },
    size: bytes.length,
  }));
}

function requirements(natives: ReadonlyMap<string, NativeFile>): Plan['requirements'] {
  const images = [...natives.values()].map(({ image }) => image);
  const kernels = images.flatMap(({ abiTagKernel }) => abiTagKernel ?? []);
  const levels = images.flatMap(({ isaLevel }) => isaLevel ?? []);
  return {
    kernel: kernels.sort((a, b) => a.localeCompare(b, 'en', { numeric: true })).at(-1),
    isaLevel: levels.length === 0 ? undefined : Math.max(...levels),
  };
}

/** The one locale that comes along: the others are those of the machine that it was packed on. */
function isLocale({ path }: Entry): boolean {
  return /\/locale\/C\.(?:utf8|UTF-8)\//.test(path);
}

/** Without it text is still UTF-8, as Python's UTF-8 mode comes into force; setlocale() knows nothing but C. */
function localeWarnings(entries: readonly Entry[]): string[] {
  if (entries.some(isLocale)) return [];
  return ['the host has no C.UTF-8 in /usr/lib/locale, so the packed Python knows the locale C alone'];
}

function unownedWarnings(selection: Selection): string[] {
  return [...selection.files.values()]
    .filter(({ owned, reason }) => owned === undefined && reason.kind !== 'linked')
    .map(({ host }) => `${host} is owned by no package`);
}
