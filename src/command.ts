import { exec } from '@actions/exec';

/** What a finished child process left behind. */
export interface Finished {
  code: number;
  /** Raw bytes: rpm prints file names in no particular encoding. */
  stdout: Buffer;
  stderr: string;
}

export interface RunOptions {
  /** The whole environment of the child; the caller's own where absent. */
  env?: Record<string, string>;
  cwd?: string;
}

/**
 * Runs a program without a shell and waits for it.
 *
 * A non-zero exit is a value, not an error. Throws only where the program could not be started at all.
 * Output without line ends makes @actions/exec scan it again for each chunk: let large output end its records with LF.
 */
export async function run(file: string, args: string[], options: RunOptions = {}): Promise<Finished> {
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  // exec() splits its first argument as a command line; quotes keep a path with spaces whole.
  const quoted = `"${file.replace(/["\\]/g, '\\$&')}"`;
  const code = await exec(quoted, args, {
    ...options,
    silent: true,
    ignoreReturnCode: true,
    listeners: {
      stdout: (chunk) => stdout.push(chunk),
      stderr: (chunk) => stderr.push(chunk),
    },
  });
  return { code, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr).toString() };
}
