import assert from 'node:assert/strict';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { describePlan } from '../../../src/manifest/manifest.ts';
import type { Plan } from '../../../src/plan/plan.ts';
import { Installed } from '../../../src/rpm/installed.ts';
import { makeHost, planOf } from '../../support/plan/host.ts';
import { realGlibc } from '../../support/plan/linker.ts';
import { base, module, python39 } from '../../support/plan/python.ts';
import { scratch } from '../../support/scratch.ts';

const { loader } = await realGlibc();

describe('an application whose data package requires the modules', () => {
  let plan: Plan;
  before(async () => {
    const program = { elf: { interpreter: loader, needed: ['libc.so.6'] } };
    const host = await makeHost(join(scratch(), 'host'), [
      ...base(),
      ...python39(),
      {
        name: 'chainapp',
        noarch: true,
        requires: ['chainapp-common', 'chaintool', '/usr/bin/python3'],
        files: { '/usr/bin/chainapp': { text: '#!/usr/bin/python3 -s\nimport chainmain\n', mode: 0o755 } },
      },
      {
        name: 'chainapp-common',
        noarch: true,
        requires: ['python3-chainlib'],
        files: {
          '/usr/share/chainapp/chainmain.py': { text: 'import chainlib\n' },
          '/usr/share/doc/chainapp/README': { text: 'Read me.\n', as: '%doc' },
        },
      },
      module('chainlib', '3.9'),
      { name: 'chaintool', requires: ['python3-toollib'], files: { '/usr/bin/chaintool': program } },
      module('toollib', '3.9'),
    ]);
    const { root, packages } = await host.read();
    // rpmbuild has made all of them from one source.
    const apart = packages.map((pkg) => ({ ...pkg, sourceRpm: `${pkg.name}-1-1.src.rpm` }));
    plan = await planOf(new Installed(root, apart), { modules: ['chainapp'] });
  });

  it('is packed with the data and the modules, and not with other programs', () => {
    const site = 'lib/python3.9/site-packages';
    const paths = plan.entries.map(({ path }) => path).filter((path) => /chain|toollib/.test(path));
    assert.deepEqual(paths, [
      'bin/chainapp',
      `${site}/chainlib-1.0.dist-info/METADATA`,
      `${site}/chainlib/__init__.py`,
      `${site}/toollib-1.0.dist-info/METADATA`,
      `${site}/toollib/__init__.py`,
      'share/chainapp/chainmain.py',
    ]);
  });

  it('shows the chain as the reason of each package, in the plan and in the manifest', () => {
    const { packages } = describePlan(plan, new Map());
    const reasons = packages
      .filter(({ name }) => /chain|toollib/.test(name))
      .map(({ name, reason }) => [name, reason]);
    assert.deepEqual(reasons, [
      ['chainapp', 'requested as chainapp'],
      ['chainapp-common', 'required by chainapp-1-1.noarch (chainapp-common)'],
      ['python3-chainlib', 'required by chainapp-common-1-1.noarch (python3-chainlib)'],
      ['python3-toollib', 'required by chainapp-1-1.noarch → chaintool (python3-toollib)'],
    ]);
  });

  it('lists the program in between among the packages that are left out', () => {
    assert.deepEqual(
      plan.leftOut.map(({ chain }) => chain.join(' → ')).filter((chain) => chain.includes('chaintool')),
      ['chainapp → chaintool'],
    );
  });
});
