#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { RelopackError } from './error.ts';
import { help } from './help.ts';
import type { Log } from './log.ts';
import { megabytes } from './megabytes.ts';
import { type Given, optionRows, readOptions, unknownOption, usage } from './options.ts';
import { defaultPrefix, pack, planHost } from './pack.ts';
import { printable } from './printable.ts';
import { describePlan } from './publish/manifest.ts';
import { planTable } from './publish/table.ts';
import { terminalLog } from './terminal.ts';
import { verify } from './verify/verify.ts';
import { version } from './version.ts';

/** What the terminal alone has: how the result is shown. */
const ownOptions = ['json', 'quiet', 'debug', 'version', 'help'] as const;

interface Call {
  command: string;
  operands: string[];
  given: Given;
  flags: ReadonlySet<string>;
}

/** Splits the words of the command line. Throws 'usage' for what is no option, or has no value where it needs one. */
function parse(words: string[]): Call {
  const known = [...optionRows.map(({ name }) => name), ...ownOptions];
  const { tokens, positionals } = parseArgs({
    args: words,
    strict: false,
    allowPositionals: true,
    tokens: true,
    options: Object.fromEntries([
      ...optionRows.map(({ name, kind, short }) => {
        const type = kind === 'yes/no' ? ('boolean' as const) : ('string' as const);
        return [name, short === undefined ? { type } : { type, short }] as const;
      }),
      ...ownOptions.map((name) => {
        const type = 'boolean' as const;
        return [name, name === 'help' ? { type, short: 'h' } : { type }] as const;
      }),
    ]),
  });
  const values = new Map<string, string>();
  const globs: Given['globs'] = [];
  const flags = new Set<string>();
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const negated = /^no-/.test(token.name) && isYesNo(token.name.slice(3));
    const name = negated ? token.name.slice(3) : token.name;
    if (!known.includes(name)) throw unknownOption(token.rawName, known);
    const { kind } = optionRows.find((row) => row.name === name) ?? { kind: 'yes/no' };
    if (kind === 'yes/no') {
      if (token.value !== undefined)
        throw usage(`${token.rawName} takes no value`, `Give --${name} or --no-${name}.`);
      if (ownOptions.some((own) => own === name)) flags.add(name);
      else values.set(name, negated ? 'no' : 'yes');
    } else if (!token.value || (!token.inlineValue && token.value.startsWith('-'))) {
      // What looks like an option is one: --output=-x is for those who mean it.
      throw usage(`${token.rawName} needs a value`, 'relopack --help says which.');
    } else if (name === 'include' || name === 'exclude') {
      globs.push({ kind: name, pattern: token.value });
    } else {
      values.set(name, token.value);
    }
  }
  const [command = '', ...operands] = positionals;
  const sourceDateEpoch = process.env.SOURCE_DATE_EPOCH || undefined;
  return {
    command,
    operands,
    flags,
    given: { modules: operands.flatMap(modulesOf), values, globs, directory: '.', sourceDateEpoch },
  };
}

/** Commas separate, as in the action's input; a path is taken as it is. */
function modulesOf(operand: string): string[] {
  return operand.startsWith('/') ? [operand] : operand.split(',').filter((word) => word !== '');
}

function isYesNo(name: string): boolean {
  return optionRows.some((row) => row.name === name && row.kind === 'yes/no');
}

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
      const checks = await verify(archive, { start: true, origin: 'elsewhere' }, log);
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
  const wantsJson = words.includes('--json');
  const log = terminalLog(process.stderr, words.includes('--quiet'));
  try {
    const call = parse(words);
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
    if (words.includes('--debug')) process.stderr.write(`${error.stack}\n${error.cause ?? ''}\n`);
    return error.code === 'usage' ? 2 : 1;
  }
}

// Whoever reads no further, such as head(1), has what it wanted.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});
process.exitCode = await main(process.argv.slice(2));
