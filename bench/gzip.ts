/**
 * Compares our gzip with pigz, on the same cores and the same tar: `node bench/gzip.ts [DIRECTORY]`. The default
 * directory is node_modules. Prints medians and ratios; asserts nothing.
 */
import { createReadStream, createWriteStream, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { must } from '../__tests__/support/run.ts';
import { scratch } from '../__tests__/support/scratch.ts';
import { gzip } from '../src/archive/gzip.ts';
import { megabytes } from '../src/common/format-bytes.ts';
import { medians, seconds } from './timing.ts';

const level = 6;
const rounds = 5;

const directory = process.argv[2] ?? fileURLToPath(new URL('../node_modules', import.meta.url));
const temporary = scratch();
const input = join(temporary, 'tree.tar');
const ours = join(temporary, 'ours.gz');
const theirs = `${input}.gz`;

await must('tar', ['-cf', input, '-C', directory, '.']);
const time = await medians(rounds, {
  ours: () => {
    const bytes: AsyncIterable<Buffer> = createReadStream(input, { highWaterMark: 2 ** 18 });
    return pipeline(gzip(bytes, { level }), createWriteStream(ours));
  },
  theirs: () => must('pigz', [`-${level}`, '-n', '-k', '-f', '--', input]),
});
await must('pigz', ['-t', '--', ours]);

const size = { ours: statSync(ours).size, theirs: statSync(theirs).size };
const row = (name: string, us: string, them: string, ratio: number) =>
  console.log(name.padEnd(6), us.padStart(9), them.padStart(9), ratio.toFixed(3).padStart(7));

console.log(
  `${directory}: ${megabytes(statSync(input).size)}, ${availableParallelism()} cores, ${process.version}`,
);
console.log('            ours      pigz   ratio');
row('time', seconds(time.ours), seconds(time.theirs), time.ours / time.theirs);
row('size', megabytes(size.ours), megabytes(size.theirs), size.ours / size.theirs);
console.log(`peak memory of this process: ${Math.round(process.resourceUsage().maxRSS / 1024)} MiB`);
