#!/usr/bin/env node
import { RelopackError } from '../common/error.ts';
import { stripControls } from '../common/escape.ts';
import { megabytes } from '../common/format-bytes.ts';
import type { Log } from '../common/log.ts';
import { version } from '../common/version.ts';
import { describePlan } from '../manifest/manifest.ts';
import { planTable } from '../manifest/table.ts';
import { type RawOptions, readOptions, trueOrFalse, usage } from '../options.ts';
import { defaultPrefix, pack, planHost } from '../pack.ts';
import { verify } from '../verify/verify.ts';
import { type Call, hasFlag, readCall } from './arguments.ts';
import { help } from './help.ts';
import { terminalLog } from './log.ts';

/** The result of a command: a text for people, and the same for scripts, to be printed as JSON. */
interface Result {
  text: string;
  json: unknown;
}

async function runCommand({ command, operands, options }: Call, log: Log): Promise<Result> {
  switch (command) {
    case 'pack':
      return packCommand(options, log);
    case 'plan':
      return planCommand(options, log);
    case 'verify':
      return verifyCommand(operands, options, log);
    default:
      throw usage(
        command === '' ? 'no command given' : `unknown command '${command}'`,
        'Commands are: pack, plan, verify. relopack --help explains them.',
      );
  }
}

async function packCommand(options: RawOptions, log: Log): Promise<Result> {
  const { manifest, ...packed } = await pack(readOptions(options), log);
  const { files: _, ...summary } = manifest;
  return {
    text: `${packed.path}  ${megabytes(packed.size)}\nsha256 ${packed.sha256}\n`,
    json: { ...packed, ...summary },
  };
}

async function planCommand(options: RawOptions, log: Log): Promise<Result> {
  const { plan } = await planHost(readOptions(options), log);
  const manifest = describePlan(plan, new Map());
  return {
    text: planTable(manifest),
    json: { prefix: options.values.get('prefix') ?? defaultPrefix(plan), ...manifest },
  };
}

async function verifyCommand(operands: readonly string[], options: RawOptions, log: Log): Promise<Result> {
  const [archive, ...more] = operands;
  if (archive === undefined || more.length > 0)
    throw usage('verify takes one archive', 'relopack verify ARCHIVE');
  const start = trueOrFalse('start', options.values.get('start') ?? 'true');
  const checks = await verify(archive, { start, origin: 'elsewhere' }, log);
  return {
    text: checks.map(({ name, detail }) => `${name}: ${detail}\n`).join(''),
    json: { archive, checks },
  };
}

/** Runs the command line, and returns the exit code: 0 done, 1 failed, 2 wrong usage. */
async function main(words: readonly string[]): Promise<number> {
  const wantsJson = hasFlag(words, 'json');
  const log = terminalLog(process.stderr, hasFlag(words, 'quiet'));
  try {
    const call = readCall(words, process.env.SOURCE_DATE_EPOCH || undefined);
    if (call.flags.has('help') || call.command === 'help') process.stdout.write(help());
    else if (call.flags.has('version')) process.stdout.write(`${version}\n`);
    else {
      const { text, json } = await runCommand(call, log);
      if (wantsJson) process.stdout.write(`${JSON.stringify(json)}\n`);
      else if (call.command !== 'verify' || !call.flags.has('quiet'))
        process.stdout.write(stripControls(text));
    }
    return 0;
  } catch (error) {
    log.abandon();
    if (!(error instanceof RelopackError)) throw error;
    const { code, message, remedy } = error;
    if (wantsJson) process.stdout.write(`${JSON.stringify({ error: { code, message, remedy } })}\n`);
    process.stderr.write(`relopack: ${stripControls(message)}\n${stripControls(remedy)}\n`);
    if (hasFlag(words, 'debug')) process.stderr.write(`${error.stack}\n${error.cause ?? ''}\n`);
    return code === 'usage' ? 2 : 1;
  }
}

// A reader that has enough, such as head(1), closes the pipe. That is not an error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});
process.exitCode = await main(process.argv.slice(2));
// A packed module can leave a program running that keeps the pipes of its streams open. Do not wait for it.
process.stdout.write('', () => process.exit());
