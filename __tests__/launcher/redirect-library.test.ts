import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { hasRedirect, type RedirectedPath, redirectLibrary } from '../../src/launcher/redirect-library.ts';
import { output } from '../support/elf/tools.ts';
import { identities } from '../support/launcher/tree.ts';
import { rpmHost } from '../support/rpm-host/build.ts';
import { olderHost } from '../support/rpm-host/releases/bullseye.ts';
import { newerHost } from '../support/rpm-host/releases/forky.ts';
import { run } from '../support/run.ts';
import { scratch } from '../support/scratch.ts';

const directory = scratch('redirect-');
const machine = join(directory, 'machine');
const tree = join(directory, 'tree');
const ownPath = 'lib64/librelopack.so';

/** The sizes of the files, by which a test knows them. */
const sizes = { machine: 1000, other: 2000, tree: 3000 };
const [ENOENT, ENOTDIR, ENAMETOOLONG, ENOSYS] = [-2, -20, -36, -38];

const rows: RedirectedPath[] = [
  { path: `${machine}/tree`, places: ['data/file'] },
  { path: `${machine}/absent`, places: ['data/file'] },
  { path: `${machine}/nowhere`, places: ['data/nowhere'] },
  { path: `${machine}/first`, places: ['.', 'data/file'] },
  { path: `${machine}/last`, places: ['.', `${machine}/none`, 'data/file'] },
  { path: `${machine}/second`, places: ['.', `${machine}/other`, 'data/file'] },
  { path: `${machine}/link`, places: ['data/link'] },
  { path: `${machine}/whole`, places: ['data/whole'] },
  { path: `${machine}/whole/own`, places: ['.'] },
  { path: `${machine}/merged`, places: ['.', 'data/whole'] },
  { path: `${machine}/libnumber.so`, places: ['data/libnumber.so'] },
];

/** The files of the machine and of the tree, with their sizes. */
const files: Record<string, number> = {
  'machine/tree': sizes.machine,
  'machine/first': sizes.machine,
  'machine/other': sizes.other,
  'machine/plain': sizes.machine,
  'machine/whole/one': sizes.machine,
  'machine/whole/own': sizes.machine,
  'machine/whole/more': sizes.machine,
  'machine/merged/one': sizes.machine,
  'tree/data/file': sizes.tree,
  'tree/data/whole/one': sizes.tree,
  'tree/data/whole/two': sizes.tree,
};

/** A program that reads, and the ld.so that starts it. */
interface Reader {
  command: string[];
  /** Whether its libc has stat(). Before 2.33 only __xstat() is a function of libc. */
  hasStat: boolean;
}

/** Compiles reads.c for a libc. It finds libraries in `${directory}/private` by its RUNPATH. */
async function compileReader(
  name: string,
  libraries: string,
  loader: string,
  compiler = 'gcc',
): Promise<string[]> {
  const program = join(directory, `reads-${name}`);
  const needed = ['libc.so.6', 'libdl.so.2', loader].map((library) => join(libraries, library));
  const source = join(import.meta.dirname, '../support/launcher/reads.c');
  const runpath = `-Wl,--enable-new-dtags,-rpath,${directory}/private`;
  await output(compiler, '-O1', '-w', '-nostdlib', '-o', program, source, ...needed, runpath);
  return [join(libraries, loader), '--library-path', libraries, '--preload', join(tree, ownPath), program];
}

async function readerOf(host: { root: string }, name: string, hasStat: boolean): Promise<Reader> {
  const libraries = join(host.root, 'usr/lib64');
  return { command: await compileReader(name, libraries, 'ld-linux-x86-64.so.2'), hasStat };
}

const crossLibraries = '/usr/aarch64-linux-gnu/lib';
const readers: Record<string, () => Promise<Reader>> = {
  'glibc 2.31': async () => readerOf(await olderHost(), 'older', false),
  'glibc 2.36': async () => readerOf(await rpmHost(), 'host', true),
  'glibc 2.43': async () => readerOf(await newerHost(), 'newer', true),
  'glibc 2.36 on aarch64': async () => {
    const loader = 'ld-linux-aarch64.so.1';
    const command = await compileReader('aarch64', crossLibraries, loader, 'aarch64-linux-gnu-gcc');
    return { command: ['qemu-aarch64-static', ...command], hasStat: true };
  },
};

