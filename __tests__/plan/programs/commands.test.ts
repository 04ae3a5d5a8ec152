import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import type { PlanOptions } from '../../../src/plan/plan.ts';
import type { Installed } from '../../../src/rpm/installed.ts';
import { makeHost, planOf, remarksOf } from '../../support/plan/host.ts';
import { base, loaderName, module, python39 } from '../../support/plan/python.ts';
import { scratch } from '../../support/scratch.ts';

const site = 'lib/python3.9/site-packages';
const elf = { needed: ['libc.so.6'], interpreter: `/lib64/${loaderName}` };
const script = (line: string) => ({ text: `#!${line}\n`, mode: 0o755 });

let installed: Installed;
before(async () => {
  const host = await makeHost(scratch(), [
    ...base(),
    ...python39(),
    module('app', '3.9', {
      noarch: false,
      files: {
        '/usr/bin/app': script('/usr/bin/python3'),
        '/usr/bin/app-elf': { elf },
        '/usr/bin/app-perl': script('/usr/bin/perl -w'),
        '/usr/bin/app-node': script('/usr/bin/env node'),
        '/usr/bin/app-old': script('/usr/bin/python2'),
        '/usr/bin/app-gone': { link: '../share/app/gone' },
        '/usr/bin/app-sh': { text: '#!/bin/sh\nexec /usr/bin/python3 /usr/share/other.py\n', mode: 0o755 },
        '/usr/sbin/app-text': { text: 'text', mode: 0o755 },
        '/usr/local/bin/app-local': script('/usr/bin/python3'),
        '/usr/share/app/run.sh': script('/bin/sh'),
        '/usr/share/app/run.bash': script('/bin/bash'),
        '/usr/share/app/data.bash': { text: '#!/bin/bash\n' },
        [`/usr/${site}/app/helper`]: { elf },
        [`/usr/${site}/app/sample`]: { elf, mode: 0o644 },
        '/usr/libexec/app/helper': { elf },
      },
      requires: ['python3-other'],
    }),
    module('other', '3.9', {
      noarch: false,
      files: {
        '/usr/bin/other-perl': script('/usr/bin/perl'),
        '/usr/bin/other-elf': { elf },
        [`/usr/${site}/other/tool`]: script('/usr/bin/perl'),
      },
    }),
  ]);
  installed = await host.read();
});

const remarks = async (options: Partial<PlanOptions> = {}) =>
  remarksOf(await planOf(installed, { modules: ['python3-app'], ...options })).filter((remark) =>
    /command|script/.test(remark),
  );

describe('the commands of packages', () => {
  const foreign = [
    'python3-app: scripts that need an interpreter of the machine: share/app/run.bash (bash)',
    `python3-other: scripts that need an interpreter of the machine: ${site}/other/tool (perl)`,
  ];

  test('are named if they are not packed, for requested packages, with the reasons', async () => {
    assert.deepEqual(await remarks(), [
      'python3-app: commands that are not packed: /usr/bin/app-gone (a link that leads to nothing), ' +
        '/usr/bin/app-node (a script for node), /usr/bin/app-old (a script for python2), ' +
        '/usr/bin/app-perl (a script for perl), /usr/bin/app-sh (a script for sh that starts something that is not packed), and 2 more',
      ...foreign,
    ]);
  });

  test('are not named if the user left them out, or all scripts', async () => {
    assert.deepEqual(await remarks({ scripts: false }), foreign);
    const globs = ['bin/app-*', 'host/**'].map((pattern) => ({ kind: 'exclude', pattern }) as const);
    assert.deepEqual(await remarks({ globs }), foreign);
  });

  test('are packed with their programs, if their package was requested', async () => {
    const { entries } = await planOf(installed, { modules: ['python3-app'] });
    const moved = entries.filter(({ path }) => path.startsWith('libexec/programs/')).map(({ path }) => path);
    const expected = ['bin/app-elf', `${site}/app/helper`, 'libexec/app/helper'];
    assert.deepEqual(
      moved,
      expected.map((path) => `libexec/programs/${path}`),
    );
    for (const path of expected) {
      const launcher = entries.find((entry) => entry.path === path);
      assert.ok(launcher?.type === 'file' && launcher.source.kind === 'made');
      assert.match(launcher.package ?? '', /^python3-app-/);
    }
  });
});
