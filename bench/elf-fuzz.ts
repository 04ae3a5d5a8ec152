/**
 * Passes hostile files to the ELF editors. Each case must be refused with a typed error or edited as promised, within a
 * second of processor time. Prints the outcomes, the slowest case and the memory. Fails if one case fails.
 *
 * `node bench/elf-fuzz.ts [--seed N] [--cases N] [--first N]`. A seed gives the same cases on every machine.
 * `--first N --cases 1` repeats one case.
 */
import { parseArgs } from 'node:util';
import { attack, hostile, type Outcome, victims } from '../__tests__/support/elf/fuzz.ts';

const maxMilliseconds = 1000;

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    cases: { type: 'string', default: '1000000' },
    first: { type: 'string', default: '0' },
  },
});
const [seed, cases, first] = [values.seed, values.cases, values.first].map(Number) as [
  number,
  number,
  number,
];
const from = victims();
const outcomes: Record<Outcome, number> = { refused: 0, edited: 0, 'left alone': 0 };
const failures: number[] = [];
let slowest = { milliseconds: 0, index: 0 };

const start = performance.now();
for (let index = first; index < first + cases; index++) {
  const bytes = hostile(seed, index, from);
  const began = process.cpuUsage();
  try {
    outcomes[attack(bytes)]++;
  } catch (error) {
    failures.push(index);
    if (failures.length <= 10) console.log(`--seed ${seed} --first ${index} --cases 1:`, error);
  }
  const { user, system } = process.cpuUsage(began);
  const milliseconds = (user + system) / 1000;
  if (milliseconds > slowest.milliseconds) slowest = { milliseconds, index };
}
const seconds = (performance.now() - start) / 1000;

console.log(`seed ${seed}: ${cases} cases from ${from.length} files in ${seconds.toFixed(0)} s`, outcomes);
console.log(
  `failures: ${failures.length}; the slowest case, ${slowest.index}: ${slowest.milliseconds.toFixed(0)} ms`,
);
console.log(`peak memory of this process: ${Math.round(process.resourceUsage().maxRSS / 1024)} MiB`);
if (failures.length > 0 || slowest.milliseconds > maxMilliseconds) process.exitCode = 1;
