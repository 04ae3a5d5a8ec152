import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { must } from '../../run.ts';
import type { RpmHost } from '../build.ts';
import { base } from '../packages/base.ts';
import type { Source } from '../packages/source.ts';
import { osRelease, releaseHost } from './release.ts';

/** The key of fipscheck. Packages of Enterprise Linux 8 sign their libraries with it when they are built. */
export const checksumKey = 'orboDeJITITejsirpADONivirpUkvarP';

/**
 * The older host is smaller and as old as Enterprise Linux 8. It has glibc 2.31, whose ld.so has no `--argv0`, and
 * OpenSSL 1.1 with the checksums for its FIPS mode. Its Python has no shared libpython, and all its files are in
 * /usr/lib.
 */
const sources: Source[] = [
  ...base.filter(({ name }) => ['filesystem', 'setup', 'ca-certificates'].includes(name)),
  osRelease('older', '8'),
  {
    name: 'glibc',
    debs: ['libc6', 'libc-bin', 'libcrypt1'],
    license: 'LGPLv2+',
    rules: [[/^\/etc\/.*|^\/usr\/(share\/libc-bin|lib\/init)\/.*|^\/usr\/lib64\/ld-linux.*/, null]],
    // Debian has it in two directories. On this host, they are the same directory.
    links: { '/usr/lib64/ld-linux-x86-64.so.2': 'ld-2.31.so' },
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
    // Scripts of the packages require these programs, but no script is run.
    packages: [{ name: 'dash', provides: ['/bin/bash', '/usr/bin/env'] }],
  },
  { name: 'tzdata', debs: ['tzdata'], license: 'Public Domain' },
  {
    name: 'openssl',
    debs: ['libssl1.1'],
    license: 'OpenSSL',
    edit: async (stage) => {
      // Debian has no FIPS module. A library that needs others takes its place: under its own name it would be edited.
      await mkdir(join(stage, 'usr/lib64/ossl-modules'));
      await copyFile(join(stage, 'usr/lib64/libssl.so.1.1'), join(stage, 'usr/lib64/ossl-modules/fips.so'));
      for (const name of ['libcrypto.so.1.1', 'libssl.so.1.1']) {
        const library = join(stage, 'usr/lib64', name);
        const { stdout } = await must('openssl', ['dgst', '-sha256', '-hmac', checksumKey, '-r', library]);
        await writeFile(join(stage, 'usr/lib64', `.${name}.hmac`), `${stdout.toString().slice(0, 64)}\n`);
      }
    },
  },
  {
    name: 'libraries',
    debs: [
      ...['zlib1g', 'libbz2-1.0', 'liblzma5', 'libffi7', 'libexpat1', 'libsqlite3-0', 'libuuid1'],
      ...['libtinfo6', 'libncursesw6', 'ncurses-base', 'libreadline8', 'libdb5.3', 'libmpdec3'],
      ...['libnsl2', 'libtirpc3', 'libgssapi-krb5-2', 'libkrb5-3', 'libk5crypto3', 'libkrb5support0'],
      ...['libcom-err2', 'libkeyutils1'],
    ],
    version: '11',
    license: 'Many',
    rules: [[/^\/(etc|usr\/share\/tabset)\/.*/, null]],
  },
  {
    name: 'python3.9',
    debs: ['python3.9', 'python3.9-minimal', 'libpython3.9-minimal', 'libpython3.9-stdlib'],
    license: 'Python-2.0.1',
    rules: [[/^\/(etc|usr\/share\/(applications|pixmaps|binfmts|man))\/.*/, null]],
    links: { '/usr/bin/python3': 'python3.9' },
    edit: async (stage) => {
      // Debian calls the directory of packages dist-packages. Other distributions call it site-packages.
      const site = join(stage, 'usr/lib/python3.9/site.py');
      await writeFile(site, (await readFile(site, 'utf8')).replaceAll('dist-packages', 'site-packages'));
      // Debian compiles bytecode during installation. The program also runs on this machine, because its glibc is
      // newer.
      const options = ['-q', '-s', stage, '-p', '/', join(stage, 'usr/lib/python3.9')];
      const env = { PYTHONHOME: join(stage, 'usr') };
      await must(join(stage, 'usr/bin/python3.9'), ['-S', '-m', 'compileall', ...options], { env });
    },
    packages: [{ name: 'python3', requires: ['tzdata'] }],
  },
];

/** The older host. It is built once from files of Debian 11, and kept. */
export function olderHost(): Promise<RpmHost> {
  return releaseHost({ release: 'bullseye', age: 'older', sources, pythons: ['python3'] });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  process.stdout.write(`${(await olderHost()).root}\n`);
}
