import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import type { Plan, PlanOptions } from '../../../src/plan/plan.ts';
import { explain } from '../../../src/plan/reason.ts';
import type { Installed } from '../../../src/rpm/installed.ts';
import { type Content, type MadePackage, makeHost, planOf } from '../../support/plan/host.ts';
import { base, module, python39 } from '../../support/plan/python.ts';
import { scratch } from '../../support/scratch.ts';

const site = '/usr/lib64/python3.9/site-packages';

/** A module with an extension that contains these texts. Its source package has the same name. */
function extension(name: string, strings: string[], more: Partial<MadePackage> = {}): MadePackage {
  return {
    source: name,
    ...more,
    name: `python3-${name}`,
    files: { [`${site}/${name}.so`]: { elf: { needed: ['libc.so.6'], strings } }, ...more.files },
  };
}

/** A package of files with a text. */
function data(name: string, files: string[], more: Partial<MadePackage> = {}): MadePackage {
  const texts = files.map((path): [string, Content] => [path, { text: `${path}\n` }]);
  return {
    name,
    source: name,
    noarch: true,
    ...more,
    files: { ...Object.fromEntries(texts), ...more.files },
  };
}

const packages: MadePackage[] = [
  ...base().map((pkg) =>
    pkg.name !== 'filesystem'
      ? pkg
      : {
          ...pkg,
          source: 'filesystem',
          files: {
            ...pkg.files,
            '/usr': { directory: true } satisfies Content,
            '/usr/share/icons': { directory: true } satisfies Content,
          },
        },
  ),
  ...python39(),
  extension(
    'magic',
    [
      'cannot open "/usr/share/magic/magic.db"',
      '/usr/share/magic/rules/%s.txt:/usr/share/nowhere',
      '/usr/share/more/more.db',
      '/usr/share/tool/tool.db',
      '/usr/share/beyond/beyond.db',
      '/usr/share/stranger/stranger.db',
      '/usr/share/icons',
      'x/usr/share/stranger',
      '/usr/bin/tool',
      'file:///usr/share/xml/catalog',
      '/usr/share/doc/magic/README',
    ],
    { requires: ['magic-data', 'filesystem'] },
  ),
  data(
    'magic-data',
    ['/usr/share/magic/magic.db', '/usr/share/magic/rules/one.txt', '/usr/share/xml/catalog'],
    {
      requires: ['more'],
      files: {
        '/usr/share/doc/magic/README': { as: '%doc', text: 'read me\n' },
        '/usr/share/icons/magic.png': { text: '' },
      },
    },
  ),
  data('more', ['/usr/share/more/more.db'], { requires: ['tool'] }),
  data('tool', ['/usr/share/tool/tool.db'], {
    requires: ['beyond'],
    files: { '/usr/bin/tool': { mode: 0o755, text: '#!/bin/sh\n' } },
  }),
  data('beyond', ['/usr/share/beyond/beyond.db']),
  data('stranger', ['/usr/share/stranger/stranger.db', '/usr/lib64/plug/other.so']),
  extension('plug', ['/usr/lib64/plug', '/usr/lib64/bare/plugins'], {
    files: {
      '/usr/lib64/plug/own.so': { elf: { needed: ['libplugneeds.so.1'] } },
      '/usr/lib64/plug/sub/README': { text: 'data\n' },
      '/usr/lib64/plug/static.a': { text: '' },
      '/usr/lib64/plug/script': { text: '#!/bin/sh\n', mode: 0o755 },
      '/usr/lib64/bare/plugins': { directory: true },
    },
  }),
  data('plug-extra', ['/usr/lib64/plug/extra.txt'], {
    source: 'plug',
    files: {
      '/usr/lib64/plug/helper': { text: '#!/bin/sh\n', mode: 0o755 },
      '/usr/lib64/plug/link': { link: '../../bin/tool' },
    },
  }),
  {
    name: 'plugneeds',
    source: 'plugneeds',
    files: {
      '/usr/lib64/libplugneeds.so.1': {
        elf: { soname: 'libplugneeds.so.1', strings: ['/usr/share/chain/c'] },
      },
    },
  },
  data('chain', ['/usr/share/chain/c'], { source: 'plugneeds' }),
  extension('conf', ['/etc/confapp/app.conf', '/etc/other.conf', '/etc/nsswitch.conf', '/etc/os-release'], {
    requires: ['other-conf'],
    files: { '/etc/confapp/app.conf': { text: 'a = 1\n' } },
  }),
  data('other-conf', ['/etc/other.conf', '/etc/nsswitch.conf']),
  extension('starter', ['helper', 'sub x'], { requires: ['helpers'] }),
  data('helpers', [], {
    files: Object.fromEntries(
      ['helper', 'sub', 'other', 'x'].map((name) => [`/usr/bin/${name}`, { mode: 0o755, text: '' }]),
    ),
  }),
  module('app', '3.9', {
    source: 'app',
    requires: ['app-data', 'helpers'],
    files: {
      '/usr/lib/python3.9/site-packages/app/__init__.py': {
        text: [
          '"""Reads "/usr/share/app/docstring.txt"."""',
          '# not "/usr/share/app/comment.txt"',
          'import os',
          "path = '/usr/share/app/single.txt'",
          'other = os.path.join("/usr/share", "app", "joined.txt")',
          'text = "see /usr/share/app/inside.txt"',
          "run(['helper'])",
          'sys.path.insert(0, "/usr/share/privateapp")',
          '',
        ].join('\n'),
      },
    },
  }),
  data(
    'app-data',
    ['docstring', 'comment', 'single', 'joined', 'inside'].map((name) => `/usr/share/app/${name}.txt`),
    { files: { '/usr/share/privateapp/private.py': { text: 'x = 1\n' } } },
  ),
];

