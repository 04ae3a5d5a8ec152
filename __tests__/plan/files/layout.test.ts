import assert from 'node:assert/strict';
import { rmdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import type { Entry } from '../../../src/plan/entry.ts';
import type { Plan, PlanOptions } from '../../../src/plan/plan.ts';
import { explain } from '../../../src/plan/reason.ts';
import type { Installed } from '../../../src/rpm/installed.ts';
import {
  type Content,
  type MadePackage,
  makeHost,
  mtime,
  planOf,
  remarksOf,
} from '../../support/plan/host.ts';
import { base, loaderName, module, python39 } from '../../support/plan/python.ts';
import { scratch } from '../../support/scratch.ts';

const site = '/usr/lib/python3.9/site-packages';
const arch64 = '/usr/lib64/python3.9/site-packages';

/** A .pyc of CPython 3.9 for a source of that size and mtime. With flags it has a hash instead. */
function pyc(size: number, { changed = mtime, flags = 0 } = {}): Content {
  const bytes = Buffer.alloc(16);
  bytes.writeUInt16LE(3425, 0);
  bytes.write('\r\n', 2);
  bytes.writeUInt32LE(flags, 4);
  bytes.writeUInt32LE(changed, 8);
  bytes.writeUInt32LE(size, 12);
  return { bytes, mode: 0o644 };
}

const source: Content = { text: 'x = 1\n' };
const cache = (name: string) => `${site}/__pycache__/${name}.cpython-39.pyc`;
/** Sources that all get the same mtime after they were installed, as in a reproducible image. */
const rewritten = ['rewritten', 'edited', 'recompiled', 'early', 'elsewhere'];

const links: MadePackage = module('links', '3.9', {
  files: {
    [`${site}/links/data.txt`]: { text: 'data\n' },
    [`${site}/links/relative`]: { link: 'data.txt' },
    [`${site}/links/absolute`]: { link: `${site}/links/data.txt` },
    [`${site}/links/roundabout`]: { link: '../../../../lib/python3.9/site-packages/links/data.txt' },
    [`${site}/links/twice`]: { link: 'relative' },
    [`${site}/links/directory`]: { link: '/usr/lib64/python3.9' },
    [`${site}/links/itself`]: { link: '.' },
    [`${site}/links/outside.pem`]: { link: '/etc/pki/bundle.pem' },
    [`${site}/links/outside`]: { link: '/var/lib/collected' },
    [`${site}/links/single`]: { link: '/var/single' },
    [`${site}/links/everything`]: { link: '/' },
    [`${site}/links/nowhere`]: { link: '/gone' },
    [`${site}/links/endless`]: { link: '/etc/loop' },
    [`${site}/links/alternative`]: { link: '/etc/alternatives/links-data' },
    [`${site}/links/interpreter`]: { link: '/usr/bin/python3' },
    [`${site}/links/libc`]: { link: '/lib64/libc.so.6' },
    [`${site}/links/dotdot`]: { link: 'directory/../python3.9/os.py' },
  },
});

const packages: MadePackage[] = [
  ...base(),
  ...python39(),
  {
    name: 'ca',
    files: {
      '/etc/pki/real.pem': { text: 'certificates\n' },
      '/etc/pki/bundle.pem': { link: 'real.pem' },
      '/var/single': { text: '1\n', mode: 0o4755 },
      '/var/lib/collected/one': { text: '1\n', mode: 0o4755 },
      '/var/lib/collected/deep/two': { text: '22\n' },
      '/var/lib/collected/deep/up': { link: '../..' },
    },
  },
  links,
  module('hard', '3.9', {
    files: {
      [`${site}/hard/a.txt`]: { text: 'the same\n' },
      [`${site}/hard/b.txt`]: { hardlink: `${site}/hard/a.txt` },
      [`${site}/hard/c/d.txt`]: { hardlink: `${site}/hard/a.txt` },
      [`${site}/hard/other.txt`]: { text: 'the same\n' },
      [`${site}/hard/one.pem`]: { link: '/etc/pki/bundle.pem' },
      [`${site}/hard/two.pem`]: { link: '/etc/pki/real.pem' },
      [`${site}/hard.py`]: source,
      [`${site}/__pycache__/hard.cpython-39.opt-1.pyc`]: pyc(6),
      [cache('hard')]: { hardlink: `${site}/__pycache__/hard.cpython-39.opt-1.pyc` },
    },
  }),
  module('empty', '3.9', {
    files: {
      [`${site}/empty`]: { directory: true },
      ...Object.fromEntries(
        ['plugins', 'a', 'a/b', 'cache', 'tests', 'tests/data', '__pycache__', 'gone'].map((name) => [
          `${site}/empty/${name}`,
          { directory: true },
        ]),
      ),
      [`${site}/empty/private`]: { directory: true, mode: 0o700 },
      [`${site}/empty/cache/optimized.opt-1.pyc`]: { text: '' },
      [`${site}/empty/tests/test_empty.py`]: { text: '' },
      [`${site}/empty/link`]: { link: 'plugins' },
    },
  }),
  module('modes', '3.9', {
    files: {
      [`${site}/modes/setuid`]: { text: 'x\n', mode: 0o4755 },
      [`${site}/modes/setgid`]: { text: 'x\n', mode: 0o2711 },
      [`${site}/modes/sticky`]: { text: 'x\n', mode: 0o1644 },
      [`${site}/modes/private`]: { text: 'x\n', mode: 0o600 },
    },
  }),
  module('bytecode', '3.9', {
    files: {
      ...Object.fromEntries(
        ['fresh', 'stale', 'resized', 'unchecked', 'checked', ...rewritten].map((name) => [
          `${site}/${name}.py`,
          source,
        ]),
      ),
      [cache('fresh')]: pyc(6),
      [cache('stale')]: pyc(6, { changed: mtime - 1 }),
      [cache('resized')]: pyc(7),
      [cache('unchecked')]: pyc(0, { changed: 0, flags: 0b01 }),
      [cache('checked')]: pyc(0, { changed: 0, flags: 0b11 }),
      [cache('orphan')]: pyc(6),
      [`${site}/sourceless.pyc`]: pyc(6),
      [cache('rewritten')]: pyc(6),
      [cache('edited')]: pyc(6),
      [cache('recompiled')]: pyc(6),
      [cache('early')]: pyc(6, { changed: mtime - 1 }),
    },
  }),
  { name: 'python3-elsewhere', noarch: true, files: { [cache('elsewhere')]: pyc(6) } },
  {
    name: 'openssl-libs',
    files: {
      '/usr/lib64/libcrypto.so.3': {
        elf: { soname: 'libcrypto.so.3', needed: ['libc.so.6'], strings: ['/usr/lib64/ossl-modules'] },
      },
      '/usr/lib64/ossl-modules/fips.so': { elf: { soname: 'fips.so', needed: ['libc.so.6'] } },
    },
  },
  { name: 'python3-ssl', files: { [`${arch64}/ssl.so`]: { elf: { needed: ['libcrypto.so.3'] } } } },
  {
    name: 'python3-local',
    files: {
      '/usr/local/lib/python3.9/site-packages/local.py': { text: '' },
      '/usr/local/lib64/python3.9/site-packages/fast.so': { elf: { needed: ['libc.so.6'] } },
    },
  },
  {
    name: 'opt-data',
    files: {
      '/opt/data/share/table': { text: '1\n' },
      '/usr/etc/site.conf': { text: '' },
      '/etc/site.conf': { text: '' },
    },
  },
];

const directory = scratch();
let installed: Installed;
before(async () => {
  const host = await makeHost(directory, packages);
  symlinkSync(`${site}/links/data.txt`, join(host.root, 'etc/links-data'));
  symlinkSync('/etc', join(host.root, 'etc/alternatives'));
  symlinkSync('loop', join(host.root, 'etc/loop'));
  writeFileSync(join(host.root, site, 'edited.py'), 'x = 2\n');
  writeFileSync(join(host.root, cache('recompiled')), 'another code', { flag: 'a' });
  rmdirSync(join(host.root, site, 'empty/gone'));
  for (const name of rewritten) utimesSync(join(host.root, site, `${name}.py`), 0, 0);
  installed = await host.read();
});

const plans = new Map<string, Plan>();
async function planFor(request: string): Promise<Plan> {
  const plan = plans.get(request) ?? (await planOf(installed, { modules: [request] }));
  plans.set(request, plan);
  return plan;
}

async function entryAt(request: string, path: string): Promise<Entry | undefined> {
  return (await planFor(request)).entries.find((entry) => entry.path === path);
}

const inSite = (path: string) => `lib/python3.9/site-packages/${path}`;

/** The type of an entry and its target. */
function shown(entry: Entry | undefined): string | undefined {
  if (entry === undefined) return undefined;
  return 'target' in entry ? `${entry.type} → ${entry.target}` : entry.type;
}

describe('a link', () => {
  const cases: { name: string; path: string; is: string | undefined }[] = [
    { name: 'to a packed file is unchanged', path: 'links/relative', is: 'symlink → data.txt' },
    { name: 'to an absolute path becomes a relative one', path: 'links/absolute', is: 'symlink → data.txt' },
    {
      name: 'with a roundabout way gets the direct one',
      path: 'links/roundabout',
      is: 'symlink → data.txt',
    },
    { name: 'to a link leads to that link', path: 'links/twice', is: 'symlink → relative' },
    {
      name: 'to a packed directory leads there',
      path: 'links/directory',
      is: 'symlink → ../../../../lib64/python3.9',
    },
    { name: 'to its own directory leads there', path: 'links/itself', is: 'symlink → .' },
    {
      name: 'through links of the system leads to the target of these',
      path: 'links/alternative',
      is: 'symlink → data.txt',
    },
    {
      name: 'to the interpreter leads to the launcher',
      path: 'links/interpreter',
      is: 'symlink → ../../../../bin/python3',
    },
    {
      name: 'to a library leads there, by a path without links',
      path: 'links/libc',
      is: 'symlink → ../../../../lib64/libc.so.6',
    },
    {
      name: 'with a .. after a link uses the parent of the target of that link',
      path: 'links/dotdot',
      is: 'symlink → ../../../../lib64/python3.9/os.py',
    },
    { name: 'to a file outside of the archive becomes that file', path: 'links/outside.pem', is: 'file' },
    {
      name: 'to a directory outside of the archive leads to the place of that directory in the archive',
      path: 'links/outside',
      is: 'symlink → ../../../../host/var/lib/collected',
    },
    { name: 'to the whole system is not packed', path: 'links/everything', is: undefined },
    { name: 'that leads nowhere is not packed', path: 'links/nowhere', is: undefined },
    { name: 'to itself is not packed', path: 'links/endless', is: undefined },
  ];
  for (const { name, path, is } of cases) {
    it(name, async () => assert.equal(shown(await entryAt('python3-links', inSite(path))), is));
  }

  it('that was replaced by a file has the content and the package of its target', async () => {
    const entry = await entryAt('python3-links', inSite('links/outside.pem'));
    assert.ok(entry?.type === 'file' && entry.source.kind === 'host');
    assert.equal(entry.source.host, '/etc/pki/real.pem');
    assert.match(entry.package ?? '', /^ca-1-1\./);
    assert.equal(explain(entry.reason), `${site}/links/outside.pem leads to it`);
  });

  it('never leaves the archive, and no path does', async () => {
    for (const { path, ...entry } of (await planFor('python3-links')).entries) {
      assert.ok(!path.startsWith('/') && !path.split('/').includes('..'), path);
      if (entry.type !== 'symlink') continue;
      assert.ok(!entry.target.startsWith('/'), `${path} → ${entry.target}`);
      assert.ok(
        !join('/top', path, '..', entry.target)
          .replace(/^\/top/, '')
          .startsWith('/..'),
        path,
      );
      assert.ok(join('/top', path, '..', entry.target).startsWith('/top/'), `${path} → ${entry.target}`);
    }
  });
});

describe('an empty directory', () => {
  const cases: { name: string; word: string; path: string; is: string | undefined }[] = [
    { name: 'of a module is packed', word: 'python3-empty', path: 'empty/plugins', is: 'directory' },
    { name: 'in an empty directory is packed', word: 'python3-empty', path: 'empty/a/b', is: 'directory' },
    { name: 'follows from the path of one in it', word: 'python3-empty', path: 'empty/a', is: undefined },
    { name: 'is not packed if it has files', word: 'python3-empty', path: 'empty', is: undefined },
    {
      name: 'is packed if it has files that are not packed',
      word: 'python3-empty',
      path: 'empty/cache',
      is: 'directory',
    },
    { name: 'of tests is not packed', word: 'python3-empty', path: 'empty/tests', is: undefined },
    { name: 'in tests is not packed', word: 'python3-empty', path: 'empty/tests/data', is: undefined },
    { name: 'of bytecode is not packed', word: 'python3-empty', path: 'empty/__pycache__', is: undefined },
    {
      name: 'that a link leads to is packed',
      word: 'python3-empty',
      path: 'empty/link',
      is: 'symlink → plugins',
    },
    {
      name: 'that does not exist any more is not packed',
      word: 'python3-empty',
      path: 'empty/gone',
      is: undefined,
    },
  ];
  for (const { name, word, path, is } of cases) {
    it(`${name}: ${path}`, async () => assert.equal(shown(await entryAt(word, inSite(path))), is));
  }

  it('has its permissions and the time of the RPM database', async () => {
    const entry = await entryAt('python3-empty', inSite('empty/private'));
    assert.deepEqual([entry?.type, entry?.mode], ['directory', 0o700]);
  });

  it('is not packed if it is excluded', async () => {
    const globs = [{ kind: 'exclude' as const, pattern: '**/plugins/**' }];
    const { entries } = await planOf(installed, { modules: ['python3-empty'], globs });
    assert.ok(!entries.some(({ path }) => path.endsWith('/plugins')));
  });
});

describe('files of one inode', () => {
  const cases: { name: string; path: string; is: string }[] = [
    {
      name: 'become hard links to the first of them by path',
      path: 'hard/b.txt',
      is: `hardlink → ${inSite('hard/a.txt')}`,
    },
    {
      name: 'become hard links in other directories too',
      path: 'hard/c/d.txt',
      is: `hardlink → ${inSite('hard/a.txt')}`,
    },
    { name: 'differ from other files of the same content', path: 'hard/other.txt', is: 'file' },
    {
      name: 'become hard links if two links outside lead to them',
      path: 'hard/two.pem',
      is: `hardlink → ${inSite('hard/one.pem')}`,
    },
    {
      name: 'stay files if the others are not packed',
      path: '__pycache__/hard.cpython-39.pyc',
      is: 'file',
    },
  ];
  for (const { name, path, is } of cases) {
    it(name, async () => assert.equal(shown(await entryAt('python3-hard', inSite(path))), is));
  }

  it('come after the file that they are links to', async () => {
    const { entries } = await planFor('python3-hard');
    for (const [at, entry] of entries.entries()) {
      if (entry.type !== 'hardlink') continue;
      const first = entries.findIndex(({ path }) => path === entry.target);
      assert.ok(first !== -1 && first < at, entry.path);
    }
  });
});

describe('permission bits', () => {
  const cases: [name: string, word: string, path: string, mode: number][] = [
    ['lose setuid', 'python3-modes', 'modes/setuid', 0o755],
    ['lose setgid', 'python3-modes', 'modes/setgid', 0o711],
    ['lose the sticky bit', 'python3-modes', 'modes/sticky', 0o644],
    ['are unchanged otherwise', 'python3-modes', 'modes/private', 0o600],
    ['lose setuid in a copy for a link too', 'python3-links', 'links/single', 0o755],
  ];
  for (const [name, word, path, mode] of cases) {
    it(name, async () => assert.equal((await entryAt(word, inSite(path)))?.mode, mode));
  }
});

describe('bytecode', () => {
  const cases: { name: string; path: string; relocation: string | undefined }[] = [
    {
      name: 'that is fresh becomes independent of mtimes',
      path: '__pycache__/fresh.cpython-39.pyc',
      relocation: 'bytecode',
    },
    {
      name: 'older than its source is not packed',
      path: '__pycache__/stale.cpython-39.pyc',
      relocation: undefined,
    },
    {
      name: 'for a source of another size is not packed',
      path: '__pycache__/resized.cpython-39.pyc',
      relocation: undefined,
    },
    {
      name: 'without a source, which Python would ignore, is not packed',
      path: '__pycache__/orphan.cpython-39.pyc',
      relocation: undefined,
    },
    {
      name: 'with a hash that Python does not check is changed, so that Python checks it',
      path: '__pycache__/unchecked.cpython-39.pyc',
      relocation: 'bytecode',
    },
    {
      name: 'with a hash that Python checks is unchanged',
      path: '__pycache__/checked.cpython-39.pyc',
      relocation: 'none',
    },
    { name: 'that replaces its source is unchanged', path: 'sourceless.pyc', relocation: 'none' },
    {
      name: 'for a source with a rewritten mtime is packed if both files are unchanged',
      path: '__pycache__/rewritten.cpython-39.pyc',
      relocation: 'bytecode',
    },
    {
      name: 'for a source with a rewritten mtime is not packed if the source was edited',
      path: '__pycache__/edited.cpython-39.pyc',
      relocation: undefined,
    },
    {
      name: 'for a source with a rewritten mtime is not packed if the bytecode was changed',
      path: '__pycache__/recompiled.cpython-39.pyc',
      relocation: undefined,
    },
    {
      name: 'for a source with a rewritten mtime is not packed if it was stale when it was installed',
      path: '__pycache__/early.cpython-39.pyc',
      relocation: undefined,
    },
    {
      name: 'for a source with a rewritten mtime is not packed if the source is in another package',
      path: '__pycache__/elsewhere.cpython-39.pyc',
      relocation: undefined,
    },
  ];
  for (const { name, path, relocation } of cases) {
    it(name, async () => {
      const { entries } = await planOf(installed, { modules: ['python3-bytecode', 'python3-elsewhere'] });
      const entry = entries.find((one) => one.path === inSite(path));
      const source = entry?.type === 'file' ? entry.source : undefined;
      assert.equal(source?.kind === 'host' ? source.relocation.kind : undefined, relocation);
    });
  }

  const remarks = async (options: Partial<PlanOptions>) =>
    remarksOf(await planOf(installed, options)).filter((remark) => remark.includes('.pyc'));

  it('that is stale is counted in a remark', async () => {
    const [remark, ...more] = await remarks({ modules: ['python3-bytecode', 'python3-elsewhere'] });
    assert.match(
      remark ?? '',
      /^6 of 10 \.pyc files are stale .* compiles these modules when it imports them/,
    );
    assert.deepEqual(more, []);
  });

  it('that is all packed, or not wanted, gives no remark', async () => {
    assert.deepEqual(await remarks({ modules: ['python3-hard'] }), []);
    assert.deepEqual(await remarks({ modules: ['python3-bytecode'], bytecode: false }), []);
  });
});

describe('paths in the archive', () => {
  const cases: { name: string; word: string; path: string; is: string }[] = [
    { name: 'the interpreter is in libexec', word: 'python3', path: 'libexec/python3.9', is: 'file' },
    { name: 'ld.so is beside it', word: 'python3', path: 'libexec/ld.so', is: 'file' },
    {
      name: 'a link with ld.so’s own name is beside libc',
      word: 'python3',
      path: `lib64/${loaderName}`,
      is: 'symlink → ../libexec/ld.so',
    },
    { name: 'the launcher is in bin', word: 'python3', path: 'bin/python3', is: 'file' },
    {
      name: 'the launcher is in bin under its full name',
      word: 'python3',
      path: 'bin/python3.9',
      is: 'file',
    },
    {
      name: 'a file outside the prefix is in host',
      word: 'opt-data',
      path: 'host/opt/data/share/table',
      is: 'file',
    },
    {
      name: 'a file in /usr/local is in host',
      word: 'python3-local',
      path: 'host/usr/local/lib/python3.9/site-packages/local.py',
      is: 'file',
    },
  ];
  for (const { name, word, path, is } of cases) {
    it(`${name}: ${path}`, async () => assert.equal(shown(await entryAt(word, path)), is));
  }

  it('of /etc and /usr/etc differ', async () => {
    const globs = [{ kind: 'include' as const, pattern: '**/*.conf' }];
    const { entries } = await planOf(installed, { modules: ['opt-data'], globs });
    const found = entries.filter(({ path }) => path.endsWith('.conf')).map(({ path }) => path);
    assert.deepEqual(found, ['etc/site.conf', 'host/usr/etc/site.conf']);
  });

  it('in /usr/local are put on sys.path by a .pth file beside the standard library', async () => {
    const entry = await entryAt('python3-local', 'lib64/python3.9/site-packages/usr-local.pth');
    assert.ok(entry?.type === 'file' && entry.source.kind === 'made');
    const up = '../../../host/usr/local';
    assert.equal(
      entry.source.bytes.toString(),
      `${up}/lib64/python3.9/site-packages\n${up}/lib/python3.9/site-packages\n`,
    );
    assert.equal(await entryAt('python3-modes', 'lib64/python3.9/site-packages/usr-local.pth'), undefined);
  });

  it('of the launcher are not replaced by included files', async () => {
    const globs = [{ kind: 'include' as const, pattern: 'bin/*' }];
    const { entries } = await planOf(installed, { globs });
    const found = entries.filter(({ path }) => path === 'bin/python3');
    assert.deepEqual(
      found.map(({ reason }) => reason),
      [{ kind: 'added' }],
    );
  });

  it('are all different and sorted', async () => {
    for (const word of ['python3-links', 'python3-hard', 'python3-local']) {
      const paths = (await planFor(word)).entries.map(({ path }) => path);
      assert.deepEqual(paths, [...new Set(paths)].sort());
    }
  });
});

describe('ELF files', () => {
  const relocation = async (path: string) => {
    const entry = await entryAt('python3-ssl', path);
    return entry?.type === 'file' && entry.source.kind === 'host' ? entry.source.relocation : undefined;
  };

  it('get a RUNPATH, and libc and libcrypto have further changes', async () => {
    assert.deepEqual(await relocation('lib64/python3.9/lib-dynload/math.so'), {
      kind: 'elf',
      runpath: '$ORIGIN/../..',
      strings: undefined,
    });
    assert.deepEqual(await relocation('lib64/libc.so.6'), {
      kind: 'elf',
      runpath: '$ORIGIN',
      strings: 'libc',
    });
    assert.deepEqual(await relocation('lib64/libcrypto.so.3'), {
      kind: 'elf',
      runpath: '$ORIGIN',
      strings: 'libcrypto',
    });
  });

  it('are not changed if they contain their own checksum: fips.so', async () => {
    assert.deepEqual(await relocation('lib64/ossl-modules/fips.so'), { kind: 'none' });
  });

  it('no longer search the machine if they are ld.so', async () => {
    assert.deepEqual(await relocation('libexec/ld.so'), { kind: 'loader' });
  });
});

describe('mtimes', () => {
  it('are those of the RPM database, but no later than the latest', async () => {
    const at = async (latest: number) =>
      (await planOf(installed, { modules: ['python3-modes'], latest })).entries;
    const own = (await at(Number.POSITIVE_INFINITY)).find(({ path }) => path === inSite('modes/private'));
    assert.equal(own?.mtime, mtime);
    assert.ok((await at(mtime - 5)).every((entry) => entry.mtime <= mtime - 5));
  });

  it('are those of the newest package for files that the database has no time for', async () => {
    const { packages: packed } = await planFor('python3');
    const newest = Math.max(...[...packed.keys()].map(({ buildTime }) => buildTime));
    assert.equal((await entryAt('python3', 'bin/python3'))?.mtime, newest);
  });
});
