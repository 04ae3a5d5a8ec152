import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { unpack } from '../../../src/archive/unpack.ts';
import { describePlan } from '../../../src/manifest/manifest.ts';
import { archivePath, loaderPath } from '../../../src/plan/archive-path.ts';
import { writeArchive } from '../../../src/relocate/write-archive.ts';
import type { Installed } from '../../../src/rpm/installed.ts';
import { Choices } from '../../../src/verify/libraries/choices.ts';
import { checkLibraries } from '../../../src/verify/libraries/libraries.ts';
import { Unpacked } from '../../../src/verify/unpacked.ts';
import {
  type Content,
  type MadeHost,
  type MadePackage,
  makeHost,
  planOf,
  remarksOf,
} from '../../support/plan/host.ts';
import { base, loaderName, python39 } from '../../support/plan/python.ts';
import { must } from '../../support/run.ts';
import { scratch } from '../../support/scratch.ts';

const site = '/usr/lib64/python3.9/site-packages';

const library = (soname: string, more: object = {}): Content => ({ elf: { soname, ...more } });

interface Case {
  name: string;
  /** The files of a package that is made for the case, below site-packages if a path is relative. */
  files: Record<string, Content>;
  /** The file that is loaded. */
  loaded: string;
  /** The private libraries that ld.so then loads, below site-packages. All others are shared ones. */
  privately: string[];
}

/** Each case has its own directory, `w0` and so on, so that all are installed in one host. */
const cases: Case[] = [
  {
    name: 'a private library by RUNPATH, needed after a shared library',
    files: {
      'w0/x.so': { elf: { needed: ['libother.so.1', 'libsame.so.1'], runpath: '$ORIGIN/x.libs' } },
      'w0/x.libs/libsame.so.1': library('libsame.so.1'),
    },
    loaded: 'w0/x.so',
    privately: ['w0/x.libs/libsame.so.1'],
  },
  {
    name: 'a private library by RPATH, needed after a shared library',
    files: {
      'w1/x.so': { elf: { needed: ['libother.so.1', 'libsame.so.1'], rpath: '$ORIGIN/x.libs' } },
      'w1/x.libs/libsame.so.1': library('libsame.so.1'),
    },
    loaded: 'w1/x.so',
    privately: ['w1/x.libs/libsame.so.1'],
  },
  {
    name: 'a private library by the RPATH of the library that needs its neighbor',
    files: {
      'w2/x.so': { elf: { needed: ['libmiddle.so.1'], rpath: '$ORIGIN/x.libs' } },
      'w2/x.libs/libmiddle.so.1': library('libmiddle.so.1', { needed: ['libother.so.1', 'libsame.so.1'] }),
      'w2/x.libs/libsame.so.1': library('libsame.so.1'),
    },
    loaded: 'w2/x.so',
    privately: ['w2/x.libs/libmiddle.so.1', 'w2/x.libs/libsame.so.1'],
  },
  {
    name: 'a shared library, if only the RUNPATH of the file that loads it has a private one',
    files: {
      'w3/x.so': { elf: { needed: ['libmiddle.so.1'], runpath: '$ORIGIN/x.libs' } },
      'w3/x.libs/libmiddle.so.1': library('libmiddle.so.1', { needed: ['libsame.so.1'] }),
      'w3/x.libs/libsame.so.1': library('libsame.so.1'),
    },
    loaded: 'w3/x.so',
    privately: ['w3/x.libs/libmiddle.so.1'],
  },
  {
    name: 'the first of two private libraries, although another need comes from the second directory',
    files: {
      'w4/x.so': { elf: { needed: ['libsecond.so.1', 'libsame.so.1'], runpath: '$ORIGIN/a:$ORIGIN/b' } },
      'w4/a/libsame.so.1': library('libsame.so.1'),
      'w4/b/libsame.so.1': library('libsame.so.1'),
      'w4/b/libsecond.so.1': library('libsecond.so.1'),
    },
    loaded: 'w4/x.so',
    privately: ['w4/a/libsame.so.1', 'w4/b/libsecond.so.1'],
  },
  {
    name: 'a shared library before a private one, if the search path has its directory first',
    files: {
      'w5/x.so': {
        elf: { needed: ['libsecond.so.1', 'libsame.so.1'], runpath: '/usr/lib64:$ORIGIN/x.libs' },
      },
      'w5/x.libs/libsame.so.1': library('libsame.so.1'),
      'w5/x.libs/libsecond.so.1': library('libsecond.so.1'),
    },
    loaded: 'w5/x.so',
    privately: ['w5/x.libs/libsecond.so.1'],
  },
  {
    name: 'a library of a directory in ld.so.conf before the same library in lib64',
    files: {
      'w6/x.so': { elf: { needed: ['libother.so.1', 'libconf.so.1'] } },
    },
    loaded: 'w6/x.so',
    privately: [],
  },
  {
    name: 'a private library for a file that a link in another directory leads to',
    files: {
      '/opt/vendor/x.so': { elf: { needed: ['libother.so.1', 'libsame.so.1'], runpath: '/opt/vendor/libs' } },
      '/opt/vendor/libs/libsame.so.1': library('libsame.so.1'),
      'w7/x.so': { link: '/opt/vendor/x.so' },
    },
    loaded: 'w7/x.so',
    privately: ['/opt/vendor/libs/libsame.so.1'],
  },
  {
    name: 'a shared library without a soname, which is needed by its path',
    files: { 'w8/x.so': { elf: { needed: ['/usr/lib64/libnosoname.so', 'libother.so.1'] } } },
    loaded: 'w8/x.so',
    privately: [],
  },
  {
    name: 'a library by its path before one of the same name in lib64, but no other from its directory',
    files: {
      'w9/x.so': { elf: { needed: ['libother.so.1', '/opt/w9/libnosoname.so'] } },
      '/opt/w9/libnosoname.so': { elf: {} },
    },
    loaded: 'w9/x.so',
    privately: ['/opt/w9/libnosoname.so'],
  },
  {
    name: 'a library by a path that begins with $ORIGIN',
    files: {
      'w10/x.so': { elf: { needed: ['$ORIGIN/x.libs/libnosoname.so'] } },
      'w10/x.libs/libnosoname.so': { elf: {} },
    },
    loaded: 'w10/x.so',
    privately: ['w10/x.libs/libnosoname.so'],
  },
];

