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
  host = makeHost(directory, packages);
  for (const path of [
    'absent/optional.cfg',
    'absent/__pycache__/stripped.cpython-39.pyc',
    'damaged/lost.py',
  ]) {
    rmSync(join(host.root, site, path));
  }
  const linker = new Linker(join(directory, 'more'));
  place(host.root, '/usr/local/lib64/libunowned.so.1', { elf: { soname: 'libunowned.so.1' } }, linker);
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

function pathsOf(word: string, options: Partial<PlanOptions> = {}): string[] {
  return planOf(installed, { modules: [word], ...options }).entries.map(({ path }) => path);
}

describe('a file that the database lists and the disk lacks', () => {
  it('is passed over where it is a ghost, may be missing, or is bytecode', () => {
    const paths = pathsOf('python3-absent').filter((path) => path.includes('/absent/'));
    assert.deepEqual(paths, [inSite('absent/__init__.py'), inSite('absent/stripped.py')]);
  });

  it('is an error else, which names it, its package and what to do', () => {
    assert.throws(
      () => pathsOf('python3-damaged'),
      (error) => {
        assert.ok(error instanceof RelopackError);
        assert.equal(error.code, 'file-missing');
        assert.match(
          error.message,
          /^\/usr\/lib\/python3\.9\/site-packages\/damaged\/lost\.py .* python3-damaged-1-1\.noarch$/,
        );
        assert.match(error.remedy, /Install python3-damaged again, or leave the file out with --exclude/);
        return true;
      },
    );
  });

  it('is no error where it is left out', () => {
    assert.ok(
      pathsOf('python3-damaged', { globs: globs('-**/lost.py') }).includes(inSite('damaged/__init__.py')),
    );
  });
});

describe('of a package', () => {
  const shared = ['share/two/table', inSite('two/__init__.py')];
  const cases: { name: string; options?: Partial<PlanOptions>; also: string[]; not?: string[] }[] = [
    {
      name: 'go in what is in lib, lib64 and share, no documentation, no tests, nothing for another Python',
      also: [],
    },
    {
      name: 'go in tests, and what is beside them, if they are asked for',
      options: { tests: true },
      also: [inSite('two/test/data'), inSite('two/test/test_two.py')],
    },
    {
      name: 'goes in what is included',
      options: { globs: globs('+bin/two +etc/**') },
      also: ['bin/two', 'etc/two.conf'],
    },
    {
      name: 'go in documentation and what is for another Python if they are included',
      options: { globs: globs('+**/README +share/man/** +lib/python3.12/**') },
      also: [inSite('two/README'), 'lib/python3.12/site-packages/two/__init__.py', 'share/man/man1/two.1'],
    },
    {
      name: 'stays out what is excluded',
      options: { globs: globs('-share/**') },
      also: [],
      not: ['share/two/table'],
    },
    {
      name: 'stays out what is excluded after it was included',
      options: { globs: globs('+bin/* -bin/two') },
      also: [],
    },
    {
      name: 'goes in what is included after it was excluded',
      options: { globs: globs('-**/two/** +share/**/table') },
      also: [],
      not: [inSite('two/__init__.py')],
    },
  ];
  for (const { name, options = {}, also, not = [] } of cases) {
    it(name, () => {
      const own = pathsOf('python3-two', options).filter(
        (path) => /\btwo\b/.test(path) && !path.includes('dist-info'),
      );
      const expected = [...shared.filter((path) => !not.includes(path)), ...also];
      // What is excluded with `**/two/**` takes share/two/table with it, and the later include brings it back.
      assert.deepEqual(own.sort(), expected.sort());
    });
  }
});

describe('of a package that is in for one library', () => {
  const own = (words?: string) =>
    planOf(installed, {
      modules: ['python3-native'],
      ...(words === undefined ? {} : { globs: globs(words) }),
    }).entries.filter(({ package: pkg }) => /^lib[ab]-/.test(pkg ?? ''));

  it('goes in that library alone', () => {
    assert.deepEqual(
      own().map(({ path }) => path),
      ['lib64/liba.so.1'],
    );
  });

  it('goes in what is included, with the libraries that it needs, and the reason', () => {
    assert.deepEqual(
      own('+lib64/liba/** +share/liba/*').map(({ path, reason }) => [path, explain(reason)]),
      [
        ['lib64/liba.so.1', 'liba.so.1 needed by /usr/lib64/python3.9/site-packages/native.so'],
        ['lib64/liba/plugin.so', 'included by lib64/liba/**'],
        ['lib64/libb.so.1', 'libb.so.1 needed by /usr/lib64/liba/plugin.so'],
        ['share/liba/table', 'included by share/liba/*'],
      ],
    );
  });

  it('goes in nothing where the library is excluded', () => {
    assert.deepEqual(own('-lib64/liba.so.1'), []);
  });
});

describe('a package that is not Python’s', () => {
  it('may be asked for: its files in lib, lib64 and share go in, and what they need', () => {
    const paths = pathsOf('liba').filter((path) => /lib[ab]/.test(path));
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

  it('goes in with a warning; a link of nobody’s to a file of a package goes in without', async () => {
    const warned: Message[] = [];
    const { plan } = await planHost(options(), { ...silent, warn: (message) => warned.push(message) });
    assert.deepEqual(warned, ['/usr/local/lib64/libunowned.so.1 is owned by no package']);
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
      assert.equal(error.message, '/usr/local/lib64/libunowned.so.1 is owned by no package');
      return true;
    });
  });
});
