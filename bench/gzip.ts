/**
 * Our gzip beside pigz, on the same cores and the same tar: `node bench/gzip.ts [DIRECTORY]`, of node_modules where
 * none is named. Prints medians and ratios; asserts nothing.
 */
import { createReadStream, createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { gzip } from '../src/archive/gzip.ts';
import { run } from '../src/command.ts';

const LEVEL = 6;
const ROUNDS = 5;

const directory = process.argv[2] ?? fileURLToPath(new URL('../node_modules', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'relopack-bench-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));
const input = join(scratch, 'tree.tar');
const ours = join(scratch, 'ours.gz');
const theirs = `${input}.gz`;

async function must(file: string, ...args: string[]): Promise<void> {
  const { code, stderr } = await run(file, args);
  if (code !== 0) throw new Error(`${file} ${args.join(' ')}: ${stderr}`);
}

async function milliseconds(job: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await job();
  return performance.now() - start;
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

await must('tar', '-cf', input, '-C', directory, '.');

const times = { ours: [] as number[], theirs: [] as number[] };
for (let round = 0; round < ROUNDS; round += 1) {
  const bytes: AsyncIterable<Buffer> = createReadStream(input, { highWaterMark: 2 ** 18 });
  times.ours.push(await milliseconds(() => pipeline(gzip(bytes, { level: LEVEL }), createWriteStream(ours))));
  times.theirs.push(await milliseconds(() => must('pigz', `-${LEVEL}`, '-n', '-k', '-f', '--', input)));
}
await must('pigz', '-t', '--', ours);

const [ourTime, theirTime] = [median(times.ours), median(times.theirs)];
const [ourSize, theirSize] = [statSync(ours).size, statSync(theirs).size];
const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`;
const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
const row = (name: string, us: string, them: string, ratio: number) =>
  console.log(name.padEnd(6), us.padStart(9), them.padStart(9), ratio.toFixed(3).padStart(7));

console.log(
  `${directory}: ${megabytes(statSync(input).size)}, ${availableParallelism()} cores, ${process.version}`,
);
console.log('            ours      pigz   ratio');
row('time', seconds(ourTime), seconds(theirTime), ourTime / theirTime);
row('size', megabytes(ourSize), megabytes(theirSize), ourSize / theirSize);
console.log(`peak memory of this process: ${Math.round(process.resourceUsage().maxRSS / 1024)} MiB`);
