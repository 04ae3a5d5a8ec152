import assert from 'node:assert/strict';
import { rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { RelopackError } from '../../../src/common/error.ts';
import type { Message } from '../../../src/common/message.ts';
import { planHost } from '../../../src/pack.ts';
import type { Glob } from '../../../src/plan/files/rules.ts';
import type { PlanOptions } from '../../../src/plan/plan.ts';
import { explain } from '../../../src/plan/reason.ts';
import type { Installed } from '../../../src/rpm/installed.ts';
import {
  type MadeHost,
  type MadePackage,
  makeHost,
  place,
  planOf,
  standard,
} from '../../support/plan/host.ts';
import { Linker } from '../../support/plan/linker.ts';
import { base, module, python39 } from '../../support/plan/python.ts';
import { scratch } from '../../support/scratch.ts';

const site = '/usr/lib/python3.9/site-packages';
const inSite = (path: string) => `lib/python3.9/site-packages/${path}`;

const packages: MadePackage[] = [
  ...base(),
  { name: 'local-conf', files: { '/etc/ld.so.conf': { text: '/usr/local/lib64\n/usr/lib64\n' } } },
  ...python39(),
  module('absent', '3.9', {
    files: {
      [`${site}/absent/ghost.db`]: { text: '', as: '%ghost' },
      [`${site}/absent/made.db`]: { text: '', as: '%ghost' },
      '/usr/share/absent/made.db': { text: '', as: '%ghost' },
      [`${site}/absent/optional.cfg`]: { text: '', as: '%config(missingok)' },
      [`${site}/absent/stripped.py`]: { text: '' },
      [`${site}/absent/__pycache__/stripped.cpython-39.pyc`]: { text: '' },
    },
  }),
  module('damaged', '3.9', { files: { [`${site}/damaged/lost.py`]: { text: '' } } }),
  module('two', '3.9', {
    files: {
      [`${site}/two/README`]: { text: 'readme\n', as: '%doc' },
      '/usr/bin/two': { text: '#!/bin/sh\n', mode: 0o755 },
      '/usr/share/man/man1/two.1': { text: 'manual\n' },
      '/usr/share/two/table': { text: 'table\n' },
      '/etc/two.conf': { text: 'configuration\n' },
      '/usr/lib/python3.12/site-packages/two/__init__.py': { text: '' },
      [`${site}/two/test/test_two.py`]: { text: '' },
      [`${site}/two/test/data`]: { text: '' },
    },
  }),
  {
    name: 'liba',
    files: {
      '/usr/lib64/liba.so.1': { elf: { soname: 'liba.so.1' } },
      '/usr/lib64/liba/plugin.so': { elf: { needed: ['libb.so.1'] } },
      '/usr/share/liba/table': { text: 'table\n' },
    },
  },
  { name: 'libb', files: { '/usr/lib64/libb.so.1': { elf: { soname: 'libb.so.1' } } } },
  {
    name: 'python3-native',
    files: { '/usr/lib64/python3.9/site-packages/native.so': { elf: { needed: ['liba.so.1'] } } },
  },
  {
    name: 'python3-unowned',
    files: {
      '/usr/lib64/python3.9/site-packages/unowned.so': {
        elf: { needed: ['libunowned.so.1', 'libalternative.so.1'] },
      },
    },
  },
  {
    name: 'alternative',
    files: { '/usr/lib64/alternative/libalternative.so.1': { elf: { soname: 'libalternative.so.1' } } },
  },
];

const directory = scratch();
let host: MadeHost;
let installed: Installed;
before(async () => {
  host = await makeHost(directory, packages);
  for (const path of [
    'absent/optional.cfg',
    'absent/__pycache__/stripped.cpython-39.pyc',
    'damaged/lost.py',
  ]) {
    rmSync(join(host.root, site, path));
  }
  const linker = new Linker(join(directory, 'more'));
  for (const made of [`${site}/absent`, '/usr/share/absent'])
    await place(host.root, `${made}/made.db`, { text: 'made\n' }, linker);
  await place(host.root, '/usr/local/lib64/libunowned.so.1', { elf: { soname: 'libunowned.so.1' } }, linker);
  symlinkSync('/etc/alternative-of-a', join(host.root, 'usr/lib64/libalternative.so.1'));
  symlinkSync('/usr/lib64/alternative/libalternative.so.1', join(host.root, 'etc/alternative-of-a'));
  installed = await host.read();
});

/** `+GLOB` includes and `-GLOB` excludes. */
function globs(words: string): Glob[] {
  return words
    .split(' ')
    .map((word) => ({ kind: word.startsWith('+') ? 'include' : 'exclude', pattern: word.slice(1) }));
}

async function pathsOf(request: string, options: Partial<PlanOptions> = {}): Promise<string[]> {
  const { entries } = await planOf(installed, { modules: [request], ...options });
  return entries.map(({ path }) => path);
}

describe('a file in the RPM database that is not on the disk', () => {
  it('is ignored if it is a ghost, may be missing, or is bytecode', async () => {
    const paths = (await pathsOf('python3-absent')).filter((path) => path.includes('/absent/'));
    assert.deepEqual(paths, [
      inSite('absent/__init__.py'),
      inSite('absent/made.db'),
      inSite('absent/stripped.py'),
    ]);
  });

  it('is packed if it is a ghost that was made in a directory of modules, without a digest', async () => {
    const { entries } = await planOf(installed, { modules: ['python3-absent'] });
    const made = entries.filter(({ path }) => path.endsWith('/made.db'));
    assert.deepEqual(
      made.map(({ path }) => path),
      [inSite('absent/made.db')],
    );
    assert.ok(made[0]?.type === 'file' && made[0].source.kind === 'host');
    assert.equal(made[0].source.digest, undefined);
  });

  it('is an error otherwise, which names the file, its package and the remedy', async () => {
    await assert.rejects(pathsOf('python3-damaged'), (error) => {
      assert.ok(error instanceof RelopackError);
      assert.equal(error.code, 'file-missing');
      assert.match(
        error.message,
        /^\/usr\/lib\/python3\.9\/site-packages\/damaged\/lost\.py .*, although python3-damaged-1-1\.noarch installed it$/,
      );
      assert.match(error.remedy, /Reinstall python3-damaged, or leave the file out with --exclude/);
      return true;
    });
  });

  it('is not an error if it is left out', async () => {
    const paths = await pathsOf('python3-damaged', { globs: globs('-**/lost.py') });
    assert.ok(paths.includes(inSite('damaged/__init__.py')));
  });
});

describe('of a requested package', () => {
  const shared = ['share/two/table', inSite('two/README'), inSite('two/__init__.py')];
  const cases: { name: string; options?: Partial<PlanOptions>; also: string[]; not?: string[] }[] = [
    {
      name: 'the files in lib, lib64 and share are packed, without manuals, tests and files for another Python',
      also: [],
    },
    {
      name: 'tests and the files beside them are packed on request',
      options: { tests: true },
      also: [inSite('two/test/data'), inSite('two/test/test_two.py')],
    },
    {
      name: 'included files are packed',
      options: { globs: globs('+bin/two +etc/**') },
      also: ['bin/two', 'etc/two.conf'],
    },
    {
      name: 'manuals and files for another Python are packed if they are included',
      options: { globs: globs('+share/man/** +lib/python3.12/**') },
      also: ['lib/python3.12/site-packages/two/__init__.py', 'share/man/man1/two.1'],
    },
    {
      name: 'excluded files are not packed',
      options: { globs: globs('-share/**') },
      also: [],
      not: ['share/two/table'],
    },
    {
      name: 'files that are excluded after an include are not packed',
      options: { globs: globs('+bin/* -bin/two') },
      also: [],
    },
    {
      name: 'files that are included after an exclude are packed',
      options: { globs: globs('-**/two/** +share/**/table') },
      also: [],
      not: [inSite('two/__init__.py'), inSite('two/README')],
    },
  ];
  for (const { name, options = {}, also, not = [] } of cases) {
    it(name, async () => {
      const paths = await pathsOf('python3-two', options);
      const own = paths.filter((path) => /\btwo\b/.test(path) && !path.includes('dist-info'));
      const expected = [...shared.filter((path) => !not.includes(path)), ...also];
      // The exclude `**/two/**` also matches share/two/table, and the later include adds that again.
      assert.deepEqual(own.sort(), expected.sort());
    });
  }
});

describe('of a package with one needed library', () => {
  async function own(words?: string) {
    const { entries } = await planOf(installed, {
      modules: ['python3-native'],
      ...(words === undefined ? {} : { globs: globs(words) }),
    });
    return entries.filter(({ package: pkg }) => /^lib[ab]-/.test(pkg ?? ''));
  }

  it('only that library is packed', async () => {
    assert.deepEqual(
      (await own()).map(({ path }) => path),
      ['lib64/liba.so.1'],
    );
  });

  it('included files are packed too, with the libraries that they need', async () => {
    assert.deepEqual(
      (await own('+lib64/liba/** +share/liba/*')).map(({ path, reason }) => [path, explain(reason)]),
      [
        ['lib64/liba.so.1', 'liba.so.1 needed by /usr/lib64/python3.9/site-packages/native.so'],
        ['lib64/liba/plugin.so', 'included by lib64/liba/**'],
        ['lib64/libb.so.1', 'libb.so.1 needed by /usr/lib64/liba/plugin.so'],
        ['share/liba/table', 'included by share/liba/*'],
      ],
    );
  });

  it('nothing is packed if the library is excluded', async () => {
    assert.deepEqual(await own('-lib64/liba.so.1'), []);
  });
});

describe('a package without Python files', () => {
  it('can be requested: its files in lib, lib64 and share are packed, and the libraries that they need', async () => {
    const paths = (await pathsOf('liba')).filter((path) => /lib[ab]/.test(path));
    assert.deepEqual(paths, [
      'lib64/liba.so.1',
      'lib64/liba/plugin.so',
      'lib64/libb.so.1',
      'share/liba/table',
    ]);
  });
});

describe('a file that no package owns', () => {
  const silent = { stage: () => {}, done: () => {} };
  const options = () => ({ ...standard, modules: ['python3-unowned'], root: host.root, strict: false });

  it('is packed with a warning; a link to a file of a package is packed without one', async () => {
    const warned: Message[] = [];
    const { plan } = await planHost(options(), { ...silent, warn: (message) => warned.push(message) });
    assert.deepEqual(warned, [
      '/usr/local/lib64/libunowned.so.1 belongs to no RPM package; it is packed as it is',
    ]);
    const found = plan.entries.filter(({ path }) => /unowned\.so\.1|alternative/.test(path));
    assert.deepEqual(
      found.map(({ path, type }) => [path, type]),
      [
        ['host/usr/local/lib64/libunowned.so.1', 'file'],
        ['lib64/alternative/libalternative.so.1', 'file'],
        ['lib64/libalternative.so.1', 'symlink'],
      ],
    );
  });

  it('is an error with --strict', async () => {
    await assert.rejects(planHost({ ...options(), strict: true }, { ...silent, warn: () => {} }), (error) => {
      assert.ok(error instanceof RelopackError);
      assert.equal(
        error.message,
        '/usr/local/lib64/libunowned.so.1 belongs to no RPM package; it is packed as it is',
      );
      return true;
    });
  });
});
