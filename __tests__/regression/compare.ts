/**
 * Compares a packed Python with the installed one, by CPython's own regression tests:
 * `node __tests__/regression/compare.ts [TEST…]`.
 *
 * Runs the tests with the test host's Python as it is installed there. Then runs them with the same Python, packed and
 * moved to a Debian 11 with an older glibc. Without arguments it runs all tests (half an hour to an hour). Prints the
 * differences. The exit code is 1 if a test passes on the host and fails after the move.
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
    console.log(`${name}: passes after the move when it is run again`);
  for (const name of worse)
    console.log(`${name}: passed as installed, ${moved.get(name) ?? 'not run'} after the move`);
  process.exitCode = worse.length === 0 ? 0 : 1;
} finally {
  packed.remove();
}

function summary(outcomes: Outcomes): string {
  const counts = new Map<string, number>();
  for (const outcome of outcomes.values()) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  return [...counts].map(([outcome, count]) => `${count} ${outcome}`).join(', ');
}
