import { posix } from 'node:path';
import { RelopackError } from '../common/error.ts';
import type { Finding } from '../common/finding.ts';
import { message, option } from '../common/message.ts';
import { type Distribution, readDistribution } from '../host/os-release.ts';
import { findInterpreter, type Interpreter } from '../python/interpreter.ts';
import type { Installed } from '../rpm/installed.ts';
import { type InstalledPackage, nevra } from '../rpm/package.ts';
import { headerEntries } from './added/headers.ts';
import { withLaunchers } from './added/launcher.ts';
import { addStartup } from './added/startup.ts';
import { usrLocalEntries } from './added/usr-local.ts';
import { archivePath } from './archive-path.ts';
import { closePackages, type LeftOut, leftOut } from './closure/closure.ts';
import { byPath, type Entry } from './entry.ts';
import { layOut } from './files/layout.ts';
import { licenseEntries } from './files/licenses.ts';
import { entryTimes } from './files/mtime.ts';
import { type FileChoice, Rules } from './files/rules.ts';
import { type Selection, selectFiles } from './files/selection.ts';
import { planFindings } from './findings.ts';
import { importNames, maxImports } from './import-names.ts';
import { sharedDirectories } from './libraries/ld-so-conf.ts';
import { type Requirements, requirements } from './libraries/machine-needs.ts';
import { missingLibraries } from './libraries/missing.ts';
import { decideRunpaths, type Runpaths } from './libraries/runpath.ts';
import { LibrarySearch } from './libraries/search.ts';
import { type NotPacked, notPacked } from './not-packed.ts';
import type { NamedPath } from './paths/named-path.ts';
import { commandRemarks } from './programs/commands.ts';
import type { Reason } from './reason.ts';
import { knownRedirects } from './redirects/known.ts';
import { namedRedirects } from './redirects/named.ts';
import type { Redirect } from './redirects/redirect.ts';
import { findRequested, type PlannedModule } from './requested.ts';

/** The user's request. */
export interface PlanOptions extends FileChoice {
  modules: readonly string[];
  python: string;
  /** Seconds since 1970: the latest mtime that an entry may have (SOURCE_DATE_EPOCH). */
  latest: number;
}

/** The planned archive: its entries, and the reasons for them. */
export interface Plan {
  distribution: Distribution;
  interpreter: Interpreter;
  modules: PlannedModule[];
  packages: ReadonlyMap<InstalledPackage, Reason>;
  leftOut: LeftOut[];
  /** All files and links of the archive but the manifest, sorted by path. */
  entries: Entry[];
  /** The mtime of directories and of the manifest, in seconds since 1970. */
  mtime: number;
  requirements: Requirements;
  /** The libraries that each packed ELF file needs, and the directories in which it finds them. */
  libraries: Runpaths;
  /** The ELF files that this Python cannot load, by their host paths, each with a sentence that says why. */
  data: ReadonlyMap<string, string>;
  /** The libraries that a packed file needs and the host does not have, by the host path of the file. Nothing loads it. */
  missing: ReadonlyMap<string, readonly string[]>;
  /** All that is in the directories of the packed modules on the host, but not in the archive. */
  notPacked: NotPacked[];
  /** The absolute paths in the packed files, sorted. */
  named: readonly NamedPath[];
  /** The paths that the packed process reads from the tree. */
  redirects: Redirect[];
  /** The findings for the user: remarks first, then warnings about the host's files. */
  findings: Finding[];
}

