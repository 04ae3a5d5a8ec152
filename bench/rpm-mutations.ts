/**
 * Damages an RPM database in random places, and reads it: `node bench/rpm-mutations.ts ROOT [--seed N] [--cases N]`.
 * ROOT contains an RPM host, and is not changed. relopack must refuse the database, warn, or read the same as before.
 *
 * Prints the outcomes and the time. Fails if a change was silent. A seed gives the same cases for the same database.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { mutated, type Outcome, randomFrom, Victim } from '../__tests__/support/rpm/mutations.ts';
import { openRoot } from '../src/host/root.ts';
import { findDatabase } from '../src/rpm/database/find.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seed: { type: 'string', default: '1' }, cases: { type: 'string', default: '400' } },
});
const [root] = positionals;
if (root === undefined) throw new Error('usage: node bench/rpm-mutations.ts ROOT [--seed N] [--cases N]');
const scratch = mkdtempSync(join(tmpdir(), 'relopack-mutations-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));

const database = await findDatabase(openRoot(root), undefined);
const victim = await Victim.of(root, database, join(scratch, 'database'));
const random = randomFrom(Number(values.seed));
const outcomes: Record<Outcome, number> = { refused: 0, warned: 0, unchanged: 0, 'silently changed': 0 };
const start = performance.now();
for (let index = 0; index < Number(values.cases); index += 1) {
  const bytes = mutated(victim.bytes, random);
  const outcome = await victim.outcome(bytes);
  outcomes[outcome] += 1;
  if (outcome !== 'silently changed') continue;
  const kept = join(tmpdir(), `relopack-mutation-${index}-${basename(database)}`);
  writeFileSync(kept, bytes);
  console.log(`case ${index} was not noticed: ${kept}`);
}
for (const [outcome, count] of Object.entries(outcomes))
  console.log(outcome.padEnd(20), `${count}`.padStart(6));
console.log(`${((performance.now() - start) / 1000).toFixed(0)} s`);
if (outcomes['silently changed'] > 0) process.exitCode = 1;
