import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { must } from '../../run.ts';
import type { RpmHost } from '../build.ts';
import { locked } from '../cache.ts';
import { Archive } from '../debian.ts';
import { base } from '../packages/base.ts';
import type { Source } from '../packages/source.ts';
import { osRelease, releaseHost } from './release.ts';

/** The versions of Python that the host may have, newest first. */
const versions = ['3.15', '3.14', '3.13'];

/** The packages that the Pythons need to start. */
const runtime = ['libc6', 'libgcc-s1', 'libexpat1', 'zlib1g', 'libzstd1'];

/**
 * The newer host is smaller and as new as the newest Fedora: glibc 2.43, OpenSSL 3.6. All files of the Pythons'
 * standard libraries are in /usr/lib, as in Debian.
 */
const sources: Source[] = [
  ...base.filter(({ name }) => ['filesystem', 'setup', 'ca-certificates'].includes(name)),
  osRelease('newer', '45'),
  {
    name: 'glibc',
    debs: ['libc6', 'libc-bin'],
    license: 'LGPLv2+',
    rules: [[/^\/etc\/.*|^\/usr\/share\/libc-bin\/.*/, null]],
    texts: {
      '/etc/ld.so.conf': '/usr/lib64\n',
      '/etc/nsswitch.conf': 'passwd: files\ngroup: files\nhosts: files dns\n',
    },
    packages: [{ name: 'glibc', ghosts: ['/etc/ld.so.cache'], provides: ['rtld(GNU_HASH)'] }],
  },
  {
    name: 'gcc',
    debs: ['libgcc-s1', 'libstdc++6'],
    license: 'GPLv3+',
    rules: [[/^\/usr\/share\/gcc.*/, null]],
  },
  {
    name: 'dash',
    debs: ['dash'],
    license: 'BSD',
    rules: [[/^\/usr\/share\/(menu|debianutils)\/.*/, null]],
    // Scripts of the packages require these programs, but no script is run.
    packages: [{ name: 'dash', provides: ['/bin/bash', '/usr/bin/env'] }],
  },
  { name: 'tzdata', debs: ['tzdata'], license: 'Public Domain' },
  { name: 'openssl', debs: ['libssl3t64', 'openssl-provider-legacy'], license: 'ASL 2.0' },
  {
    name: 'libraries',
    debs: [
      ...['zlib1g', 'libbz2-1.0', 'liblzma5', 'libzstd1', 'libffi8', 'libexpat1', 'libsqlite3-0', 'libuuid1'],
      ...['libtinfo6', 'libncursesw6', 'ncurses-base', 'libreadline8t64', 'libdb5.3t64'],
    ],
    version: '14',
    license: 'Many',
    rules: [[/^\/(etc|usr\/share\/tabset)\/.*/, null]],
  },
  { name: 'python-pip-wheel', debs: ['python3-pip-whl'], license: 'MIT' },
];

function python(version: string, newest: boolean): Source {
  const parts = [`python${version}-minimal`, `python${version}-venv`, `python${version}`];
  const libraries = [`libpython${version}-minimal`, `libpython${version}-stdlib`];
  return {
    name: `python${version}`,
    debs: [...parts, ...libraries, ...runtime],
    license: 'Python-2.0.1',
    rules: [
      [/^\/(etc|usr\/lib\/binfmt\.d|usr\/share\/(applications|pixmaps|man))\/.*/, null],
      [/^\/usr\/(bin\/(?!p)|share\/doc\/(?!@)).*/, null],
    ],
    ...(newest ? { links: { '/usr/bin/python3': `python${version}` } } : {}),
    edit: async (stage) => {
      // Debian calls the directory of packages dist-packages. Other distributions call it site-packages.
      const standard = join(stage, `usr/lib/python${version}`);
      const site = join(standard, 'site.py');
      await writeFile(site, (await readFile(site, 'utf8')).replaceAll('dist-packages', 'site-packages'));
      // Debian compiles bytecode during installation. This machine's glibc is too old for the program, so it runs with
      // its own.
      const lib = join(stage, 'usr/lib64');
      const program = ['--library-path', lib, join(stage, `usr/bin/python${version}`)];
      const compile = ['-S', '-m', 'compileall', '-q', '-s', stage, '-p', '/', standard];
      const env = { PYTHONHOME: join(stage, 'usr'), PYTHONHASHSEED: '0' };
      await must(join(lib, 'ld-linux-x86-64.so.2'), [...program, ...compile], { env });
      await rm(lib, { recursive: true });
    },
    packages: [
      {
        name: newest ? 'python3' : `python${version}`,
        requires: ['tzdata', 'python-pip-wheel'],
        ...(newest ? { provides: [`python${version}`] } : {}),
      },
    ],
  };
}

/**
 * The versions of Python of the host, newest first. The newest is python3. The release changes, and drops old versions.
 */
export function newerPythons(): Promise<string[]> {
  return locked('host-forky', async () => {
    const archive = await Archive.open('forky');
    const known = await archive.known(versions.map((version) => `python${version}`));
    const found = versions.filter((version) => known.includes(`python${version}`));
    if (found.length === 0)
      throw new Error(`Debian's forky no longer has any of Python ${versions.join(', ')}.`);
    return found;
  });
}

/** The newer host. It is built once from files of forky, the future Debian 14, and kept. */
export async function newerHost(): Promise<RpmHost> {
  const pythons = await newerPythons();
  return releaseHost({
    release: 'forky',
    age: 'newer',
    // The slowest packages come first.
    sources: [...pythons.map((version, index) => python(version, index === 0)), ...sources],
    pythons: pythons.map((version) => `python${version}`),
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  process.stdout.write(`${(await newerHost()).root}\n`);
}