/** No order of directories leads to both: each of them has a library of either name. */
const impossible: Record<string, Content> = {
  'bad/__init__.py': { text: '' },
  'bad/x.so': { elf: { needed: ['/opt/bad/libnosoname.so', 'libother.so.1'] } },
  'bad/y.so': { elf: { needed: ['/opt/bad/libother.so.1'] } },
  '/opt/bad/libnosoname.so': { elf: {} },
  '/opt/bad/libother.so.1': { elf: {} },
};

const below = (path: string) => (path.startsWith('/') ? path : `${site}/${path}`);

const sharedSonames = ['libconf.so.1', 'libother.so.1', 'libsame.so.1'];

const packages: MadePackage[] = [
  ...base(),
  ...python39(),
  {
    name: 'shared',
    files: {
      '/etc/ld.so.conf': { text: '/opt/conf\n/usr/lib64\n' },
      '/opt/conf/libconf.so.1': library('libconf.so.1'),
      '/usr/lib64/libnosoname.so': { elf: {} },
      ...Object.fromEntries(sharedSonames.map((soname) => [`/usr/lib64/${soname}`, library(soname)])),
    },
  },
  {
    // So the archive has every shared library that a private one must not be mistaken for.
    name: 'python3-all',
    files: {
      [`${site}/all.so`]: {
        elf: { needed: [...sharedSonames, 'libnosoname.so'] },
      },
    },
  },
  ...cases.map(({ files }, index) => ({ name: `python3-w${index}`, files: placed(files) })),
  { name: 'python3-bad', files: placed(impossible) },
  {
    name: 'python3-relative',
    files: placed({
      'relative/__init__.py': { text: '' },
      'relative/x.so': { elf: { needed: ['libs/libnosoname.so', '/opt/none/libgone.so'] } },
    }),
  },
];

function placed(files: Record<string, Content>): Record<string, Content> {
  return Object.fromEntries(Object.entries(files).map(([path, content]) => [below(path), content]));
}

