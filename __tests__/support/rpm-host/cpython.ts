import { readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { must } from '../run.ts';
import { cached, digest, recipe } from './cache.ts';
import type { Archive } from './debian.ts';
import { say } from './say.ts';

/** As Fedora's python3.11.spec configures it, where that changes what is installed. */
const configuration = [
  '--prefix=/usr',
  '--libdir=/usr/lib64',
  '--with-platlibdir=lib64',
  '--enable-shared',
  '--enable-ipv6',
  '--enable-loadable-sqlite-extensions',
  '--with-computed-gotos=yes',
  '--with-dbmliborder=gdbm:ndbm:bdb',
  '--with-system-expat',
  '--with-system-ffi',
  '--with-ssl-default-suites=openssl',
  '--with-wheel-pkg-dir=/usr/share/python-wheels',
  '--without-ensurepip',
  'OPT=-DNDEBUG -O2 -fwrapv -Wall',
];

/** Left out: Tk's modules are a package of their own, IDLE has none, static and bundled copies aren't shipped by Fedora. */
const leftOut = [
  ...['tkinter', 'idlelib', 'turtledemo', 'turtle.py', 'ensurepip/_bundled'].map(
    (name) => `python3.11/${name}`,
  ),
  'python3.11/lib-dynload/_tkinter.cpython-311-x86_64-linux-gnu.so',
];

/** CPython 3.11 from Debian's upstream tarball, installed into a folder of the cache; that folder. */
export async function cpython(archive: Archive): Promise<string> {
  const tarball = await archive.upstream('python3.11');
  const key = digest(basename(tarball), await recipe('cpython.ts'));
  return cached('cpython', key, async (folder) => {
    const source = `${folder}.source`;
    await rm(source, { recursive: true, force: true });
    await must('mkdir', [source]);
    await must('tar', ['-xf', tarball, '-C', source, '--strip-components=1']);
    await searchUsrLocal(join(source, 'Lib/site.py'));
    const inSource = { cwd: source };
    say('configuring CPython');
    await must('./configure', ['--quiet', ...configuration], inSource);
    say('compiling CPython (two minutes on two cores)');
    await must('make', ['-s', '-j2'], inSource);
    const bytecode = '-j2 --hardlink-dupes --invalidation-mode timestamp';
    await must('make', ['-s', 'install', `DESTDIR=${folder}`, `COMPILEALL_OPTS=${bytecode}`], inSource);
    // The one directory of tests that the Makefile of 3.11.2 forgets to install.
    await must('cp', [
      '-r',
      join(source, 'Lib/test/test_sqlite3'),
      join(folder, 'usr/lib64/python3.11/test'),
    ]);
    await rm(source, { recursive: true });
    for (const path of leftOut) await rm(join(folder, 'usr/lib64', path), { recursive: true });
    await must('find', [join(folder, 'usr/lib64/python3.11'), '-name', '*.a', '-delete']);
    await must('find', [join(folder, 'usr/bin'), '-name', 'idle*', '-delete']);
    await must('find', [folder, '-name', 'turtle.*.pyc', '-delete']);
    // None of them is a program; as such rpmbuild would ask for /usr/bin/env, which Fedora's packages don't.
    await must('find', [
      join(folder, 'usr/lib64/python3.11'),
      '-name',
      '*.py',
      '-exec',
      'chmod',
      'a-x',
      '{}',
      '+',
    ]);
    await dropDebugSymbols(folder);
  });
}

/**
 * What Fedora's patch 00251 makes of site.py: /usr/local comes before sys.prefix, whatever sys.prefix is, unless an
 * RPM is being built or user site-packages are off (`-s`, `-I`, a venv).
 */
async function searchUsrLocal(site: string): Promise<void> {
  const text = await readFile(site, 'utf8');
  const before = '    _trace("Processing global site-packages")\n';
  const added =
    "    if ENABLE_USER_SITE and 'RPM_BUILD_ROOT' not in os.environ:\n        PREFIXES.insert(0, '/usr/local')\n";
  if (text.split(before).length !== 2)
    throw new Error(`${site} is not the site.py that the change was written for`);
  await writeFile(site, text.replace(before, before + added));
}

async function dropDebugSymbols(folder: string): Promise<void> {
  const libraries = ['-type', 'f', '(', '-name', '*.so*', '-o', '-name', 'python3.11', ')'];
  await must('find', [join(folder, 'usr'), ...libraries, '-exec', 'strip', '--strip-debug', '{}', '+']);
}
