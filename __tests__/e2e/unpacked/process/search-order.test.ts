import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { sharedTree } from '../../../support/packed/packed.ts';
import { rpmHost } from '../../../support/rpm-host/build.ts';
import { foreignRoots, inRoot } from '../../../support/rpm-host/targets.ts';
import { must } from '../../../support/run.ts';
import { scratch } from '../../../support/scratch.ts';

const tree = '/opt/py';

/**
 * Modules that are installed after unpacking. Each is a library with a function `found`. libbz2 is in the tree and
 * privately beside the modules, liblzma is only in the tree. Both are on the host.
 */
const modules: { name: string; file: string; source: string; libraries: string[]; path: string[] }[] = [
  {
    name: 'with a private library by RUNPATH',
    file: 'runpath',
    source: 'bz2',
    libraries: ['libbz2.so.1.0'],
    path: ['runpath', '$ORIGIN/private'],
  },
  {
    name: 'with a private library by RPATH',
    file: 'rpath',
    source: 'bz2',
    libraries: ['libbz2.so.1.0'],
    path: ['rpath', '$ORIGIN/private'],
  },
  { name: 'without a path', file: 'none', source: 'bz2', libraries: ['libbz2.so.1.0'], path: [] },
  {
    name: 'with a RUNPATH that leads elsewhere',
    file: 'elsewhere',
    source: 'bz2',
    libraries: ['libbz2.so.1.0'],
    path: ['runpath', '$ORIGIN/nowhere'],
  },
  {
    name: 'with a RUNPATH, and a library of the tree',
    file: 'shared',
    source: 'lzma',
    libraries: ['liblzma.so.5'],
    path: ['runpath', '$ORIGIN/private'],
  },
  {
    name: 'with a private library before one of the tree',
    file: 'first',
    source: 'bz2',
    libraries: ['libbz2.so.1.0', 'liblzma.so.5'],
    path: ['runpath', '$ORIGIN/private'],
  },
  {
    name: 'with a private library after one of the tree',
    file: 'second',
    source: 'bz2',
    libraries: ['liblzma.so.5', 'libbz2.so.1.0'],
    path: ['runpath', '$ORIGIN/private'],
  },
  {
    name: 'with two directories in its RUNPATH',
    file: 'two',
    source: 'bz2',
    libraries: ['libbz2.so.1.0'],
    path: ['runpath', '$ORIGIN/nowhere:$ORIGIN/private'],
  },
  {
    name: 'that loads a library of the tree by dlopen',
    file: 'dlopen',
    source: 'dlopen',
    libraries: [],
    path: ['runpath', '$ORIGIN/private'],
  },
];

/** The functions `found`, each a string that the library gives which was found. */
const sources: Record<string, string> = {
  bz2: 'const char *BZ2_bzlibVersion(void); const char *found(void) { return BZ2_bzlibVersion(); }',
  lzma: 'const char *lzma_version_string(void); const char *found(void) { return lzma_version_string(); }',
  dlopen: `void *dlopen(const char *, int);
const char *found(void) { return dlopen("liblzma.so.5", 2) ? "found" : "not found"; }`,
};

describe('libraries of modules that are installed after unpacking', () => {
  let packed: string;
  let roots: Record<'bullseye' | 'busybox' | 'host', string>;
  let directory: string;
  before(async () => {
    const { bullseye, busybox } = await foreignRoots();
    roots = { bullseye, busybox, host: (await rpmHost()).root };
    packed = await sharedTree();
    directory = scratch('order-');
    mkdirSync(join(directory, 'private'));
    mkdirSync(join(directory, 'link'));
    const compile = (name: string, text: string, ...options: string[]) => {
      writeFileSync(join(directory, `${name}.c`), text);
      const base = [
        '-shared',
        '-fPIC',
        '-nostdlib',
        '-Wl,--no-as-needed',
        '-Wl,--unresolved-symbols=ignore-all',
      ];
      return must('gcc', [...base, '-o', `${name}.so`, `${name}.c`, ...options], { cwd: directory });
    };
    const own = 'const char *BZ2_bzlibVersion(void) { return "private"; }';
    await compile('private/bz2', own, '-Wl,-soname,libbz2.so.1.0');
    await must('mv', ['private/bz2.so', 'private/libbz2.so.1.0'], { cwd: directory });
    await compile('link/bz2', own, '-Wl,-soname,libbz2.so.1.0');
    await compile('link/lzma', 'int lzma;', '-Wl,-soname,liblzma.so.5');
    const linked: Record<string, string> = { 'libbz2.so.1.0': 'link/bz2.so', 'liblzma.so.5': 'link/lzma.so' };
    for (const {
      file,
      source,
      libraries,
      path: [tag, value],
    } of modules) {
      const tags = tag === 'rpath' ? '--disable-new-dtags' : '--enable-new-dtags';
      const path = tag === undefined ? [] : [`-Wl,${tags},-rpath,${value}`];
      await compile(file, sources[source] ?? '', ...libraries.map((name) => linked[name] ?? ''), ...path);
    }
  });

  /** What the library says that a module finds in a root. */
  async function found(root: keyof typeof roots, file: string): Promise<string> {
    const python = root === 'host' ? '/usr/bin/python3' : `${tree}/bin/python3`;
    const script = `
import ctypes
module = ctypes.CDLL("/modules/${file}.so")
module.found.restype = ctypes.c_char_p
print(module.found().decode())
`;
    const { code, stdout, stderr } = await inRoot(roots[root], [python, '-c', script], {
      env: { PATH: '/usr/bin:/bin' },
      readOnly: { [packed]: tree, [directory]: '/modules' },
    });
    assert.equal(code, 0, stderr);
    return stdout.toString();
  }

  for (const { name, file } of modules) {
    test(`are found as on the host: a module ${name}`, async () => {
      const expected = await found('host', file);
      assert.equal(await found('bullseye', file), expected);
      assert.equal(await found('busybox', file), expected);
    });
  }

  test('are the private ones and those of the tree, so that these tests can fail', async () => {
    assert.equal(await found('host', 'runpath'), 'private\n');
    assert.notEqual(await found('host', 'none'), 'private\n');
  });
});
