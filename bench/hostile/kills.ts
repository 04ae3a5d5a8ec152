/**
 * Kills `relopack pack` again and again, each time a little later, by SIGKILL, SIGTERM and SIGINT in turn:
 * `node bench/hostile/kills.ts [--kills 200] [--cli FILE] [MODULE…]`, on the test host. In every second run there is an
 * older archive. With `--small` it kills a process that only writes an archive, which needs no host.
 *
 * Prints what was left. Fails if an archive was half-made, if a checksum was of another archive, if a process was left, or
 * if the next run does not remove all temporary files.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { processesWith, type Remains, remainsOf } from '../../__tests__/support/archive/remains.ts';
import { hostArguments } from '../../__tests__/support/packed/packed.ts';
import { scratch } from '../../__tests__/support/scratch.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    kills: { type: 'string', default: '200' },
    small: { type: 'boolean', default: false },
    cli: { type: 'string', default: join(import.meta.dirname, '../../dist/cli.js') },
  },
});
const kills = Number(values.kills);
const signals = ['SIGKILL', 'SIGTERM', 'SIGINT'] as const;
const name = 'a.tar.gz';

const directory = scratch();
const [output, temporary] = [join(directory, 'output'), join(directory, 'tmp')];
for (const made of [output, temporary]) mkdirSync(made);
const packWords = async () => [
  ...[values.cli, 'pack', ...(await hostArguments()), '--quiet', '--compression-level', '1'],
  ...['-o', join(output, name), ...(positionals.length > 0 ? positionals : ['six'])],
];
const writer = join(import.meta.dirname, '../../__tests__/support/archive/writer.ts');
const words = values.small ? [writer, join(output, name), '20', '2', 'gzip'] : await packWords();
const variable = `TMPDIR=${temporary}`;

/** Packs until the end, or until it is killed. Returns the milliseconds that it took. */
async function pack(kill?: { after: number; signal: NodeJS.Signals }): Promise<number> {
  const begun = performance.now();
  const env = { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '/root', TMPDIR: temporary };
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'ignore', 'inherit'], env });
  const exit = once(child, 'exit');
  if (kill !== undefined) {
    await Promise.race([exit, setTimeout(kill.after)]);
    child.kill(kill.signal);
  }
  await exit;
  return performance.now() - begun;
}

/** Waits until the children of a killed run have ended, for five seconds at most. */
async function left(): Promise<string[]> {
  for (let tries = 0; tries < 50 && processesWith(variable).length > 0; tries++) await setTimeout(100);
  return processesWith(variable);
}

const whole = await pack();
const counts: Record<Remains | 'temporary files', number> = {
  'archive and checksum': 0,
  'archive without checksum': 0,
  nothing: 0,
  'temporary files': 0,
};
const faults: string[] = [];
for (let index = 0; index < kills; index++) {
  const signal = signals[index % signals.length] ?? 'SIGKILL';
  if (index % 2 === 0) for (const one of readdirSync(output)) rmSync(join(output, one));
  else if (remainsOf(output, name) !== 'archive and checksum') await pack();
  const kill = { after: (1.05 * whole * (index + 0.5)) / kills, signal };
  await pack(kill);
  const processes = await left();
  if (processes.length > 0) faults.push(`kill ${index}: ${processes.length} processes are left`);
  try {
    counts[remainsOf(output, name)] += 1;
  } catch (error) {
    faults.push(`kill ${index} by ${signal}: ${error}`);
  }
  const hidden = readdirSync(output).filter((one) => one.startsWith('.'));
  if (hidden.length > 0) counts['temporary files'] += 1;
  if (hidden.length > 0 && signal !== 'SIGKILL') faults.push(`kill ${index} by ${signal} leaves ${hidden}`);
}
await pack();
const remains = [...readdirSync(output), ...readdirSync(temporary)].sort();
if (remains.join() !== `${name},${name}.sha256`) faults.push(`the last run leaves ${remains}`);

console.log(`${kills} kills, from 0 to ${(1.05 * whole).toFixed(0)} ms after the start of a pack`);
for (const [what, count] of Object.entries(counts)) console.log(`${String(count).padStart(5)} times ${what}`);
for (const fault of faults) console.log(fault);
if (faults.length > 0) process.exitCode = 1;
