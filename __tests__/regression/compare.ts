/**
 * CPython's own regression tests as the judge: `node __tests__/regression/compare.ts [TEST…]` runs them by the test
 * host's Python as it is installed there, and by the same Python packed and moved to a Debian 11 with an older glibc;
 * all of them (half an hour to an hour) where none is named. Prints what differs; exit code 1 where something that passes
 * on the host does not pass moved.
 */

import { packTree } from '../support/packed/packed.ts';
import { rpmHost } from '../support/rpm-host/build.ts';
import { foreignRoots } from '../support/rpm-host/targets.ts';
import { again, type Outcomes, regressions, runMoved, runSuite } from './suite.ts';

const tests = process.argv.slice(2);
const host = await rpmHost();
const { bullseye } = await foreignRoots();
const packed = await packTree(['python3-test', 'numpy'], ['--tests', '--no-verify']);
try {
  const installed = await runSuite(host.root, '/usr/bin/python3', tests);
  console.log(`as installed: ${summary(installed)}`);
  const run = (files: readonly string[]) => runMoved(bullseye, packed.tree, files);
  const once = await run(tests);
  const moved = await again(installed, once, run);
  console.log(`moved:        ${summary(moved)}`);
  const worse = regressions(installed, moved);
  for (const name of regressions(installed, once).filter((name) => !worse.includes(name)))
    console.log(`${name}: passes moved when it is run again`);
  for (const name of worse)
    console.log(`${name}: passes as installed, ${moved.get(name) ?? 'not run'} moved`);
  process.exitCode = worse.length === 0 ? 0 : 1;
} finally {
  packed.remove();
}

function summary(outcomes: Outcomes): string {
  const counts = new Map<string, number>();
  for (const outcome of outcomes.values()) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  return [...counts].map(([outcome, count]) => `${count} ${outcome}`).join(', ');
}
