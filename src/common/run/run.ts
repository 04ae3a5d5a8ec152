import { randomBytes } from 'node:crypto';
import { accessSync, closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { resolve } from 'node:path';
import { exec } from '@actions/exec';
import { Output, type OutputLimits } from './output.ts';
import { supervised } from './supervisor.ts';

/** The result of a program. */
export interface ProcessResult {
  /** The exit code as a shell gives it: 128 plus the signal's number if a signal ended the program. */
  code: number;
  /** Raw bytes: rpm prints file names in no particular encoding. */
  stdout: Buffer;
  /** All of it, or its last 64 KiB if there is an `errorFile`. */
  stderr: string;
  /** Whether the program was killed because it took too long, or printed nothing for too long. */
  timedOut: boolean;
  /** Whether the program was killed because it printed too much. */
  overflowed: boolean;
  /** The limit for which the program was killed. */
  exceeded: keyof OutputLimits | undefined;
}

export interface RunOptions extends OutputLimits {
  /** The whole environment of the program. If absent, it gets relopack's own. */
  env?: Record<string, string>;
  cwd?: string;
  /**
   * Whether all that the program has started ends with it, also daemons. They are known by a variable, RELOPACK_RUN, that
   * they inherit. Otherwise only the program itself is killed if relopack ends.
   */
  endsDescendants?: boolean;
  /**
   * The absolute path of a new file for the program's stderr. It is for a program that may print much without line
   * ends, such as progress bars: @actions/exec joins such a text again for every chunk, which takes quadratic time.
   */
  errorFile?: string;
}

/** Milliseconds to wait for the output of a program that has ended: a child of it may keep the streams open. */
const maxDelay = 5000;

/** The limit for bytes that are read from an `errorFile`. */
const maxErrorBytes = 64 * 1024;

/**
 * Runs a program and waits for it. Its stdin is at end of file: a program that reads it would wait for ever otherwise.
 * The program is killed if relopack ends before it.
 *
 * A non-zero exit code is a value, not an error. As in a shell, 127 means that PATH has no program of this name, and
 * 126 means that the system refuses to execute it. Throws if the program is given by a path that does not exist, or that
 * has no permission to be executed.
 */
export async function run(file: string, args: string[], options: RunOptions = {}): Promise<ProcessResult> {
  const { errorFile, cwd, env = process.env, endsDescendants = false } = options;
  if (file.includes('/')) accessSync(resolve(cwd ?? '', file), constants.X_OK);
  const errors = errorFile === undefined ? undefined : openSync(errorFile, 'wx+', 0o600);
  const output = new Output(options);
  const mark = endsDescendants ? `RELOPACK_RUN=${randomBytes(16).toString('hex')}` : undefined;
  output.begin(() => (errors === undefined ? 0 : fstatSync(errors).size));
  try {
    const words = supervised({ file, args, env, errorFile, mark });
    const code = await exec('/bin/sh', words, {
      ...(cwd === undefined ? {} : { cwd }),
      ...(options.env === undefined ? {} : { env: options.env }),
      silent: true,
      ignoreReturnCode: true,
      delay: maxDelay,
      listeners: {
        stdout: (chunk: Buffer) => output.addStdout(chunk),
        stderr: (chunk: Buffer) => output.addStderr(chunk),
        // The debug messages before this one show the arguments, indented.
        debug: (message: string) => message.startsWith('Exit code ') && output.end(),
      },
    });
    const { stdout, exceeded } = output;
    const stderr = errors === undefined ? output.stderr : readEnd(errors);
    const timedOut = exceeded === 'maxSilence' || exceeded === 'maxTime';
    return { code, stdout, stderr, timedOut, overflowed: exceeded !== undefined && !timedOut, exceeded };
  } finally {
    output.end();
    if (errors !== undefined) closeSync(errors);
  }
}

/** The last bytes of an open file. */
function readEnd(file: number): string {
  const { size } = fstatSync(file);
  const bytes = Buffer.alloc(Math.min(size, maxErrorBytes));
  return bytes.toString('utf8', 0, readSync(file, bytes, 0, bytes.length, size - bytes.length));
}
