#!/usr/bin/env node
import { RelopackError } from '../common/error.ts';
import { printable } from '../common/escape.ts';
import { version } from '../common/version.ts';
import { hasFlag, readCall } from './arguments.ts';
import { help } from './help.ts';
import { terminalLog } from './log.ts';
import { endWhenWritten, printJson, watchStreams } from './streams.ts';

/** Runs the command line, and returns the exit code: 0 done, 1 failed, 2 wrong usage. */
async function main(words: readonly string[]): Promise<number> {
  const wantsJson = hasFlag(words, 'json');
  const log = terminalLog(process.stderr, hasFlag(words, 'quiet'));
  try {
    const call = readCall(words, process.env.SOURCE_DATE_EPOCH || undefined);
    if (call.flags.has('help') || call.command === 'help') process.stdout.write(help());
    else if (call.flags.has('version')) process.stdout.write(`${version}\n`);
    else {
      // Loaded only here: the help and a wrong call do not need the rest of relopack, and appear sooner without it.
      const { runCommand } = await import('./run-command.ts');
      const { text, json } = await runCommand(call, log);
      if (wantsJson) printJson(json);
      else if (call.command !== 'verify' || !call.flags.has('quiet')) process.stdout.write(printable(text));
    }
    return 0;
  } catch (error) {
    log.abandon();
    if (!(error instanceof RelopackError)) return reportBug(error);
    const { code, message, remedy } = error;
    if (wantsJson) printJson({ error: { code, message, remedy } });
    process.stderr.write(printable(`relopack: ${message}\n${remedy}\n`));
    if (hasFlag(words, 'debug')) process.stderr.write(printable(`${error.stack}\n${error.cause ?? ''}\n`));
    return code === 'usage' ? 2 : 1;
  }
}

/** Prints an error that nobody expected. Returns the exit code. */
function reportBug(error: unknown): number {
  const stack = error instanceof Error ? error.stack : String(error);
  process.stderr.write(
    printable(`${stack}\nThis is a bug in relopack: please report it with this message.\n`),
  );
  return 1;
}

const words = process.argv.slice(2);
watchStreams(hasFlag(words, 'json'));
process.exitCode = await main(words);
endWhenWritten();