interface Case {
  name: string;
  kind: 'file' | 'examine' | 'link' | 'directory' | 'write' | 'errno' | 'library';
  path: string;
  /** The directory whose descriptor the functions get that take one. */
  descriptor?: string;
  cwd?: string;
  /** The result of each function, or of all that are not named. */
  expected: number | ((call: string) => number);
}

/** Whether a function takes the descriptor of a directory. */
const takesDescriptor = (call: string) => /(?:open|fxstat|fstat|access|link)at|^statx$/.test(call);

const at = (path: string) => join(machine, path);
const cases: Case[] = [
  { name: 'a path that is not listed', kind: 'file', path: at('plain'), expected: sizes.machine },
  {
    name: 'a path of the tree, which the machine has too',
    kind: 'file',
    path: at('tree'),
    expected: sizes.tree,
  },
  { name: 'a path of the tree alone', kind: 'file', path: at('absent'), expected: sizes.tree },
  { name: 'a path that is missing in the tree', kind: 'file', path: at('nowhere'), expected: ENOENT },
  {
    name: "a path of the machine's own, which it has",
    kind: 'file',
    path: at('first'),
    expected: sizes.machine,
  },
  {
    name: "a path of the machine's own, which it lacks",
    kind: 'file',
    path: at('last'),
    expected: sizes.tree,
  },
  {
    name: 'a path for which the machine has another',
    kind: 'file',
    path: at('second'),
    expected: sizes.other,
  },
  { name: 'a file in a directory of the tree', kind: 'file', path: at('whole/two'), expected: sizes.tree },
  {
    name: 'a file that only the machine has in such a directory',
    kind: 'file',
    path: at('whole/more'),
    expected: ENOENT,
  },
  {
    name: 'a file with a row of its own in such a directory',
    kind: 'file',
    path: at('whole/own'),
    expected: sizes.machine,
  },
  {
    name: 'a file that a directory of the machine has',
    kind: 'file',
    path: at('merged/one'),
    expected: sizes.machine,
  },
  {
    name: 'a file that a directory of the machine lacks',
    kind: 'file',
    path: at('merged/two'),
    expected: sizes.tree,
  },
  { name: 'a path that only begins like a listed one', kind: 'file', path: at('treeless'), expected: ENOENT },
  { name: 'a path below a listed file', kind: 'file', path: at('absent/more'), expected: ENOTDIR },
  {
    name: 'doubled slashes and dots',
    kind: 'file',
    path: `/${machine}//./merged/../absent`,
    expected: sizes.tree,
  },
  { name: 'dots above the root', kind: 'file', path: `/../..${machine}/absent`, expected: sizes.tree },
  { name: 'a slash at the end of a file', kind: 'file', path: `${at('absent')}/`, expected: ENOTDIR },
  { name: 'a slash at the end of a directory', kind: 'file', path: `${at('whole')}/`, expected: 0 },
  { name: 'a dot at the end of a directory', kind: 'directory', path: `${at('whole')}/.`, expected: 2 },
  { name: 'a relative path', kind: 'file', path: '../machine/absent', cwd: tree, expected: sizes.tree },
  {
    name: 'a relative path that is not listed',
    kind: 'file',
    path: './plain',
    cwd: machine,
    expected: sizes.machine,
  },
  { name: 'an empty path', kind: 'examine', path: '', expected: ENOENT },
  {
    name: 'an absolute path with a descriptor',
    kind: 'file',
    path: at('absent'),
    descriptor: tree,
    expected: sizes.tree,
  },
  {
    name: 'a path relative to a descriptor, which is not looked up',
    kind: 'file',
    path: 'tree',
    descriptor: machine,
    cwd: machine,
    expected: (call) => (takesDescriptor(call) ? sizes.machine : sizes.tree),
  },
  {
    name: 'a path that is too long',
    kind: 'file',
    path: `${at('whole')}/${'long/'.repeat(900)}`,
    // realpath() examines one part after the other.
    expected: (call) => (/realpath|canonical/.test(call) ? ENOENT : ENAMETOOLONG),
  },
  { name: 'the permissions and attributes', kind: 'examine', path: at('absent'), expected: 0 },
  {
    name: 'the permissions and attributes of a missing file',
    kind: 'examine',
    path: at('nowhere'),
    expected: ENOENT,
  },
  { name: 'a link', kind: 'link', path: at('link'), expected: 'file'.length },
  { name: 'a directory of the tree', kind: 'directory', path: at('whole'), expected: 2 },
  { name: 'a directory of the machine as a whole', kind: 'directory', path: at('merged'), expected: 1 },
  { name: 'a library by its path', kind: 'library', path: at('libnumber.so'), expected: 2 },
  {
    name: 'a library by its name, which the RUNPATH of the caller finds',
    kind: 'library',
    path: 'libprivate.so',
    expected: 3,
  },
  { name: 'no change of errno by a success', kind: 'errno', path: at('last'), expected: 0 },
  {
    name: 'writing to a path that the machine lacks',
    kind: 'write',
    path: at('none/absent'),
    expected: ENOENT,
  },
  {
    name: 'writing to a path of the tree, at the machine',
    kind: 'write',
    path: at('absent'),
    // The first function that creates it makes an empty file.
    expected: (call) => (/^open to (?:write|read and write)$/.test(call) ? ENOENT : 0),
  },
];