/** Decides everything, from the installed packages and the options to the entries of the archive. */
export async function makePlan(installed: Installed, options: PlanOptions): Promise<Plan> {
  const { root } = installed;
  const distribution = readDistribution(root);
  const interpreter = findInterpreter(installed, options.python);
  const requested = findRequested(installed, interpreter, options.modules, distribution);
  const closure = closePackages(installed, interpreter, requested);

  const rules = new Rules(options, interpreter.version);
  const search = new LibrarySearch(root, interpreter.identity, sharedDirectories(root, interpreter.prefix));
  const selection = selectFiles({ installed, interpreter, search, rules }, closure);
  const { files, loaded, missing, considered, refused } = selection;
  const lacking = [...missing].filter(([{ host }]) => loaded.has(host));
  if (lacking.length > 0) throw missingLibraries(new Map(lacking), interpreter, distribution);
  refuseWithoutInterpreter(selection, interpreter);

  const runpaths = decideRunpaths(root, interpreter, selection, search);
  const times = entryTimes(ownersOf(selection), options.latest);
  const libc = search.find('libc.so.6') ?? interpreter.loader;
  const libraryDirectory = posix.dirname(archivePath(libc, interpreter));
  const data = new Map([...selection.data, ...runpaths.unfit]);
  const natives = new Map([...selection.natives].filter(([host]) => !data.has(host)));
  const layout = layOut({ installed, interpreter, files, natives, runpaths, libraryDirectory, times });
  const packages = packageReasons(selection, layout.owners, closure.packages);
  const redirects = [
    ...knownRedirects(files.values(), layout.entries),
    ...namedRedirects(root, interpreter, selection.named, layout.entries),
  ];
  const started = withLaunchers(root, interpreter, layout.entries, {
    natives: natives.values(),
    runpaths,
    redirects,
    libraryDirectory,
    mtime: times.missing,
  });
  const entries = withAdded(started.entries, [
    ...started.added,
    ...usrLocalEntries(root, layout.entries, interpreter, times.missing),
    ...headerEntries(layout.entries, installed, interpreter, times.missing),
    ...licenseEntries(installed, [...packages.keys()], times),
  ]);
  const startup = await addStartup(entries, root, interpreter, search.directories);

  const modules = requested.map((module) => ({
    ...module,
    imports: importNames(pathsOf(module.package, entries), interpreter),
  }));
  const unmatched = rules.unmatched(considered);
  const left = notPacked({
    installed,
    interpreter,
    whole: closure.packages,
    files,
    refused,
    entries: startup.entries,
  });
  return {
    distribution,
    interpreter,
    modules: modules.map((module) => ({ ...module, imports: module.imports.slice(0, maxImports) })),
    packages,
    leftOut: leftOut(installed, packages, interpreter.package.arch),
    entries: startup.entries,
    mtime: times.missing,
    requirements: requirements(root, natives),
    libraries: runpaths,
    data,
    missing: new Map([...missing].map(([{ host }, sonames]) => [host, sonames])),
    notPacked: left,
    named: selection.named,
    redirects,
    findings: planFindings({
      left,
      unmatched,
      modules,
      packages,
      files,
      natives,
      data,
      missing,
      commands: commandRemarks(
        { installed, interpreter, packages: closure.packages, entries, refused },
        options,
      ),
      entries,
      added: [...startup.findings, ...started.findings],
    }),
  };
}

/** All entries in the order of the archive. An added entry replaces an entry of the host's files at the same path. */
function withAdded(entries: readonly Entry[], added: readonly Entry[]): Entry[] {
  const paths = new Set(added.map(({ path }) => path));
  return [...entries.filter(({ path }) => !paths.has(path)), ...added].sort(byPath);
}

/** The archive paths of a package's files. */
function pathsOf(pkg: InstalledPackage, entries: readonly Entry[]): string[] {
  const owner = nevra(pkg);
  return entries.filter((entry) => entry.package === owner).map(({ path }) => path);
}

function refuseWithoutInterpreter({ files }: Selection, { path, loader }: Interpreter): void {
  const excluded = [path, loader].find((file) => !files.has(file));
  if (excluded === undefined) return;
  throw new RelopackError(
    'usage',
    message`${option('exclude')} leaves out ${excluded}, but Python cannot run without it`,
    'Change the globs so that none of them matches this file.',
  );
}

/** The reasons of the packages. If only single files of a package are packed, it has the reason of the first of them. */
function packageReasons(
  { files }: Selection,
  owners: ReadonlyMap<InstalledPackage, Reason>,
  whole: ReadonlyMap<InstalledPackage, Reason>,
): Map<InstalledPackage, Reason> {
  const first = new Map<InstalledPackage, Reason>();
  for (const { owned, reason } of files.values()) {
    if (owned !== undefined && !first.has(owned.package)) first.set(owned.package, reason);
  }
  return new Map([...owners].map(([pkg, own]) => [pkg, whole.get(pkg) ?? first.get(pkg) ?? own]));
}

/** The packages that own a selected file. */
function ownersOf({ files }: Selection): Set<InstalledPackage> {
  return new Set([...files.values()].flatMap(({ owned }) => owned?.package ?? []));
}
