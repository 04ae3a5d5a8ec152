import { accessSync, constants } from 'node:fs';
import { resolve } from 'node:path';
import { exec } from '@actions/exec';

/** What a program left behind when it ended. */
export interface ProcessResult {
  /** The exit code as a shell gives it: 128 plus the signal's number if a signal ended the program. */
  code: number;
  /** Raw bytes: rpm prints file names in no particular encoding. */
  stdout: Buffer;
  stderr: string;
  /** Whether the program was killed because it printed nothing for too long. */
  timedOut: boolean;
}

export interface RunOptions {
  /** The whole environment of the program. If absent, it gets relopack's own. */
  env?: Record<string, string>;
  cwd?: string;
  /** Milliseconds that the program may print nothing on stdout before it is killed. If absent, there is no limit. */
  maxSilence?: number;
}

/** Milliseconds to wait for the output of a program that has ended: a child of it may keep the streams open. */
const maxDelay = 5000;

/**
 * A shell script that starts a program and does for it what @actions/exec cannot. @actions/exec leaves stdin open,
 * gives no exit code for a signal, and cannot stop what it has started.
 *
 * - Descriptor 3 is a pipe from relopack. It comes to its end when relopack ends, for whatever cause, and the watcher
 *   then kills the program. Nothing is written into it: if the program had just ended, that would fail with EPIPE.
 * - Descriptor 4 tells the second half of the pipeline the program's process number, and then its exit code.
 * - Descriptors 5 and 6 are the program's stdout and stderr. The first line on stdout is the process number once more,
 *   so that relopack can kill the program. The shells discard their own output, such as the line `Killed`.
 * - The program runs in the foreground of its shell. In the background it would ignore SIGINT and SIGQUIT.
 */
const supervisor = `
exec 3<&0 5>&1 6>&2 2>/dev/null
{
  /bin/sh -c 'echo $$ >&4; echo $$ >&5; unset PWD OLDPWD SHLVL
    exec "$@" >&5 2>&6 3<&- 4>&- 5>&- 6>&-' sh "$@" </dev/null
  echo $? >&4
} 4>&1 | {
  exec >/dev/null 5>&- 6>&-
  read -r program
  { read -r line; kill -KILL "$program"; } <&3 &
  watcher=$!
  read -r code
  kill -KILL "$watcher"
  wait "$watcher"
  exit "$code"
}
`;

/**
 * Runs a program and waits for it. Its stdin is at end of file: a program that reads it would wait for ever otherwise.
 * The program is killed if relopack ends before it.
 *
 * A non-zero exit code is a value, not an error. 127 means, as in a shell, that PATH has no program of this name.
 * Throws if the program is given by its path and cannot be started.
 */
export async function run(file: string, args: string[], options: RunOptions = {}): Promise<ProcessResult> {
  const { maxSilence, ...rest } = options;
  if (file.includes('/')) accessSync(resolve(options.cwd ?? '', file), constants.X_OK);
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  let timedOut = false;
  const timer = maxSilence === undefined ? undefined : setInterval(killProgram, maxSilence);
  function killProgram(): void {
    timedOut ||= kill(splitNumber(Buffer.concat(stdout)).number);
  }
  try {
    const code = await exec('/bin/sh', ['-c', supervisor, 'sh', file, ...args], {
      ...rest,
      silent: true,
      ignoreReturnCode: true,
      delay: maxDelay,
      listeners: {
        stdout(chunk: Buffer) {
          stdout.push(chunk);
          timer?.refresh();
        },
        stderr(chunk: Buffer) {
          stderr.push(chunk);
        },
        debug(message: string) {
          // From now on, the process number may be another program's. The arguments are shown before, indented.
          if (message.startsWith('Exit code ')) clearInterval(timer);
        },
      },
    });
    const { rest: output } = splitNumber(Buffer.concat(stdout));
    return { code, stdout: output, stderr: Buffer.concat(stderr).toString(), timedOut };
  } finally {
    clearInterval(timer);
  }
}

/** Splits what the supervisor prints into the program's process number and the program's own output. */
function splitNumber(output: Buffer): { number: number; rest: Buffer } {
  const end = output.indexOf('\n');
  return { number: Number(output.toString('latin1', 0, Math.max(end, 0))), rest: output.subarray(end + 1) };
}

/** Kills a process, and returns whether it was there. */
function kill(pid: number): boolean {
  if (!(pid > 1)) return false;
  try {
    return process.kill(pid, 'SIGKILL');
  } catch {
    return false;
  }
}
