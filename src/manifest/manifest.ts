import { version } from '../common/version.ts';
import type { Entry } from '../plan/entry.ts';
import type { Plan } from '../plan/plan.ts';
import { explain, type Reason } from '../plan/reason.ts';
import { type InstalledPackage, nevra } from '../rpm/package.ts';

/** One line of the manifest's list of files. */
export interface ManifestFile {
  path: string;
  type: Entry['type'];
  size?: number;
  sha256?: string;
  /** Where a symbolic link (relative) or a hard link (archive path) leads. */
  target?: string;
  package?: string;
  reason: string;
}

export interface ManifestPackage {
  nevra: string;
  name: string;
  license: string;
  source: string;
  url: string;
  vendor: string;
  reason: string;
  /** Bytes that it has in the archive, unpacked. */
  size: number;
}

/** manifest.json: what is in the archive, from where, and why. */
export interface Manifest {
  relopack: string;
  python: { version: string; release: string; executable: string };
  arch: string;
  /** The version of the bundled C library, such as `2.34`: wheels that are installed later can rely on it. */
  glibc?: string;
  builtOn: string;
  /** What the machine it is unpacked on has to have at least. */
  needs: { kernel?: string; isaLevel?: number };
  modules: { word: string; package: string; imports: string[] }[];
  packages: ManifestPackage[];
  /** Packages that following all Requires would have added, with the way that leads there. */
  leftOut: { package: string; chain: string[] }[];
  files: ManifestFile[];
}

/** What is known of a file only when it has been relocated. */
export interface FileContent {
  /** Bytes. */
  size: number;
  /** Hex. */
  sha256: string;
}

/** Describes a plan; `written` has the regular files by their archive paths, as far as they are relocated. */
export function describePlan(plan: Plan, written: ReadonlyMap<string, FileContent>): Manifest {
  const { interpreter, requirements } = plan;
  const files = plan.entries.map((entry) => describe(entry, written));
  return {
    relopack: version,
    python: { version: interpreter.version, release: interpreter.release, executable: 'bin/python3' },
    arch: interpreter.package.arch,
    ...(requirements.glibc === undefined ? {} : { glibc: requirements.glibc }),
    builtOn: plan.distribution.name,
    needs: {
      ...(requirements.kernel === undefined ? {} : { kernel: requirements.kernel }),
      ...(requirements.isaLevel === undefined ? {} : { isaLevel: requirements.isaLevel }),
    },
    modules: plan.modules.map(({ request, package: pkg, imports }) => ({
      word: request,
      package: nevra(pkg),
      imports,
    })),
    packages: describePackages(plan.packages, files),
    leftOut: plan.leftOut.map(({ package: pkg, chain }) => ({ package: nevra(pkg), chain })),
    files,
  };
}

/** JSON with a line for each package and file, to be searched with grep as well. */
export function formatManifest(manifest: Manifest): string {
  const fields = Object.entries(manifest).map(([name, value]) => {
    if (!Array.isArray(value) || value.length === 0)
      return `  ${JSON.stringify(name)}: ${JSON.stringify(value)}`;
    return `  ${JSON.stringify(name)}: [\n${value.map((item) => `    ${JSON.stringify(item)}`).join(',\n')}\n  ]`;
  });
  return `{\n${fields.join(',\n')}\n}\n`;
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

function describe(entry: Entry, written: ReadonlyMap<string, FileContent>): ManifestFile {
  const file = written.get(entry.path);
  return {
    path: entry.path,
    type: entry.type,
    ...(entry.type === 'file' ? (file ?? { size: entry.size }) : { target: entry.target }),
    ...(entry.package === undefined ? {} : { package: entry.package }),
    reason: explain(entry.reason),
  };
}
