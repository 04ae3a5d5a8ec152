import { environmentArguments } from './environment.ts';

/**
 * A shell script that starts a program and does for it what @actions/exec cannot. @actions/exec leaves stdin open,
 * gives no exit code for a signal, and cannot stop what it has started.
 *
 * - The arguments are the file for stderr or an empty word, the program's mark or an empty word, the program, and the
 *   arguments of env(1) that start it.
 * - Descriptor 3 is a pipe from relopack. It comes to its end when relopack ends, for any cause, and the watcher
 *   then kills the program. Nothing is written into it: if the program had just ended, that would fail with EPIPE.
 * - Descriptor 4 tells the second half of the pipeline the program's process number, and then its exit code. If the
 *   first half was killed, no code comes, and the second half kills the program.
 * - Descriptors 5 and 6 are the program's stdout and stderr. The first line on stdout is the process number once more,
 *   so that relopack can kill the program. The shells discard their own output, such as the line `Killed`.
 * - At the end, all processes that have the mark in their environment are killed (proc_pid_environ(5)): those that the
 *   program has started, even if they have left its session. If some of them start new ones, it is done again. Without a
 *   mark, `${mark:?}` ends the search. It must not look for an empty text, which is in every file.
 * - The program runs in the foreground of its shell. In the background it would ignore SIGINT and SIGQUIT.
 */
const script = `
exec 3<&0 5>&1 6>&2 2>/dev/null
[ -z "$1" ] || exec 6>>"$1"
mark=$2
shift 2
{
  /bin/sh -c 'echo $$ >&4; echo $$ >&5
    case $0 in
      */*) ;;
      *) command -v "$0" >/dev/null || { echo "$0: not found" >&6; exit 127; } ;;
    esac
    exec /usr/bin/env "$@" >&5 2>&6 3<&- 4>&- 5>&- 6>&-' "$@" </dev/null
  echo $? >&4
} 4>&1 | {
  exec >/dev/null 5>&- 6>&-
  read -r program
  { read -r line; kill -KILL "$program"; } <&3 &
  watcher=$!
  read -r code || kill -KILL "$program"
  kill -KILL "$watcher"
  wait "$watcher"
  for round in 1 2 3 4 5 6 7 8 9; do
    found=$(grep -lsF "\${mark:?}" /proc/[0-9]*/environ)
    [ -n "$found" ] || break
    for path in $found; do
      path=\${path#/proc/}
      kill -KILL "\${path%/environ}"
    done
  done
  exit "\${code:-137}"
}
`;

/** A program to start. */
interface Program {
  file: string;
  args: readonly string[];
  /** The whole environment of the program. */
  env: Readonly<NodeJS.ProcessEnv>;
  /** The file that the program's stderr is appended to. If absent, it goes to the supervisor's stderr. */
  errorFile: string | undefined;
  /** A variable that only this program and its descendants have: NAME=value. If absent, its descendants are left. */
  mark: string | undefined;
}

/** The arguments of /bin/sh that start a program under the supervisor. */
export function supervised({ file, args, env, errorFile = '', mark }: Program): string[] {
  // To env(1), a word with = is a variable. nice(1) starts such a program, and here changes nothing about it.
  const command = file.includes('=') ? ['nice', '-n', '0', file] : [file];
  const variables = [...environmentArguments(env), ...(mark === undefined ? [] : [mark])];
  return ['-c', script, 'sh', errorFile, mark ?? '', file, ...variables, ...command, ...args];
}

/** Splits the supervisor's stdout into the program's process number and the program's own output. */
export function splitNumber(output: Buffer): { number: number; rest: Buffer } {
  const end = output.indexOf('\n');
  return { number: Number(output.toString('latin1', 0, Math.max(end, 0))), rest: output.subarray(end + 1) };
}
