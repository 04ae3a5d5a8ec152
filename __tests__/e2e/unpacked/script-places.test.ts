import assert from 'node:assert/strict';
import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { type PackedTree, packTree } from '../../support/packed/packed.ts';
import { extendedHost } from '../../support/rpm-host/extended.ts';
import { type ForeignRoots, foreignRoots, type InRoot, inRoot } from '../../support/rpm-host/targets.ts';
import { scratch } from '../../support/scratch.ts';

const place = '/opt/my python';
const site = 'usr/lib/python3.11/site-packages/places';
const inTree = `${place}/lib/python3.11/site-packages/places`;

/** Prints how it was started, and where its modules come from. */
const body = `import json, os, sys
comm = open("/proc/self/comm").read().strip()
variables = [name for name in os.environ if name.startswith(("RELOPACK", "relopack"))]
print(json.dumps([sys.argv, sys.executable, sys.prefix, sys.path[0], comm, os.environ.get("A"), variables]))
`;

/** The lines of a shell that writes a file. */
const write = (path: string, text: string, mode = '755') => [
  `mkdir -p "$(dirname ${path})"`,
  `cat >${path} <<'END OF FILE'`,
  ...text.replace(/\n$/, '').split('\n'),
  'END OF FILE',
  `chmod ${mode} ${path}`,
];

interface Case {
  name: string;
  argv: string[];
  /** sys.argv[0], and sys.path[0]. */
  argv0?: string;
  path0: string;
  comm?: string;
  a?: string;
  options?: InRoot;
}

const cases: Case[] = [
  { name: 'a module', argv: [`${inTree}/main.py`], path0: inTree },
  { name: 'a module with code in its second line', argv: [`${inTree}/second.py`], path0: inTree },
  {
    name: 'in libexec, by env and with a variable',
    argv: [`${place}/libexec/places/run`],
    path0: `${place}/libexec/places`,
    a: '1',
  },
  { name: 'in share', argv: [`${place}/share/places/app.py`], path0: `${place}/share/places` },
  { name: 'by a link in bin', argv: [`${place}/bin/places`], path0: `${place}/share/places` },
  { name: 'by a link to a link in bin', argv: [`${place}/bin/places-link`], path0: `${place}/share/places` },
  { name: 'through a link outside the tree', argv: ['/work/link'], path0: `${place}/share/places` },
  { name: 'through a link to its directory', argv: ['/work/folder/app.py'], path0: `${place}/share/places` },
  {
    name: 'by a relative path',
    argv: ['./app.py'],
    path0: `${place}/share/places`,
    options: { cwd: `${place}/share/places` },
  },
  {
    name: 'through PATH',
    argv: ['places'],
    argv0: `${place}/bin/places`,
    path0: `${place}/share/places`,
    options: { env: { PATH: `/usr/bin:/bin:${place}/bin` } },
  },
  { name: 'in sbin', argv: [`${place}/bin/places-sbin`], path0: `${place}/bin` },
  {
    name: 'by a script for sh with its path',
    argv: [`${place}/bin/wrapped`],
    argv0: `${place}/share/places/app.py`,
    path0: `${place}/share/places`,
    a: `${place}/share/places`,
  },
  {
    name: 'by a script for sh with its module',
    argv: [`${place}/bin/wrapped-module`],
    argv0: `${inTree}/__main__.py`,
    path0: '/',
  },
];

describe('Python scripts of a packed package', () => {
  let packed: PackedTree;
  let roots: ForeignRoots;
  let work: string;

  before(async () => {
    roots = await foreignRoots();
    const script = (line: string) => `${line}\n\n${body}`;
    const host = await extendedHost([
      {
        name: 'python3-places',
        requires: ['python(abi) = 3.11'],
        install: [
          ...write(`${site}/__init__.py`, '', '644'),
          ...write(`${site}/__main__.py`, body, '644'),
          ...write(`${site}/main.py`, script('#!/usr/bin/python3 -s')),
          ...write(`${site}/second.py`, `#!/usr/bin/python3\n${body}`),
          ...write('usr/libexec/places/run', script('#!/usr/bin/env -S A=1 python3 -s')),
          ...write('usr/share/places/app.py', script('#!/usr/bin/env python3')),
          ...write('usr/share/places/plain.py', '#!/usr/bin/python3\n', '644'),
          ...write('usr/sbin/places-sbin', script('#!/usr/bin/python3.11')),
          ...write(
            'usr/bin/wrapped',
            '#!/bin/bash\nset -e\nexport A=/usr/share/places\nexec /usr/bin/python3 /usr/share/places/app.py "$@"\n',
          ),
          ...write('usr/bin/wrapped-module', '#!/bin/sh\npython3 -m places "$@"\n'),
          'ln -s ../share/places/app.py usr/bin/places',
          'ln -s places usr/bin/places-link',
          // Bytecode, as rpmbuild of a distribution makes it.
          `find usr -exec touch --date=@1600000000 {} +`,
          `cd ${site}`,
          "python3 -c \"import compileall; compileall.compile_dir('.', quiet=1, stripdir='.', prependdir='/x')\"",
        ],
        files: [`/${site}`, '/usr/bin/*', '/usr/sbin/*', '/usr/libexec/places', '/usr/share/places'],
      },
    ]);
    packed = await packTree(['python3-places'], ['--prefix', 'py'], host);
    work = scratch('work-');
    symlinkSync(`${place}/bin/places`, join(work, 'link'));
    symlinkSync(`${place}/share/places`, join(work, 'folder'));
  });
  after(() => packed?.remove());

  const enter = async (root: keyof ForeignRoots, argv: string[], options: InRoot = {}) => {
    const { code, stdout, stderr } = await inRoot(roots[root], argv, {
      env: { PATH: '/usr/bin:/bin' },
      readOnly: { [packed.tree]: place, [work]: '/work' },
      ...options,
    });
    assert.equal(code, 0, stderr);
    return JSON.parse(stdout.toString());
  };

  for (const root of ['bullseye', 'bash', 'busybox'] as const) {
    for (const { name, argv, argv0 = argv[0], path0, a = null, options } of cases) {
      test(`one starts ${name}, in ${root}`, async () => {
        const found = await enter(root, [...argv, 'two words', ''], options);
        const python = `${place}/bin/python3`;
        assert.deepEqual(found, [[argv0, 'two words', ''], python, place, path0, 'python3', a, []]);
      });
    }

    test(`one starts for another user, in ${root}`, async () => {
      const change = `import os; os.setgid(1); os.setuid(1); os.execv("${place}/bin/places", ["another name", "x"])`;
      const [argv, executable] = await enter(root, [`${place}/bin/python3`, '-c', change]);
      assert.deepEqual([argv, executable], [[`${place}/bin/places`, 'x'], `${place}/bin/python3`]);
    });
  }

  test('has the bytecode of its relocated source, if its lines have the same numbers', async () => {
    const script = `import importlib.util, json, sys
names = ["places.main", "places.second", "places"]
def state(name):
    spec = importlib.util.find_spec(name)
    try: head = open(spec.cached, "rb").read(16)
    except FileNotFoundError: return "none"
    return head[8:] == importlib.util.source_hash(open(spec.origin, "rb").read()) and head[4]
print(json.dumps([state(name) for name in names]))`;
    assert.deepEqual(await enter('bullseye', [`${place}/bin/python3`, '-c', script]), [3, 'none', 3]);
  });

  test('that is not executable keeps its first line', () => {
    assert.match(
      readFileSync(join(packed.tree, 'share/places/plain.py'), 'latin1'),
      /^#!\/usr\/bin\/python3\n/,
    );
  });
});
