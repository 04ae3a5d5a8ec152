import { version } from '../common/version.ts';
import { pythonPath } from '../plan/archive-path.ts';
import type { Entry } from '../plan/entry.ts';
import type { Plan } from '../plan/plan.ts';
import { launcherOf } from '../plan/programs/program.ts';
import { explain, type Reason } from '../plan/reason.ts';
import { type InstalledPackage, nevra } from '../rpm/package.ts';

/** The manifest's place in the archive, below the top folder. */
export const manifestName = 'manifest.json';

/** An entry of the archive, in the manifest's list. The manifest itself and directories are not listed. */
export interface ManifestFile {
  /** Below the top folder. */
  path: string;
  type: Exclude<Entry['type'], 'directory'>;
  /** Four octal digits, such as 0755. Not of a symbolic link, whose mode means nothing. */
  mode?: string;
  size?: number;
  sha256?: string;
  /** Of a symbolic link, relative to its directory; of a hard link, the path of an earlier file. */
  target?: string;
  package?: string;
  reason: string;
  /**
   * Of an ELF file: the archive path of each library that it needs, by the name in its DT_NEEDED. A library is not listed
   * if it is the first one of that name in the shared directories, see `libraryDirectories`.
   */
  needs?: Needs;
  /** Of a program: the path of its launcher. Its libraries are searched from there. */
  launcher?: string;
  /** Of an ELF file that this Python cannot load: the reason. It is packed unchanged. */
  data?: string;
  /** Of an ELF file that neither Python nor a packed program loads: the libraries that the host did not have. */
  missing?: readonly string[];
}

/** Archive paths of libraries, by the names under which they are needed. */
export type Needs = Readonly<Record<string, string>>;

export interface ManifestPackage {
  nevra: string;
  name: string;
  license: string;
  source: string;
  url: string;
  vendor: string;
  reason: string;
  /** Bytes of its files in the archive, after unpacking. */
  size: number;
}

/** manifest.json: what the archive contains, which package each file is from, and why it is there. */
export interface Manifest {
  relopack: string;
  python: { version: string; release: string; executable: string };
  arch: string;
  /** The version of the packed C library, such as `2.34`. Wheels that are installed later can rely on it. */
  glibc?: string;
  builtOn: string;
  /** The minimum for a machine that runs the packed Python. */
  needs: { kernel?: string; isaLevel?: number };
  /** The directories that every search for a library ends with, in their order. */
  libraryDirectories?: string[];
  modules: { word: string; package: string; imports: string[] }[];
  packages: ManifestPackage[];
  /** Packages that following every Requires would have added, each with the chain of packages that leads to it. */
  leftOut: { package: string; chain: string[] }[];
  files: ManifestFile[];
  /** The empty directories. All others follow from the paths of the files. */
  directories?: Pick<ManifestFile, 'path' | 'mode' | 'package' | 'reason'>[];
}

/** The size and digest of a relocated file. They are not known before it was relocated. */
export interface FileContent {
  /** Bytes. */
  size: number;
  /** Hex. */
  sha256: string;
}

/** Describes a plan. `contents` has the relocated files by archive path; it is empty before anything is written. */
export function describePlan(plan: Plan, contents: ReadonlyMap<string, FileContent>): Manifest {
  const { interpreter, requirements } = plan;
  const needs = privateNeeds(plan);
  const files = plan.entries.flatMap((entry) =>
    entry.type === 'directory'
      ? []
      : [{ ...describeEntry(entry, contents.get(entry.path)), ...describeElf(entry, needs, plan) }],
  );
  return {
    relopack: version,
    python: { version: interpreter.version, release: interpreter.release, executable: pythonPath },
    arch: interpreter.package.arch,
    ...(requirements.glibc === undefined ? {} : { glibc: requirements.glibc }),
    builtOn: plan.distribution.name,
    needs: {
      ...(requirements.kernel === undefined ? {} : { kernel: requirements.kernel }),
      ...(requirements.isaLevel === undefined ? {} : { isaLevel: requirements.isaLevel }),
    },
    libraryDirectories: [...plan.libraries.shared],
    modules: plan.modules.map(({ request, package: pkg, imports }) => ({
      word: request,
      package: nevra(pkg),
      imports,
    })),
    packages: describePackages(plan.packages, files),
    leftOut: plan.leftOut.map(({ package: pkg, chain }) => ({ package: nevra(pkg), chain })),
    files,
    directories: plan.entries
      .filter(({ type }) => type === 'directory')
      .map((entry) => ({ ...describePlace(entry), mode: formatMode(entry.mode) })),
  };
}