describe('the redirect', () => {
  before(async () => {
    for (const folder of ['machine/whole', 'machine/merged', 'tree/data/whole', 'tree/lib64', 'private'])
      mkdirSync(join(directory, folder), { recursive: true });
    for (const [path, size] of Object.entries(files)) writeFileSync(join(directory, path), '-'.repeat(size));
    symlinkSync('file', join(tree, 'data/link'));
  });

  async function compileLibraries(compiler: string) {
    const libraries = ['machine/libnumber.so', 'tree/data/libnumber.so', 'private/libprivate.so'];
    for (const [index, path] of libraries.entries()) {
      const source = join(directory, 'number.c');
      writeFileSync(source, `int number = ${index + 1};\n`);
      await output(compiler, '-shared', '-nostdlib', '-fPIC', '-o', join(directory, path), source);
    }
  }

  for (const [libc, makeReader] of Object.entries(readers)) {
    describe(`of programs with ${libc}`, () => {
      const architecture = libc.includes('aarch64') ? 'aarch64' : 'x86_64';
      let reader: Reader;
      before(async () => {
        writeFileSync(join(tree, ownPath), redirectLibrary(identities[architecture], ownPath, rows) ?? '');
        await compileLibraries(`${architecture}-linux-gnu-gcc`);
        reader = await makeReader();
      });

      for (const { name, kind, path, descriptor = '-', cwd = directory, expected } of cases) {
        test(`reads ${name}`, async () => {
          if (kind === 'write') await run('rm', ['-f', at('absent')]);
          const [file = '', ...args] = [...reader.command, kind, path, descriptor];
          const { code, stdout, stderr } = await run(file, args, { cwd });
          assert.equal(code, 0, stderr);
          const results = stdout
            .toString()
            .split('\n')
            .slice(0, -1)
            .map((line) => line.split(/ (?=-?\d+$)/) as [string, string]);
          assert.notEqual(results.length, 0);
          const wanted = ([call]: [string, string]) => {
            if (!reader.hasStat && /^f?l?stat(?:at)?(?:64)?$/.test(call)) return ENOSYS;
            return typeof expected === 'number' ? expected : expected(call);
          };
          assert.deepEqual(
            Object.fromEntries(results.map(([call, result]) => [call, Number(result)])),
            Object.fromEntries(results.map((result) => [result[0], wanted(result)])),
          );
        });
      }
    });
  }

  test('has no row more than the table, and an empty table changes nothing', async () => {
    writeFileSync(join(tree, ownPath), redirectLibrary(identities.x86_64, ownPath, []) ?? '');
    const { command } = await readerOf(await rpmHost(), 'empty', true);
    const [file = '', ...args] = [...command, 'file', at('tree'), '-'];
    const { stdout } = await run(file, args);
    assert.match(stdout.toString(), new RegExp(`^open ${sizes.machine}$`, 'm'));
  });
});

test('there is a redirect for the machines with a static launcher', () => {
  assert.deepEqual(
    Object.values(identities).map((identity) => hasRedirect(identity)),
    [true, true, false],
  );
  assert.equal(redirectLibrary(identities.s390x, ownPath, rows), undefined);
});
