import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import type { Entry } from '../../../src/plan/entry.ts';
import { type MadePackage, makeHost, planOf } from '../../support/plan/host.ts';
import { base, module, python39 } from '../../support/plan/python.ts';
import { scratch } from '../../support/scratch.ts';

const site = '/usr/lib/python3.9/site-packages';
const own = '/usr/share/licenses';

const packages: MadePackage[] = [
  ...base(),
  ...python39(),
  module('flagged', '3.9', {
    requires: ['python3-other'],
    files: {
      [`${site}/flagged/COPYING.txt`]: { text: 'in place\n', as: '%license' },
      [`${own}/python3-flagged/LICENSE`]: { text: 'text\n', as: '%license' },
      [`${own}/python3-flagged/sub/NOTICE`]: { text: 'notice\n' },
      [`${own}/python3-flagged/lost`]: { text: '' },
      '/opt/share/licenses/collection/COPYING': { text: 'of a collection\n' },
      '/usr/share/doc/python3-flagged/README': { text: 'no license\n', as: '%doc' },
    },
  }),
  module('other', '3.9', {
    files: {
      [`${own}/python3-other/LICENSE`]: { text: 'first\n', as: '%license' },
      [`${site}/other/LICENSE`]: { text: 'second\n', as: '%license' },
      [`${own}/python3-other/linked`]: { link: 'LICENSE' },
      [`${own}/python3-other/nowhere`]: { link: 'gone' },
    },
  }),
  {
    name: 'liba',
    files: {
      '/usr/lib64/liba.so.1': { elf: { soname: 'liba.so.1' } },
      [`${own}/liba-common/COPYING.LIB`]: { text: 'shared\n', as: '%license' },
    },
  },
  { name: 'python3-native', files: { [`${site}/native.so`]: { elf: { needed: ['liba.so.1'] } } } },
  { name: 'unrelated', files: { [`${own}/unrelated/LICENSE`]: { text: '', as: '%license' } } },
];

const directory = scratch();
let entries: Entry[];
before(async () => {
  const host = await makeHost(directory, packages);
  rmSync(join(host.root, own, 'python3-flagged/lost'));
  ({ entries } = await planOf(await host.read(), { modules: ['python3-flagged', 'python3-native'] }));
});

describe('the license texts', () => {
  it('of all packed packages are packed, also if only a library of the package is packed', () => {
    const found = entries.flatMap(({ path, reason, ...entry }) =>
      reason.kind === 'license' &&
      reason.from === undefined &&
      entry.type === 'file' &&
      entry.source.kind === 'host'
        ? [[path, entry.source.host]]
        : [],
    );
    assert.deepEqual(found, [
      ['licenses/liba/COPYING.LIB', `${own}/liba-common/COPYING.LIB`],
      ['licenses/python3-flagged/COPYING', '/opt/share/licenses/collection/COPYING'],
      ['licenses/python3-flagged/COPYING.txt', `${site}/flagged/COPYING.txt`],
      ['licenses/python3-flagged/LICENSE', `${own}/python3-flagged/LICENSE`],
      ['licenses/python3-flagged/sub/NOTICE', `${own}/python3-flagged/sub/NOTICE`],
      ['licenses/python3-other/LICENSE', `${own}/python3-other/LICENSE`],
      ['licenses/python3-other/linked', `${own}/python3-other/LICENSE`],
      [`licenses/python3-other${site}/other/LICENSE`, `${site}/other/LICENSE`],
    ]);
  });

  it('of another package from the same source package are packed for a package without any', () => {
    const entry = entries.find(({ path }) => path === 'licenses/python3-native/COPYING.LIB');
    assert.deepEqual(entry?.reason, { kind: 'license', from: 'liba-1-1.x86_64' });
    assert.match(entry?.package ?? '', /^python3-native-/);
  });

  it('can be read by every user', () => {
    assert.ok(entries.filter(({ reason }) => reason.kind === 'license').every(({ mode }) => mode === 0o644));
  });
});