let installed: Installed;
before(async () => {
  installed = await (await makeHost(scratch(), packages)).read();
});

async function planFor(module: string, options: Partial<PlanOptions> = {}): Promise<Plan> {
  return planOf(installed, { modules: [`python3-${module}`], ...options });
}

/** The files that are packed because they are named, with the names of those that name them. */
function named({ entries }: Plan): string[] {
  return entries
    .filter(({ reason }) => reason.kind === 'named' || reason.kind === 'needed')
    .filter(({ path }) => !/lib(?:c|python)/.test(path))
    .map(({ path, reason }) => `${path}: ${explain(reason)}`);
}

function rowOf({ named: paths }: Plan, path: string): string | undefined {
  const row = paths.find((one) => one.path === path);
  return row && [row.status, row.package?.name, row.why].filter(Boolean).join(', ');
}

describe('files that packed files name by absolute paths', () => {
  let magic: Plan;
  before(async () => {
    magic = await planFor('magic');
  });

  it('are packed if they belong to a package that is Required, also through packages that hold only data', () => {
    assert.deepEqual(
      named(magic),
      [
        'share/magic/magic.db',
        'share/magic/rules/one.txt',
        'share/more/more.db',
        'share/tool/tool.db',
        'share/xml/catalog',
      ].map((path) => `${path}: named in magic.so`),
    );
  });

  const reported = [
    ['are reported as packed', '/usr/share/magic/magic.db', 'packed, magic-data'],
    ['are reported as packed, as the directory of a format', '/usr/share/magic/rules', 'packed'],
    [
      'are reported as not packed, if the way leads through a program',
      '/usr/share/beyond/beyond.db',
      'not packed, beyond, no packed package Requires beyond for its data',
    ],
    [
      'are reported as not packed, if no package Requires theirs',
      '/usr/share/stranger/stranger.db',
      'not packed, stranger, no packed package Requires stranger for its data',
    ],
    [
      'are reported as not packed, as programs',
      '/usr/bin/tool',
      'not packed, tool, a program: the machine must have it, or name tool as a MODULE',
    ],
    [
      'are reported as not packed, as documentation',
      '/usr/share/doc/magic/README',
      'not packed, magic-data, not used at run time, or excluded',
    ],
    ['are not reported, if they do not exist', '/usr/share/nowhere', undefined],
    ['are not reported, if all packages share the directory', '/usr/share/icons', undefined],
    ['are not reported, if the path is a part of another one', '/usr/share/stranger', undefined],
  ] as const;
  for (const [sentence, path, expected] of reported)
    it(sentence, () => assert.equal(rowOf(magic, path), expected));

  it('are packed of a directory with all that is related, and with the libraries that these need', async () => {
    assert.deepEqual(named(await planFor('plug')), [
      'lib64/libplugneeds.so.1: libplugneeds.so.1 needed by /usr/lib64/plug/own.so',
      'lib64/plug/extra.txt: named in plug.so',
      'share/chain/c: named in libplugneeds.so.1',
    ]);
  });

  it('are read from the tree as a whole directory, even if it is empty', async () => {
    const { redirects } = await planFor('plug');
    assert.deepEqual(
      redirects.map(({ path, kind, archive }) => [path, kind, archive]),
      [
        ['/usr/lib64/bare/plugins', 'tree', 'lib64/bare/plugins'],
        ['/usr/lib64/plug', 'tree', 'lib64/plug'],
        ['/usr/share/chain/c', 'tree', 'share/chain/c'],
      ],
    );
  });

  it("in /etc are packed as a default if they are the application's own", async () => {
    const plan = await planFor('conf');
    assert.deepEqual(named(plan), ['etc/confapp/app.conf: named in conf.so']);
    assert.deepEqual(
      plan.redirects.map(({ path, kind, archive }) => [path, kind, archive]),
      [['/etc/confapp/app.conf', 'machine', 'etc/confapp/app.conf']],
    );
    assert.deepEqual(
      ['/etc/other.conf', '/etc/nsswitch.conf', '/etc/os-release'].map((path) => rowOf(plan, path)),
      [
        'not packed, other-conf, configuration of another package',
        'machine, other-conf, the users of the machine',
        'machine, filesystem, the identity of the machine',
      ],
    );
  });

  it('are found in Python sources, but not in docstrings, comments and sentences', async () => {
    const plan = await planFor('app');
    assert.deepEqual(
      named(plan),
      ['share/app/joined.txt', 'share/app/single.txt', 'share/privateapp/private.py'].map(
        (path) => `${path}: named in __init__.py`,
      ),
    );
    assert.deepEqual(
      plan.redirects.map(({ path }) => path),
      ['/usr/share/app/joined.txt', '/usr/share/app/single.txt', '/usr/share/privateapp'],
    );
  });

  it('are reported if they are programs of a Required package, without a directory', async () => {
    const why = 'a program: the machine must have it, or name helpers as a MODULE';
    for (const [name, programs] of Object.entries({ starter: ['helper', 'sub'], app: ['helper'] })) {
      const { named: paths } = await planFor(name);
      assert.deepEqual(
        paths.filter((row) => row.package?.name === 'helpers').map(({ path, why }) => [path, why]),
        programs.map((program) => [`/usr/bin/${program}`, why]),
      );
    }
  });

  it('are left out by --exclude, with their redirect', async () => {
    const globs = [{ kind: 'exclude', pattern: 'share/magic/**' }] as const;
    const plan = await planFor('magic', { globs });
    assert.deepEqual(
      named(plan).filter((line) => line.includes('/magic/')),
      [],
    );
    assert.equal(
      rowOf(plan, '/usr/share/magic/magic.db'),
      'not packed, magic-data, not used at run time, or excluded',
    );
    assert.deepEqual(
      plan.redirects.filter(({ path }) => path.includes('/magic')),
      [],
    );
  });
});
