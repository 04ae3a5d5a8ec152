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
import { Root } from '../../../src/host/root.ts';
import { makePlan, type Plan, type PlanOptions } from '../../../src/plan/plan.ts';
import { Installed } from '../../../src/rpm/installed.ts';
import type { InstalledPackage } from '../../../src/rpm/package.ts';
import { readInstalled } from '../../../src/rpm/read-database.ts';
import { command } from '../rpm/command.ts';
import { type Elf, Linker } from './linker.ts';

/** What stands at a path: a text, an ELF file that is linked for the purpose, a file of this machine, a link. */
export type Content = { as?: '%ghost' | '%license' | '%doc' | '%config(missingok)'; mode?: number } & (
  | { text: string }
  | { bytes: Buffer }
  | { elf: Elf }
  | { copy: string }
  | { link: string }
  | { hardlink: string }
);

/** A package of a host that is made for a test. */
export interface MadePackage {
  name: string;
  version?: string;
  /** Packages with ELF files are of this machine's architecture, as they have to be. */
  noarch?: boolean;
  /** As in a spec file; `(post)` and the like in front make them a scriptlet's. */
  requires?: string[];
  provides?: string[];
  /** In the order of creation: what a hard link names comes before it. */
  files?: Record<string, Content>;
}

const database = '/usr/lib/sysimage/rpm';
/** When all files were last changed: what rpm records, and what a .pyc names. */
export const mtime = 1_600_000_000;

/** A root with packages that rpm has installed. */
export interface MadeHost {
  root: string;
  /** What is installed there now: files put beside the packages are seen from the next call on. */
  read(): Promise<Installed>;
}

/** Builds the packages by one start of rpmbuild and installs them by rpm, unmet Requires or not, in a new root. */
export function makeHost(
  directory: string,
  packages: MadePackage[],
  linker = new Linker(join(directory, 'linked')),
): MadeHost {
  const stage = join(directory, 'stage');
  mkdirSync(directory, { recursive: true });
  for (const { files = {} } of packages) {
    for (const [path, content] of Object.entries(files)) place(stage, path, content, linker);
  }
  const spec = join(directory, 'host.spec');
  writeFileSync(spec, specFile(packages, stage));
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
  command('rpmbuild', [
    '-bb',
    '--quiet',
    ...defines,
    '--define',
    '_build_name_fmt %%{NAME}-%%{VERSION}.rpm',
    spec,
  ]);
  const root = join(directory, 'root');
  mkdirSync(root);
  const built = packages.map(({ name, version = '1' }) => join(rpms, `${name}-${version}.rpm`));
  command('rpm', ['--root', root, '--dbpath', database, '--nodeps', '--nosignature', '-i', ...built]);
  return {
    root,
    read: async () => {
      const fresh = new Root(root);
      return new Installed(fresh, await readInstalled({ root: fresh, dbpath: database }));
    },
  };
}

/** What is planned where nothing is asked for. */
export const standard: PlanOptions = {
  modules: [],
  python: 'python3',
  latest: Number.POSITIVE_INFINITY,
  bytecode: true,
  tests: false,
  scripts: true,
  globs: [],
};

/** The plan for what is installed, with the options that are not the default's. */
export function planOf(installed: Installed, options: Partial<PlanOptions> = {}): Plan {
  return makePlan(installed, { ...standard, ...options });
}

/** The one installed package of that name. */
export function packageOf(installed: Installed, name: string): InstalledPackage {
  const [found, ...more] = installed.named(name);
  if (found === undefined || more.length > 0) throw new Error(`there is not one package ${name}`);
  return found;
}

/** Puts a file or link into a directory that stands for a root. */
export function place(stage: string, path: string, content: Content, linker: Linker): void {
  const at = join(stage, path);
  mkdirSync(dirname(at), { recursive: true });
  if ('link' in content) symlinkSync(content.link, at);
  else if ('hardlink' in content) linkSync(join(stage, content.hardlink), at);
  else {
    writeFileSync(at, bytesOf(content, linker));
    chmodSync(at, content.mode ?? ('text' in content ? 0o644 : 0o755));
    utimesSync(at, mtime, mtime);
  }
}

function bytesOf(content: Exclude<Content, { link: string } | { hardlink: string }>, linker: Linker): Buffer {
  if ('text' in content) return Buffer.from(content.text);
  if ('bytes' in content) return content.bytes;
  return readFileSync('copy' in content ? content.copy : linker.link(content.elf));
}

function specFile(packages: MadePackage[], stage: string): string {
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
    ...Object.entries(pkg.files ?? {}).map(([path, content]) => `${content.as ?? ''} "${path}"`),
  ]);
  return [
    ...['Name: host', 'Version: 1', 'Release: 1', ...head, '%description', 'For the tests.'],
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
