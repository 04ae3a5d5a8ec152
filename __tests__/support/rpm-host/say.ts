import { type Finished, type RunOptions, run } from '../run.ts';

/** Runs a tool that has to succeed; throws with the command line and the end of what it said where it doesn't. */
export async function must(file: string, args: string[], options: RunOptions = {}): Promise<Finished> {
  const done = await run(file, args, options);
  if (done.code !== 0) {
    const said = `${done.stdout}${done.stderr}`.trimEnd().split('\n').slice(-30).join('\n');
    throw new Error(`${[file, ...args].join(' ').slice(0, 400)}\nexited with ${done.code}:\n${said}`);
  }
  return done;
}

/** Says on stderr what is being done; stdout is the result's. */
export function say(line: string): void {
  process.stderr.write(`host: ${line}\n`);
}