/** JSON with one line for each package and file, so that grep can search it. */
export function formatManifest(manifest: Manifest): string {
  const fields = Object.entries(manifest).map(([name, value]) => {
    if (!Array.isArray(value) || value.length === 0)
      return `  ${JSON.stringify(name)}: ${JSON.stringify(value)}`;
    return `  ${JSON.stringify(name)}: [\n${value.map((item) => `    ${JSON.stringify(item)}`).join(',\n')}\n  ]`;
  });
  return `{\n${fields.join(',\n')}\n}\n`;
}

/** A mode in four octal digits, with setuid, setgid and sticky. */
export function formatMode(mode: number): string {
  return mode.toString(8).padStart(4, '0');
}

function describePackages(
  packages: ReadonlyMap<InstalledPackage, Reason>,
  files: readonly ManifestFile[],
): ManifestPackage[] {
  const sizes = new Map<string, number>();
  for (const { package: pkg, size } of files) {
    if (pkg !== undefined) sizes.set(pkg, (sizes.get(pkg) ?? 0) + (size ?? 0));
  }
  return [...packages]
    .map(([pkg, reason]) => ({
      nevra: nevra(pkg),
      name: pkg.name,
      license: pkg.license,
      source: pkg.sourceRpm,
      url: pkg.url,
      vendor: pkg.vendor,
      reason: explain(reason),
      size: sizes.get(nevra(pkg)) ?? 0,
    }))
    .sort((a, b) => (a.nevra < b.nevra ? -1 : 1));
}

/** The libraries of each ELF file that are not the first of their name in the shared directories, by its host path. */
function privateNeeds({ entries, libraries: { byFile, shared } }: Plan): ReadonlyMap<string, Needs> {
  const paths = new Set(entries.map(({ path }) => path));
  const standard = (name: string) =>
    shared.map((directory) => `${directory}/${name}`).find((path) => paths.has(path));
  return new Map(
    [...byFile].flatMap(([host, { needs }]) => {
      const own = [...needs].filter(([name, path]) => path !== standard(name));
      return own.length === 0 ? [] : [[host, Object.fromEntries(own)]];
    }),
  );
}

function describeEntry(
  entry: Exclude<Entry, { type: 'directory' }>,
  content: FileContent | undefined,
): ManifestFile {
  const { path, ...place } = describePlace(entry);
  return {
    path,
    type: entry.type,
    ...(entry.type === 'symlink' ? {} : { mode: formatMode(entry.mode) }),
    ...(entry.type === 'file' ? (content ?? { size: entry.size }) : { target: entry.target }),
    ...place,
  };
}

/** The facts about an entry of any type. */
function describePlace({
  path,
  package: owner,
  reason,
}: Entry): Pick<ManifestFile, 'path' | 'package' | 'reason'> {
  return { path, ...(owner === undefined ? {} : { package: owner }), reason: explain(reason) };
}

/** The facts about a file of the host that only an ELF file has. */
function describeElf(
  entry: Entry,
  needs: ReadonlyMap<string, Needs>,
  { data, missing }: Plan,
): Pick<ManifestFile, 'launcher' | 'needs' | 'data' | 'missing'> {
  if (entry.type !== 'file' || entry.source.kind !== 'host') return {};
  const { host } = entry.source;
  const launcher = launcherOf(entry.path);
  const [own, problem, absent] = [needs.get(host), data.get(host), missing.get(host)];
  return {
    ...(launcher === undefined ? {} : { launcher }),
    ...(own === undefined ? {} : { needs: own }),
    ...(problem === undefined ? {} : { data: problem }),
    ...(absent === undefined ? {} : { missing: absent }),
  };
}
