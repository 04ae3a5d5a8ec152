import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/** What a finished child process left behind. */
export interface Finished {
  /** As a shell has it: 128 and the signal's number where a signal ended it. */
  code: number;
  /** Raw bytes: rpm prints file names in no particular encoding. */
  stdout: Buffer;
  stderr: string;
  /** Whether it was killed for having said nothing. */
  silent: boolean;
}

export interface RunOptions {
  /** The whole environment of the child; the caller's own where absent. */
  env?: Record<string, string>;
  cwd?: string;
  /** Milliseconds that it may say nothing on stdout before it is killed; without an end where absent. */
  silence?: number;
}

/** Milliseconds that are left to what stands in the streams of a child that has ended: its own children may hold them. */
const grace = 5000;

/**
 * Runs a program without a shell and waits for it. Its stdin is at the end from the start: whoever reads it would wait
 * for ever otherwise.
 *
 * A non-zero exit is a value, not an error. Throws only where the program could not be started at all.
 */
export function run(file: string, args: string[], options: RunOptions = {}): Promise<Finished> {
  const { silence, ...rest } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { ...rest, stdio: ['ignore', 'pipe', 'pipe'] });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    let silent = false;
    const tooSilent = () => {
      silent = child.kill('SIGKILL');
    };
    const watch = silence === undefined ? undefined : setTimeout(tooSilent, silence);
    child.stdout.on('data', (chunk: Buffer) => {
      stdout.push(chunk);
      watch?.refresh();
    });
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.on('error', (error) => {
      clearTimeout(watch);
      reject(error);
    });
    child.on('exit', () => {
      clearTimeout(watch);
      const late = setTimeout(() => {
        child.stdout.destroy();
        child.stderr.destroy();
      }, grace);
      child.on('close', (code, signal) => {
        clearTimeout(late);
        resolve({
          code: code ?? 128 + constants.signals[signal ?? 'SIGKILL'],
          stdout: Buffer.concat(stdout),
          stderr: Buffer.concat(stderr).toString(),
          silent,
        });
      });
    });
  });
}
