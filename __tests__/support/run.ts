import { type SpawnOptions, spawn } from 'node:child_process';
import { constants } from 'node:os';

/** The result of a program. */
export interface ProcessResult {
  /** As a shell has it: 128 and the signal's number if a signal ended it. */
  code: number;
  stdout: Buffer;
  stderr: string;
}

export type RunOptions = Pick<SpawnOptions, 'cwd' | 'env'>;

/** Runs a program without a shell, its stdin at the end. Throws only if it cannot be started. */
export function run(file: string, args: readonly string[], options: RunOptions = {}): Promise<ProcessResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.on('error', reject);
    child.on('close', (code, signal) =>
      resolve({
        code: code ?? 128 + constants.signals[signal ?? 'SIGKILL'],
        stdout: Buffer.concat(stdout),
        stderr: Buffer.concat(stderr).toString(),
      }),
    );
  });
}

/** Runs a program that has to succeed. Throws with the command and the end of its output if it does not. */
export async function must(
  file: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<ProcessResult> {
  const finished = await run(file, args, options);
  if (finished.code !== 0) {
    const output = `${finished.stdout}${finished.stderr}`.trimEnd().split('\n').slice(-30).join('\n');
    throw new Error(`${[file, ...args].join(' ').slice(0, 400)}\nexited with ${finished.code}:\n${output}`);
  }
  return finished;
}
