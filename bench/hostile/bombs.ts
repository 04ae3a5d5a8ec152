/**
 * Verifies hostile archives of less than 10 MB, and prints a table with the time and the memory of each:
 * `node bench/hostile/bombs.ts [--only TEXT] [--first N] [--cli FILE] [--timeout SECONDS]`. The memory is the highest sum of the
 * resident sets of relopack and all its children. On a busy disk, set TMPDIR to a tmpfs.
 *
 * Fails if one takes more than 10 seconds or 500 MB, if the error is not the expected one, or if a process is left.
 */
import { spawn } from 'node:child_process';
import { readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { processesWith } from '../../__tests__/support/archive/remains.ts';
import { scratch } from '../../__tests__/support/scratch.ts';
import { bombs, writeBomb } from '../../__tests__/support/verify/bombs.ts';

const [maxSeconds, maxMegabytes] = [10, 500];

const { values } = parseArgs({
  options: {
    cli: { type: 'string', default: join(import.meta.dirname, '../../dist/cli.js') },
    node: { type: 'string', default: process.execPath },
    only: { type: 'string', default: '' },
    first: { type: 'string', default: '0' },
    timeout: { type: 'string', default: '60' },
  },
});

/** The memory and the processor time of a process and its descendants. */
interface Usage {
  kilobytes: number;
  /** Of processor time, also of descendants that have ended. */
  seconds: number;
}

/** Clock ticks in a second: sysconf(_SC_CLK_TCK) is 100 on every Linux. */
const ticks = 100;

/** What a process uses, with its descendants (proc_pid_stat(5)). A process that has ended uses nothing. */
function usageOf(pid: number): Usage {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1')
      .replace(/^.*\) /s, '')
      .split(' ')
      .map(Number);
    const time = fields.slice(11, 15).reduce((sum, one) => sum + one, 0) / ticks;
    const resident = Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1] ?? 0);
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1').trim().split(' ');
    const usages = children.filter((child) => child !== '').map((child) => usageOf(Number(child)));
    return {
      kilobytes: usages.reduce((sum, { kilobytes }) => sum + kilobytes, resident),
      seconds: usages.reduce((sum, { seconds }) => sum + seconds, time),
    };
  } catch {
    return { kilobytes: 0, seconds: 0 };
  }
}

interface Result {
  code: number | null;
  seconds: number;
  /** Of processor time. */
  busy: number;
  megabytes: number;
  output: string;
}

function verify(path: string, starts: boolean, temporary: string): Promise<Result> {
  return new Promise((resolve, reject) => {
    const words = [values.cli, 'verify', path, '--quiet', ...(starts ? [] : ['--no-start'])];
    const begun = performance.now();
    const child = spawn(values.node, words, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env.PATH ?? '', TMPDIR: temporary },
    });
    let output = '';
    let [kilobytes, busy] = [0, 0];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    const sampler = setInterval(() => {
      const usage = usageOf(child.pid ?? 0);
      kilobytes = Math.max(kilobytes, usage.kilobytes);
      busy = Math.max(busy, usage.seconds);
      if (performance.now() - begun > 1000 * Number(values.timeout)) child.kill('SIGKILL');
    }, 50);
    child.on('error', reject);
    child.on('close', (code) => {
      clearInterval(sampler);
      const seconds = (performance.now() - begun) / 1000;
      resolve({ code, seconds, busy, megabytes: kilobytes / 1024, output });
    });
  });
}

const directory = scratch('bombs-');
console.log('| bomb | archive | time | processor | memory | result |\n| --- | --: | --: | --: | --: | --- |');
for (const bomb of bombs.filter(({ name }) => name.includes(values.only)).slice(Number(values.first))) {
  const path = join(directory, 'bomb.tar.gz');
  await writeBomb(bomb, path);
  const { code, seconds, busy, megabytes, output } = await verify(path, bomb.starts ?? false, directory);
  const left = processesWith(`TMPDIR=${directory}`);
  const kilobytes = statSync(path).size / 1000;
  rmSync(path);
  const faults = [
    ...(kilobytes > 10_000 ? ['too large for this table'] : []),
    ...(seconds > maxSeconds || megabytes > maxMegabytes ? ['OVER THE LIMIT'] : []),
    ...(code === 1 && bomb.error.test(output) ? [] : [`UNEXPECTED (exit code ${code})`]),
    ...(left.length > 0 ? [`${left.length} PROCESSES LEFT`] : []),
  ];
  if (faults.length > 0) process.exitCode = 1;
  const first = output.split('\n').find((line) => line !== '') ?? '';
  const shown = first
    .replace(/^relopack: /, '')
    .replaceAll('|', '\\|')
    .slice(0, 110);
  const columns = [
    bomb.name,
    `${kilobytes.toFixed(1)} kB`,
    `${seconds.toFixed(1)} s`,
    `${busy.toFixed(1)} s`,
    `${megabytes.toFixed(0)} MB`,
  ];
  console.log(`| ${columns.join(' | ')} | ${[...faults, shown].join(': ')} |`);
}