/** The paths in the output of `ld.so --list`. */
function listed(stdout: Buffer): string[] {
  return [...stdout.toString().matchAll(/[\t ](\/.+) \(0x/g)].map(([, path = '']) => path);
}

describe('ld.so finds in the archive, as on the host:', () => {
  const directory = scratch();
  let host: MadeHost;
  let installed: Installed;
  before(async () => {
    host = await makeHost(directory, packages);
    installed = await host.read();
    await must('ldconfig', ['-r', host.root]);
  });

  /** Packs the module, and lists by the packed ld.so what it loads. Paths are those of the archive. */
  async function packedList(index: number, loaded: string): Promise<string[]> {
    const plan = await planOf(installed, { modules: [`python3-w${index}`, 'python3-all'] });
    const at = join(directory, `packed-${index}`);
    mkdirSync(at);
    const archive = join(at, 'archive.tar.gz');
    const options = { prefix: 'top', compressionLevel: 0, path: archive };
    const { manifest } = await writeArchive(archive, plan, installed.root, options);
    const entries = await unpack(archive, join(at, 'unpacked'));
    const top = join(at, 'unpacked/top');
    // Verification agrees with ld.so.
    const unpacked = new Unpacked(join(at, 'unpacked'), entries);
    assert.deepEqual(checkLibraries(unpacked, new Choices(unpacked, manifest)).problems, []);
    const path = join(top, archivePath(below(loaded), plan.interpreter));
    const { stdout } = await must(join(top, loaderPath), ['--list', path]);
    return listed(stdout)
      .map((found) => join(found).slice(top.length + 1))
      .filter((found) => found !== loaderPath)
      .sort();
  }

  for (const [index, { name, loaded, privately }] of cases.entries()) {
    it(name, async () => {
      const { stdout } = await must('chroot', [host.root, `/lib64/${loaderName}`, '--list', below(loaded)]);
      const { interpreter } = await planOf(installed);
      const onHost = listed(stdout)
        .map((path) => installed.root.canonical(path) ?? path)
        .filter((path) => installed.root.resolve(path) !== interpreter.loader);
      // The case is what it says: ld.so of the host is asked, too.
      assert.deepEqual(
        onHost.filter((path) => !/^\/(?:usr\/lib64|opt\/conf)\/[^/]+$/.test(path)).sort(),
        privately.map(below).sort(),
      );
      const expected = onHost.map((path) => archivePath(path, interpreter)).sort();
      assert.deepEqual(await packedList(index, loaded), expected);
    });
  }

  it('a library that the manifest names, if it is not the first of its name in the shared directories', async () => {
    const modules = ['python3-w2', 'python3-w9', 'python3-all'];
    const { files, libraryDirectories } = describePlan(await planOf(installed, { modules }), new Map());
    assert.deepEqual(libraryDirectories, ['host/opt/conf', 'lib64']);
    const needs = files.flatMap((file) => (file.needs === undefined ? [] : [[file.path, file.needs]]));
    const inSite = 'lib64/python3.9/site-packages';
    assert.deepEqual(Object.fromEntries(needs), {
      [`${inSite}/w2/x.libs/libmiddle.so.1`]: { 'libsame.so.1': `${inSite}/w2/x.libs/libsame.so.1` },
      [`${inSite}/w2/x.so`]: { 'libmiddle.so.1': `${inSite}/w2/x.libs/libmiddle.so.1` },
      [`${inSite}/w9/x.so`]: { 'libnosoname.so': 'host/opt/w9/libnosoname.so' },
    });
  });

  it('only one of two libraries of the same name, with a remark, if one is needed by its path', async () => {
    const modules = ['python3-w9', 'python3-all'];
    const remarks = remarksOf(await planOf(installed, { modules }));
    assert.deepEqual(
      remarks.filter((text) => text.includes('by its path')),
      [
        `${site}/w9/x.so needs /opt/w9/libnosoname.so by its path, and ${site}/all.so needs /usr/lib64/libnosoname.so: a packed process loads only one of the two, as they have the same name`,
      ],
    );
    const alone = remarksOf(await planOf(installed, { modules: ['python3-w8', 'python3-all'] }));
    assert.deepEqual(
      alone.filter((text) => text.includes('by its path')),
      [],
    );
  });

  it('is an error if no order of directories leads to all libraries, and names them', async () => {
    await assert.rejects(planOf(installed, { modules: ['python3-bad', 'python3-all'] }), {
      name: 'RelopackError',
      code: 'elf-unsupported',
      message: `${site}/bad/x.so cannot be relocated: it needs /opt/bad/libnosoname.so and /usr/lib64/libother.so.1, and no order of directories leads to all of them`,
      remedy: /leave it out with --exclude\.$/,
    });
  });

  it('is an error if a needed path is relative or does not exist, and the remedy names the path', async () => {
    await assert.rejects(planOf(installed, { modules: ['python3-relative'] }), {
      code: 'library-missing',
      message: /: libs\/libnosoname\.so \(.*, \/opt\/none\/libgone\.so \(needed by .*relative\/x\.so/,
      remedy: /dnf -y install 'libs\/libnosoname\.so' '\/opt\/none\/libgone\.so'/,
    });
  });
});
