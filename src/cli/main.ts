#!/usr/bin/env node
import { RelopackError } from '../common/error.ts';
import { printable, printableJson } from '../common/escape.ts';
import { version } from '../common/version.ts';
import { hasFlag, readCall } from './arguments.ts';
import { help } from './help.ts';
import { terminalLog } from './log.ts';

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
      if (wantsJson) process.stdout.write(`${printableJson(json)}\n`);
      else if (call.command !== 'verify' || !call.flags.has('quiet')) process.stdout.write(printable(text));
    }
    return 0;
  } catch (error) {
    log.abandon();
    if (!(error instanceof RelopackError)) return reportBug(error);
    const { code, message, remedy } = error;
    if (wantsJson) process.stdout.write(`${printableJson({ error: { code, message, remedy } })}\n`);
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

// A reader that has enough, such as head(1), closes the pipe. That is not an error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});
process.exitCode = await main(process.argv.slice(2));
// A packed module can leave a program running that keeps the pipes of its streams open. Do not wait for it.
process.stdout.write('', () => process.stderr.write('', () => process.exit()));
