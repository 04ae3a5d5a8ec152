import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { before, describe, it } from 'node:test';
import type { PlanOptions } from '../../src/plan/plan.ts';
import type { Installed } from '../../src/rpm/installed.ts';
import { makeHost, planOf, remarksOf } from '../support/plan/host.ts';
import { base, module, python39 } from '../support/plan/python.ts';
import { scratch } from '../support/scratch.ts';

const site = '/usr/lib/python3.9/site-packages';
const own = `${site}/app`;

let installed: Installed;
before(async () => {
  const host = await makeHost(scratch(), [
    ...base(),
    ...python39(),
    module('app', '3.9', {
      files: {
        [`${own}/tests/test_app.py`]: { text: '' },
        [`${own}/libapp.a`]: { text: '' },
        [`${own}/table.csv`]: { text: '' },
        [`${own}/fast.opt-1.pyc`]: { text: '' },
        [`${own}/nowhere`]: { link: '/gone' },
        '/usr/share/app/tests/test_share.py': { text: '' },
      },
    }),
    module('plugin', '3.9', { files: { [`${own}/plugins/other.py`]: { text: '' } } }),
    module('clean', '3.9'),
  ]);
  for (const path of ['plugins/local.py', '__pycache__/local.cpython-39.pyc']) {
    mkdirSync(dirname(join(host.root, own, path)), { recursive: true });
    writeFileSync(join(host.root, own, path), '');
  }
  mkdirSync(join(host.root, own, 'spool'));
  symlinkSync('table.csv', join(host.root, own, 'local.csv'));
  installed = await host.read();
});

/** The files of the module that are not packed, with the reasons. */
async function left(options: Partial<PlanOptions> = {}): Promise<Record<string, string>> {
  const plan = await planOf(installed, { modules: ['python3-app'], ...options });
  const place = `${own.slice('/usr/'.length)}/`;
  const rows = plan.notPacked.filter(({ path }) => path.startsWith(place));
  assert.equal(rows.length, plan.notPacked.length);
  return Object.fromEntries(rows.map(({ path, reason }) => [path.slice(place.length), reason]));
}

describe('the list of files that are not packed', () => {
  it('has all that is in the directory of a packed module, with the reasons', async () => {
    assert.deepEqual(await left(), {
      '__pycache__/local.cpython-39.pyc': 'belongs to no RPM package',
      'fast.opt-1.pyc': 'bytecode for -O',
      'libapp.a': 'not used at run time',
      'local.csv': 'belongs to no RPM package',
      nowhere: 'a link that leads to nothing packed',
      'plugins/local.py': 'belongs to no RPM package',
      'plugins/other.py': 'belongs to python3-plugin, which is not requested',
      spool: 'belongs to no RPM package',
      'tests/test_app.py': 'a test',
    });
  });

  it('names the glob that excludes a file', async () => {
    const globs = [{ kind: 'exclude' as const, pattern: '**/*.csv' }];
    assert.equal((await left({ globs }))['table.csv'], 'excluded by **/*.csv');
  });

  it('has no file that is packed by an option', async () => {
    const found = await left({ tests: true, globs: [{ kind: 'include', pattern: '**/libapp.a' }] });
    assert.deepEqual(
      ['tests/test_app.py', 'libapp.a', 'table.csv'].filter((path) => path in found),
      [],
    );
  });

  it('is empty for a module whose files are all packed', async () => {
    assert.deepEqual((await planOf(installed, { modules: ['python3-clean'] })).notPacked, []);
  });
});

describe('a remark', () => {
  const about = async (word: string) =>
    remarksOf(await planOf(installed, { modules: [word] })).filter((text) => text.startsWith('not packed'));

  it('names the files that no package owns, except bytecode', async () => {
    const place = own.slice('/usr/'.length);
    assert.deepEqual(await about('python3-app'), [
      `not packed, although in the directory of a packed module, as no RPM package owns it: ${place}/local.csv; ${place}/plugins/local.py; ${place}/spool`,
    ]);
  });

  it('is not made for a module without such files', async () =>
    assert.deepEqual(await about('python3-clean'), []));
});
