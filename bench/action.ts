/**
 * Measures the time from the start of the action to the first line of its log: `node bench/action.ts` after
 * `npm run build`. Compares it with a Node that only writes a line. Prints medians and their ratio; asserts nothing.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { medians, seconds } from './timing.ts';

const ROUNDS = 15;

const action = fileURLToPath(new URL('../dist/index.js', import.meta.url));

/** Starts Node and waits for the first bytes that it writes. The rest of the run does not count. */
async function firstLine(...args: string[]): Promise<void> {
  const env = { PATH: process.env.PATH ?? '', INPUT_UPLOAD: 'maybe' };
  const child: ChildProcess = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'ignore'] });
  if (child.stdout === null) throw new Error('no pipe');
  await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await once(child, 'close');
}

const time = await medians(ROUNDS, {
  action: () => firstLine(action),
  node: () => firstLine('-e', 'process.stdout.write("line\\n")'),
});
process.stdout.write(
  `action ${seconds(time.action)}, node alone ${seconds(time.node)}: ${(time.action / time.node).toFixed(1)} times\n`,
);
