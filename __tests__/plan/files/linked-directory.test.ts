import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import type { PlanOptions } from '../../../src/plan/plan.ts';
import { explain } from '../../../src/plan/reason.ts';
import type { Installed } from '../../../src/rpm/installed.ts';
import { type MadePackage, makeHost, planOf } from '../../support/plan/host.ts';
import { base, module, python39 } from '../../support/plan/python.ts';
import { scratch } from '../../support/scratch.ts';

const site = '/usr/lib/python3.9/site-packages';
const web = '/usr/share/javascript/jq';

const packages: MadePackage[] = [
  ...base(),
  ...python39(),
  {
    name: 'js-jq',
    files: {
      [`${web}/3/jq.js`]: { text: 'js\n' },
      [`${web}/3/plugins`]: { directory: true },
      [`${web}/latest`]: { link: '3' },
      [`${web}/jq.js`]: { link: '3/jq.js' },
      [`${web}/up`]: { link: '../..' },
      [`${web}/license`]: { link: '/var/lib/jq/license' },
      [`${web}/fast.so`]: { elf: { needed: ['libfast.so.1'] } },
      '/var/lib/jq/license': { text: 'license\n' },
      '/usr/lib64/libfast.so.1': { elf: { soname: 'libfast.so.1' } },
    },
  },
  module('web', '3.9', { files: { [`${site}/web/static`]: { link: web } } }),
  // One directory of two packages: one of them is packed, the other is not.
  { name: 'theme-other', files: { '/usr/share/theme/other.css': { text: '' } } },
  module('theme', '3.9', {
    files: {
      '/usr/share/theme/own.css': { text: '' },
      '/usr/share/theme/test/test_own.py': { text: '' },
      [`${site}/theme/static`]: { link: '/usr/share/theme' },
    },
  }),
  module('all', '3.9', {
    files: {
      [`${site}/all/share`]: { link: '/usr/share' },
      [`${site}/all/beside`]: { link: '..' },
    },
  }),
];

let installed: Installed;
before(async () => {
  const host = await makeHost(scratch(), packages);
  mkdirSync(join(host.root, 'usr/share/theme/local'));
  writeFileSync(join(host.root, 'usr/share/theme/local/more.css'), '');
  installed = await host.read();
});

/** The entries below a path of the archive, with the targets of links. */
async function below(word: string, place: string, options: Partial<PlanOptions> = {}): Promise<string[]> {
  const { entries } = await planOf(installed, { modules: [word], ...options });
  return entries
    .filter(({ path }) => path.startsWith(`${place}/`))
    .map((entry) => {
      const name = entry.path.slice(place.length + 1);
      return 'target' in entry
        ? `${name} → ${entry.target}`
        : `${name}${entry.type === 'directory' ? '/' : ''}`;
    });
}

describe('a directory that a link leads to', () => {
  it('is packed in its own place, with the links and the empty directories in it', async () => {
    assert.deepEqual(await below('python3-web', 'share/javascript/jq'), [
      '3/jq.js',
      '3/plugins/',
      'fast.so',
      'jq.js → 3/jq.js',
      'latest → 3',
      'license → ../../../host/var/lib/jq/license',
      'up → ../..',
    ]);
  });

  it('is packed with the libraries that its files need', async () => {
    assert.deepEqual(
      await below('python3-web', 'lib64').then((names) => names.filter((name) => /fast/.test(name))),
      ['libfast.so.1'],
    );
  });

  it('has the link as its reason', async () => {
    const { entries } = await planOf(installed, { modules: ['python3-web'] });
    const entry = entries.find(({ path }) => path === 'share/javascript/jq/3/jq.js');
    assert.equal(entry && explain(entry.reason), `${site}/web/static leads to it`);
    assert.match(entry?.package ?? '', /^js-jq-/);
  });

  it('is packed as a whole, if only one of the packages that share it is packed', async () => {
    assert.deepEqual(await below('python3-theme', 'share/theme'), ['local/more.css', 'other.css', 'own.css']);
  });

  it('is packed without excluded files', async () => {
    const globs = [{ kind: 'exclude' as const, pattern: '**/other.css' }];
    assert.deepEqual(await below('python3-theme', 'share/theme', { globs }), ['local/more.css', 'own.css']);
  });

  it('is not packed if it is shared by all packages, or contains the link', async () => {
    const names = await below('python3-all', 'lib/python3.9/site-packages');
    assert.deepEqual(
      names.filter((name) => !name.includes('dist-info')),
      ['all/__init__.py', 'all/beside → ..'],
    );
    assert.deepEqual(await below('python3-all', 'share'), []);
  });
});
