import { megabytes } from '../common/format-bytes.ts';
import type { Log } from '../common/log.ts';
import { describePlan } from '../manifest/manifest.ts';
import { describeNamedPath, namedTable } from '../manifest/named-paths.ts';
import { planTable } from '../manifest/table.ts';
import { type RawOptions, readOptions, trueOrFalse, usage } from '../options.ts';
import { defaultPrefix, pack, planHost } from '../pack.ts';
import { verify } from '../verify/verify.ts';
import type { Call } from './arguments.ts';

/** The result of a command: a text for people, and the same for scripts, to be printed as JSON. */
interface Result {
  text: string;
  json: unknown;
}

/** Runs the command of a call. Throws RelopackError. */
export async function runCommand({ command, operands, options }: Call, log: Log): Promise<Result> {
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
    text: planTable(manifest, namedTable(plan.named)),
    json: {
      prefix: options.values.get('prefix') ?? defaultPrefix(plan),
      ...manifest,
      notPacked: plan.notPacked,
      namedPaths: plan.named.map(describeNamedPath),
    },
  };
}

async function verifyCommand(operands: readonly string[], options: RawOptions, log: Log): Promise<Result> {
  const [archive, ...more] = operands;
  if (archive === undefined || more.length > 0)
    throw usage('verify needs exactly one archive', 'relopack verify ARCHIVE');
  const start = trueOrFalse('start', options.values.get('start') ?? 'true');
  const checks = await verify(archive, { start, origin: 'elsewhere' }, log);
  return {
    text: checks.map(({ name, detail }) => `${name}: ${detail}\n`).join(''),
    json: { archive, checks },
  };
}
