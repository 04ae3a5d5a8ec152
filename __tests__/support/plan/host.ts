import {
  chmodSync,
  linkSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { asOption, spell } from '../../../src/common/message.ts';
import { openRoot } from '../../../src/host/root.ts';
import { makePlan, type Plan, type PlanOptions } from '../../../src/plan/plan.ts';
import { Installed } from '../../../src/rpm/installed.ts';
import type { InstalledPackage } from '../../../src/rpm/package.ts';
import { readInstalled } from '../../../src/rpm/read-database.ts';
import { must } from '../run.ts';
import { type Elf, Linker } from './linker.ts';

/** The content of a path: a text, an ELF file that is linked for the test, a file of this machine, a link, or a directory. */
export type Content = { as?: '%ghost' | '%license' | '%doc' | '%config(missingok)'; mode?: number } & (
  | { text: string }
  | { bytes: Buffer }
  | { elf: Elf }
  | { copy: string }
  | { link: string }
  | { hardlink: string }
  | { directory: true }
);

/** A package of a host that is made for a test. */
export interface MadePackage {
  name: string;
  version?: string;
  /** The name of its source package. Packages without one were all built from the same source package. */
  source?: string;
  /** Packages with ELF files must have this machine's architecture. */
  noarch?: boolean;
  /** As in a spec file. With `(post)` or the like in front it belongs to a scriptlet. */
  requires?: string[];
  provides?: string[];
  /** In the order of creation: the target of a hard link comes before the link. */
  files?: Record<string, Content>;
}

const database = '/usr/lib/sysimage/rpm';
/** The mtime of all files, in the RPM database and in .pyc files. */
export const mtime = 1_600_000_000;

/** A root with packages that rpm has installed. */
export interface MadeHost {
  root: string;
  /** Reads what is installed. Files that a test adds are seen by the next call. */
  read(): Promise<Installed>;
}

/** Builds the packages by one start of rpmbuild and installs them by rpm in a new root. Requires may be unsatisfied. */
export async function makeHost(
  directory: string,
  packages: MadePackage[],
  linker = new Linker(join(directory, 'linked')),
): Promise<MadeHost> {
  const stage = join(directory, 'stage');
  mkdirSync(directory, { recursive: true });
  for (const { files = {} } of packages) {
    for (const [path, content] of Object.entries(files)) await place(stage, path, content, linker);
  }
  const sources = new Set(packages.map(({ source = 'host' }) => source));
  const specs = [...sources].map((source) => {
    const built = packages.filter((pkg) => (pkg.source ?? 'host') === source);
    const spec = join(directory, `${source}.spec`);
    writeFileSync(spec, specFile(source, built, stage));
    return spec;
  });
  const rpms = join(directory, 'rpms');
  const macros = {
    _topdir: join(directory, 'build'),
    _rpmdir: rpms,
    __os_install_post: '%{nil}',
    debug_package: '%{nil}',
    _build_id_links: 'none',
    _unpackaged_files_terminate_build: '0',
    _missing_build_ids_terminate_build: '0',
    _binary_payload: 'w.ufdio',
    clamp_mtime_to_source_date_epoch: '0',
  };
  const defines = Object.entries(macros).flatMap(([name, value]) => ['--define', `${name} ${value}`]);
  await must('rpmbuild', [
    '-bb',
    '--quiet',
    ...defines,
    '--define',
    '_build_name_fmt %%{NAME}-%%{VERSION}.rpm',
    ...specs,
  ]);
  const root = join(directory, 'root');
  mkdirSync(root);
  const built = packages.map(({ name, version = '1' }) => join(rpms, `${name}-${version}.rpm`));
  await must('rpm', ['--root', root, '--dbpath', database, '--nodeps', '--nosignature', '-i', ...built]);
  return {
    root,
    read: async () => {
      const fresh = openRoot(root);
      return new Installed(fresh, await readInstalled({ root: fresh, dbpath: database }));
    },
  };
}

/** The options of a plan without modules. */
export const standard: PlanOptions = {
  modules: [],
  python: 'python3',
  latest: Number.POSITIVE_INFINITY,
  bytecode: true,
  tests: false,
  scripts: true,
  globs: [],
};

/** The plan for the installed packages, with the options that differ from the standard. */
export function planOf(installed: Installed, options: Partial<PlanOptions> = {}): Promise<Plan> {
  return makePlan(installed, { ...standard, ...options });
}

/** The remarks of a plan, with options as the command names them. */
export function remarksOf({ findings }: Plan): string[] {
  return findings.flatMap((finding) =>
    finding.severity === 'remark' ? [spell(finding.message, asOption)] : [],
  );
}

/** The one installed package of that name. */
export function packageOf(installed: Installed, name: string): InstalledPackage {
  const [found, ...more] = installed.named(name);
  if (found === undefined || more.length > 0) throw new Error(`there is not one package ${name}`);
  return found;
}

/** Creates a file or link in a directory that is used as a root. */
export async function place(stage: string, path: string, content: Content, linker: Linker): Promise<void> {
  const at = join(stage, path);
  mkdirSync(dirname(at), { recursive: true });
  if ('link' in content) symlinkSync(content.link, at);
  else if ('hardlink' in content) linkSync(join(stage, content.hardlink), at);
  else if ('directory' in content) {
    mkdirSync(at, { recursive: true });
    chmodSync(at, content.mode ?? 0o755);
  } else {
    writeFileSync(at, await bytesOf(content, linker));
    chmodSync(at, content.mode ?? ('text' in content ? 0o644 : 0o755));
    utimesSync(at, mtime, mtime);
  }
}

async function bytesOf(
  content: Exclude<Content, { link: string } | { hardlink: string } | { directory: true }>,
  linker: Linker,
): Promise<Buffer> {
  if ('text' in content) return Buffer.from(content.text);
  if ('bytes' in content) return content.bytes;
  return readFileSync('copy' in content ? content.copy : await linker.link(content.elf));
}

function specFile(source: string, packages: MadePackage[], stage: string): string {
  const head = ['Summary: For the tests', 'License: Apache-2.0'];
  const sections = packages.map((pkg) => [
    `%package -n ${pkg.name}`,
    ...head,
    `Version: ${pkg.version ?? '1'}`,
    'AutoReqProv: no',
    ...(pkg.noarch ? ['BuildArch: noarch'] : []),
    ...(pkg.requires ?? []).map(requirement),
    ...(pkg.provides ?? []).map((capability) => `Provides: ${capability}`),
    `%description -n ${pkg.name}`,
    'For the tests.',
    `%files -n ${pkg.name}`,
    ...Object.entries(pkg.files ?? {}).map(
      ([path, content]) => `${content.as ?? ''} ${'directory' in content ? '%dir' : ''} "${path}"`,
    ),
  ]);
  return [
    ...[`Name: source-${source}`, 'Version: 1', 'Release: 1', ...head, '%description', 'For the tests.'],
    ...sections.flat(),
    '%install',
    `cp -a '${stage}/.' "$RPM_BUILD_ROOT"`,
    '',
  ].join('\n');
}

function requirement(text: string): string {
  const [, scriptlet = '', dependency = text] = /^(\(\w+\)) ?(.*)$/.exec(text) ?? [];
  return /^\((?:pre|post|preun|postun|posttrans)\)/.test(text)
    ? `Requires${scriptlet}: ${dependency}`
    : `Requires: ${text}`;
}
