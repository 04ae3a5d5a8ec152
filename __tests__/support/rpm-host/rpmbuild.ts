import { copyFile, lstat, mkdir, open, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { must } from '../run.ts';
import { tree, unpackAs } from './layout.ts';
import { directories, merged } from './packages/base.ts';
import type { Binary, Source } from './packages/source.ts';

/** The material of a source package. */
export interface Materials {
  /** Paths of fetched Debian packages, by name. */
  debs: Map<string, string>;
  /** The installed tree of the compiled CPython. */
  cpython: string;
}

/** The generators of rpm that run. Those for Perl and pkg-config would require packages that the host does not have. */
const generators = ['elf.attr', 'python.attr', 'pythondist.attr', 'script.attr'];

/** Builds the RPMs of one source package into `folder`. */
export async function buildRpms(source: Source, materials: Materials, folder: string): Promise<void> {
  const work = `${folder}.work`;
  await rm(work, { recursive: true, force: true });
  const stage = join(work, 'stage');
  await mkdir(stage, { recursive: true });
  await stageFiles(source, materials, stage);
  await compileModules(stage, materials.cpython);

  const attributes = join(work, 'fileattrs');
  await mkdir(attributes);
  for (const name of generators) await copyFile(join('/usr/lib/rpm/fileattrs', name), join(attributes, name));
  const file = join(work, `${source.name}.spec`);
  await writeFile(file, await spec(source, materials, stage));
  const settings = {
    _topdir: work,
    _rpmdir: folder,
    _build_name_fmt: '%%{NAME}-%%{VERSION}-%%{RELEASE}.%%{ARCH}.rpm',
    _fileattrsdir: attributes,
    _binary_payload: 'w1.gzdio',
    _binary_filedigest_algorithm: '8',
    _buildhost: 'localhost',
    debug_package: '%{nil}',
    __os_install_post: '%{nil}',
    __requires_exclude: '^/usr/local/bin/python$',
  };
  const defined = Object.entries(settings).flatMap(([name, value]) => ['--define', `${name} ${value}`]);
  await must('rpmbuild', ['-bb', '--quiet', ...defined, '--buildroot', join(work, 'root'), file]);
  await rm(work, { recursive: true });
}

async function stageFiles(source: Source, materials: Materials, stage: string): Promise<void> {
  if (source.cpython) await must('cp', ['-a', `${materials.cpython}/.`, stage]);
  const debs = (source.debs ?? []).map((name) => debOf(materials, name));
  await unpackAs(source.packages?.at(-1)?.name ?? source.name, stage, debs, source.rules ?? []);
  for (const [path, text] of Object.entries(source.texts ?? {})) {
    await mkdir(dirname(join(stage, path)), { recursive: true });
    await writeFile(join(stage, path), text);
  }
  for (const [path, target] of Object.entries(source.links ?? {})) {
    await mkdir(dirname(join(stage, path)), { recursive: true });
    await symlink(target, join(stage, path));
  }
  await source.edit?.(stage);
  // rpmbuild reads the type of a %ghost entry from a file.
  for (const path of (source.packages ?? []).flatMap((one) => one.ghosts ?? [])) {
    await mkdir(dirname(join(stage, path)), { recursive: true });
    const there = await lstat(join(stage, path)).catch(() => null);
    if (there === null) await writeFile(join(stage, path), '');
  }
}

function debOf(materials: Materials, name: string): string {
  const deb = materials.debs.get(name);
  if (deb === undefined) throw new Error(`The Debian package ${name} was not fetched.`);
  return deb;
}

/**
 * Compiles Python modules as Fedora's brp-python-bytecompile does: by timestamp, levels 0 and 1, identical files
 * linked.
 */
async function compileModules(stage: string, cpython: string): Promise<void> {
  const env = { LD_LIBRARY_PATH: join(cpython, 'usr/lib64'), PATH: process.env.PATH ?? '' };
  const options = [
    '-q',
    '-o',
    '0',
    '-o',
    '1',
    '--hardlink-dupes',
    '--invalidation-mode',
    'timestamp',
    '-s',
    stage,
  ];
  for (const lib of ['lib', 'lib64']) {
    const site = join(stage, 'usr', lib, 'python3.11/site-packages');
    const found = await lstat(site).catch(() => null);
    if (found === null) continue;
    const python = join(cpython, 'usr/bin/python3.11');
    await must(python, ['-s', '-B', '-m', 'compileall', ...options, '-p', '/', site], { env });
  }
}

/** The text of the spec file. The files are already staged, so rpmbuild only moves them. */
async function spec(source: Source, materials: Materials, stage: string): Promise<string> {
  const packages = source.packages ?? [{ name: source.name }];
  const files = await tree(stage);
  const takes = (one: Binary, path: string) => one.ghosts?.includes(path) || (one.files?.test(path) ?? true);
  const owner = new Map(files.map((path) => [path, packages.find((one) => takes(one, path))]));
  const noarch = !(await Promise.all(files.map((path) => isElf(join(stage, path))))).includes(true);
  const preamble = [
    `Name: ${source.name}`,
    `Version: ${source.version ?? (await upstreamVersion(materials, source))}`,
    'Release: 1.fc37',
    `Summary: ${source.name} for a host to test on`,
    `License: ${source.license}`,
    'Vendor: Relopack tests',
    ...(noarch ? ['BuildArch: noarch'] : []),
  ];
  const install = ['%install', 'rm -rf %{buildroot}', `mv ${stage} %{buildroot}`];
  const main = packages.find((one) => one.name === source.name);
  const sections = await Promise.all(
    packages.map((one) =>
      section(
        one,
        one === main,
        files.filter((path) => owner.get(path) === one),
        stage,
      ),
    ),
  );
  const own = (main?.requires ?? []).map((it) => `Requires: ${it}`);
  const provided = (main?.provides ?? []).map((it) => `Provides: ${it}`);
  const about = ['%description', `${source.name}, made of files of Debian's.`];
  return [...preamble, ...own, ...provided, ...about, ...sections.flat(), ...install, ''].join('\n');
}

async function section(one: Binary, main: boolean, files: string[], stage: string): Promise<string[]> {
  const at = main ? '' : ` -n ${one.name}`;
  const head = main
    ? []
    : [
        `%package${at}`,
        `Summary: ${one.name} for a host to test on`,
        ...(one.requires ?? []).map((it) => `Requires: ${it}`),
        ...(one.provides ?? []).map((it) => `Provides: ${it}`),
        `%description${at}`,
        `${one.name}, made of files of Debian's.`,
      ];
  const post = one.post === undefined ? [] : [`%post${at} -p <lua>`, one.post];
  const folders = new Set(files.flatMap(parents));
  if (one.name === 'filesystem') for (const path of directories) folders.add(path);
  else for (const path of [...directories, ...Object.keys(merged)]) folders.delete(path);
  const lines = await Promise.all(files.map(async (path) => `${await mark(path, one, stage)}${quote(path)}`));
  return [
    ...head,
    ...post,
    `%files${at}`,
    '%defattr(-,root,root,-)',
    ...[...folders].sort().map((path) => `%dir ${quote(path)}`),
    ...lines,
  ];
}

async function mark(path: string, one: Binary, stage: string): Promise<string> {
  if (one.ghosts?.includes(path)) return '%ghost ';
  if (path.startsWith('/usr/share/licenses/')) return '%license ';
  const language = /^\/usr\/share\/locale\/([^/]+)\//.exec(path)?.[1];
  if (language !== undefined) return `%lang(${language}) `;
  if (path.startsWith('/etc/') && (await lstat(join(stage, path))).isFile()) return '%config(noreplace) ';
  return '';
}

function parents(path: string): string[] {
  const above = dirname(path);
  return above === '/' ? ['/'] : [above, ...parents(above)];
}

/** A path for %files: without macros, and quoted. rpm reads a bracket without its partner literally. */
function quote(path: string): string {
  return `"${path.replaceAll('%', '%%')}"`;
}

async function isElf(path: string): Promise<boolean> {
  if (!(await lstat(path)).isFile()) return false;
  const file = await open(path);
  const { buffer } = await file.read(Buffer.alloc(4), 0, 4, 0);
  await file.close();
  return buffer.toString('latin1') === '\x7fELF';
}

/** `1:2.10.1+dfsg-3` is 2.10.1. */
async function upstreamVersion(materials: Materials, source: Source): Promise<string> {
  const deb = debOf(materials, source.debs?.[0] ?? source.name);
  const version = (await must('dpkg-deb', ['--field', deb, 'Version'])).stdout.toString().trim();
  return version
    .replace(/^\d+:/, '')
    .replace(/-[^-]*$/, '')
    .replace(/[+.]ds.*|[+.]dfsg.*|~.*/, '');
}
