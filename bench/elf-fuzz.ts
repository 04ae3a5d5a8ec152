/**
 * Feeds hostile files to the ELF editors: `node bench/elf-fuzz.ts [--seed N] [--cases N] [--first N]`. The cases follow
 * from the seed; `--first N --cases 1` repeats one alone. Prints what became of them, the slowest and the memory;
 * fails at a case that is neither refused by a typed error nor edited as promised, or takes more than a second of the processor.
 */
import { parseArgs } from 'node:util';
import { attack, hostile, type Outcome, victims } from '../__tests__/support/elf/fuzz.ts';

const slowest = 1000;

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
let longest = { milliseconds: 0, index: 0 };

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
  if (milliseconds > longest.milliseconds) longest = { milliseconds, index };
}
const seconds = (performance.now() - start) / 1000;

console.log(`seed ${seed}: ${cases} cases from ${from.length} files in ${seconds.toFixed(0)} s`, outcomes);
console.log(
  `failures: ${failures.length}; the slowest case, ${longest.index}: ${longest.milliseconds.toFixed(0)} ms`,
);
console.log(`peak memory of this process: ${Math.round(process.resourceUsage().maxRSS / 1024)} MiB`);
if (failures.length > 0 || longest.milliseconds > slowest) process.exitCode = 1;
