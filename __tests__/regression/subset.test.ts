import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { type PackedTree, packTree } from '../support/packed/packed.ts';
import { rpmHost } from '../support/rpm-host/build.ts';
import { cached, digest } from '../support/rpm-host/cache.ts';
import { foreignRoots } from '../support/rpm-host/targets.ts';
import { again, fileOf, type Outcomes, regressions, runMoved, runSuite, subset } from './suite.ts';

describe("CPython's own tests on a Debian 11 with an older glibc", () => {
  let packed: PackedTree;
  let installed: Outcomes;
  let moved: Outcomes;
  before(async () => {
    const host = await rpmHost();
    const { bullseye } = await foreignRoots();
    installed = await asInstalled(host.root);
    packed = await packTree(['python3-test'], ['--tests', '--no-verify']);
    const run = (tests: readonly string[]) => runMoved(bullseye, packed.tree, tests);
    moved = await again(installed, await run(subset), run);
  });
  after(() => packed?.remove());

  /** The outcomes on the host. They are kept until the host changes. */
  async function asInstalled(root: string): Promise<Outcomes> {
    const file = 'outcomes.json';
    const key = digest(basename(dirname(root)), ...subset);
    const folder = await cached('suite', key, async (made) => {
      writeFileSync(
        join(made, file),
        JSON.stringify([...(await runSuite(root, '/usr/bin/python3', subset))]),
      );
    });
    return new Map(JSON.parse(readFileSync(join(folder, file), 'utf8')));
  }

  for (const file of subset) {
    const of = (outcomes: Outcomes) => [...outcomes].filter(([name]) => fileOf(name) === file);

    test(`${file} passes every case that passes on the host`, () => {
      const cases = of(installed).filter(([, outcome]) => outcome === 'passed');
      assert.ok(cases.length > 0, 'none of its cases passes on the host');
      assert.deepEqual(regressions(new Map(cases), moved), []);
    });
  }
});
