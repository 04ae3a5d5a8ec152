#!/usr/bin/env node
import { RelopackError } from '../common/error.ts';
import { printable } from '../common/escape.ts';
import { megabytes } from '../common/format-bytes.ts';
import type { Log } from '../common/log.ts';
import { version } from '../common/version.ts';
import { describePlan } from '../manifest/manifest.ts';
import { planTable } from '../manifest/table.ts';
import { readOptions, usage, yesOrNo } from '../options.ts';
import { defaultPrefix, pack, planHost } from '../pack.ts';
import { verify } from '../verify/verify.ts';
import { type Call, hasFlag, readCall } from './arguments.ts';
import { help } from './help.ts';
import { terminalLog } from './log.ts';

/** Runs one command and returns what it has to show: text for people, and the same as one JSON object. */
async function perform(
  { command, operands, given }: Call,
  log: Log,
): Promise<{ text: string; json: unknown }> {
  switch (command) {
    case 'pack': {
      const { manifest, ...packed } = await pack(readOptions(given), log);
      const { files: _, ...summary } = manifest;
      return {
        text: `${packed.path}  ${megabytes(packed.size)}\nsha256 ${packed.sha256}\n`,
        json: { ...packed, ...summary },
      };
    }
    case 'plan': {
      const { plan } = await planHost(readOptions(given), log);
      const manifest = describePlan(plan, new Map());
      return {
        text: planTable(manifest),
        json: { prefix: given.values.get('prefix') ?? defaultPrefix(plan), ...manifest },
      };
    }
    case 'verify': {
      const [archive, ...more] = operands;
      if (archive === undefined || more.length > 0)
        throw usage('verify takes one archive', 'relopack verify ARCHIVE');
      const start = yesOrNo('start', given.values.get('start') ?? 'yes');
      const checks = await verify(archive, { start, origin: 'elsewhere' }, log);
      return {
        text: checks.map(({ name, detail }) => `${name}: ${detail}\n`).join(''),
        json: { archive, checks },
      };
    }
    default:
      throw usage(
        command === '' ? 'no command given' : `unknown command '${command}'`,
        'Commands are: pack, plan, verify. relopack --help says more.',
      );
  }
}

/** Exit codes: 0 done, 1 failed, 2 wrong usage. */
async function main(words: string[]): Promise<number> {
  const wantsJson = hasFlag(words, 'json');
  const log = terminalLog(process.stderr, hasFlag(words, 'quiet'));
  try {
    const call = readCall(words, process.env.SOURCE_DATE_EPOCH || undefined);
    if (call.flags.has('help') || call.command === 'help') process.stdout.write(help());
    else if (call.flags.has('version')) process.stdout.write(`${version}\n`);
    else {
      const { text, json } = await perform(call, log);
      if (wantsJson) process.stdout.write(`${JSON.stringify(json)}\n`);
      else if (call.command !== 'verify' || !call.flags.has('quiet')) process.stdout.write(printable(text));
    }
    return 0;
  } catch (error) {
    log.abandon();
    if (!(error instanceof RelopackError)) throw error;
    if (wantsJson) {
      const { code, message, remedy } = error;
      process.stdout.write(`${JSON.stringify({ error: { code, message, remedy } })}\n`);
    }
    process.stderr.write(`relopack: ${printable(error.message)}\n${printable(error.remedy)}\n`);
    if (hasFlag(words, 'debug')) process.stderr.write(`${error.stack}\n${error.cause ?? ''}\n`);
    return error.code === 'usage' ? 2 : 1;
  }
}

// Whoever reads no further, such as head(1), has what it wanted.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});
process.exitCode = await main(process.argv.slice(2));
