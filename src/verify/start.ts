import { mkdirSync } from 'node:fs';
import { machine } from 'node:os';
import { join } from 'node:path';
import { type RelopackError, reason } from '../common/error.ts';
import { type ProcessResult, run } from '../common/run/run.ts';
import { orTemporaryFileError } from '../common/temporary-directory.ts';
import { sameIdentity } from '../elf/identity.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { identityOf } from './identity.ts';
import type { Choices } from './libraries/choices.ts';
import { misledInProcess } from './libraries/loaded.ts';
import { needsTests } from './needed-tests.ts';
import {
  type Check,
  failed,
  importRemedy,
  linesRemedy,
  notStarted,
  type Origin,
  testsRemedy,
} from './outcome.ts';
import { pathLinesProblem } from './path-lines.ts';
import { type Probed, probe } from './probe.ts';
import type { Unpacked } from './unpacked.ts';

/** An unpacked archive, ready to be started. */
interface Startable {
  /** Its directory is a real path, as the kernel names files by those. */
  unpacked: Unpacked;
  /** A directory that the packed programs may write to. Their home and TMPDIR are in it. */
  scratch: string;
  manifest: Manifest;
  /** The libraries that were packed for its files. */
  choices: Choices;
  origin: Origin;
  /** The archive paths of the tests that were left out. */
  tests: readonly string[];
  /** Milliseconds that the import of one module may take. */
  maxSilence: number;
}

/** The limit for the names of the modules and the answer, in bytes. The answer is about 100 bytes for each library. */
const maxOutput = 8 * 1024 ** 2;

/** The limit for what the modules print, in bytes. It is on the disk. */
const maxErrors = 64 * 1024 ** 2;

/** The limit for directories on sys.path that are reported. A hostile Python can name a million. */
const maxOutside = 20;

/** The limit for the time of all imports together, in milliseconds. */
const maxTime = 1_800_000;

/** Starts the packed Python and lets it import the modules. Throws RelopackError 'verify-failed'. */
export async function start(startable: Startable): Promise<Check[]> {
  const { unpacked, scratch, manifest, choices, origin, tests, maxSilence } = startable;
  const { top } = unpacked;
  const modules = manifest.modules.flatMap(({ imports }) => imports);
  const [home, temporary] = [join(scratch, 'home'), join(scratch, 'tmp')];
  for (const directory of [home, temporary]) orTemporaryFileError(scratch, () => mkdirSync(directory));
  // Only what commands need, so that no setting of this machine helps or hurts.
  const env = { PATH: '/usr/bin:/bin', HOME: home, TMPDIR: temporary };
  const python = join(top, manifest.python.executable);
  const errorFile = join(scratch, 'stderr');
  const limits = { maxSilence, maxTime, maxOutput, maxErrors };
  const options = { env, cwd: home, ...limits, errorFile, endsDescendants: true };
  const finished = await run(python, ['-c', probe, ...modules], options).catch((error: unknown) => {
    throw notStarted(reason(error), origin, error);
  });
  if (wasRefused(finished, unpacked)) throw notStarted(lastWords(finished), origin);
  const probed = readProbed(finished, modules, startable);
  const failures = Object.entries(probed.failures);
  const mapped = [...new Set(probed.mapped.flat())];
  const outside = [...new Set(probed.path.filter((path) => !isInside(path, top)))].slice(0, maxOutside);
  const byLines = outside.flatMap((path) => pathLinesProblem(top, manifest, path) ?? []);
  const unexplained = outside.filter((path) => pathLinesProblem(top, manifest, path) === undefined);
  const wrong = [
    ...[probed.prefix, probed.executable, ...unexplained]
      .filter((path) => !isInside(path, top))
      .map((path) => `${path || 'the current directory'} is outside the archive, but Python uses it`),
    ...(probed.system === '/' ? [] : [`a child process, /bin/ls: ${probed.system}`]),
    ...(probed.itself === probed.prefix
      ? []
      : [`a child process started by sys.executable: ${probed.itself}`]),
    ...mapped
      .filter((path) => !isInside(path, top))
      .map((path) => `${path} was loaded from this machine instead of the archive`),
    ...misledInProcess(probed.mapped, choices, unpacked),
  ];
  const notImported = failures.map(([name, error]) => `import ${name}: ${error}`);
  if (wrong.length > 0 || byLines.length > 0) {
    const remedy = wrong.length > 0 ? undefined : linesRemedy(origin);
    throw failed([...notImported, ...byLines, ...wrong], origin, remedy);
  }
  if (failures.length > 0) {
    const names = failures.map(([name]) => name);
    const lacksTests = failures.some(([, error]) => needsTests(error, tests));
    throw failed(notImported, origin, lacksTests ? testsRemedy : importRemedy(names, manifest, origin));
  }
  return [
    { name: 'imports', detail: `${modules.length} modules import` },
    { name: 'children', detail: 'children start' },
    { name: 'isolation', detail: `all ${mapped.length} loaded files are in the archive` },
  ];
}

/**
 * Whether the system refused to execute the packed Python, for example because of a mount with noexec or a policy. Some
 * shells end in the same way if a program is for another machine.
 */
function wasRefused({ code, stdout }: ProcessResult, unpacked: Unpacked): boolean {
  return code === 126 && stdout.length === 0 && !isForeign(unpacked);
}

/** The answer of the probe. An archive from elsewhere may print anything. */
function readProbed(finished: ProcessResult, modules: readonly string[], startable: Startable): Probed {
  const lines = finished.stdout.toString().trimEnd().split('\n');
  const answer = lines.at(-1) ?? '';
  const problem = problemOf(finished, startable);
  if (problem !== undefined) throw unanswered(problem, answer, modules, startable);
  try {
    const probed: Probed = JSON.parse(answer);
    const paths = [probed.prefix, probed.executable, ...probed.path, ...probed.mapped.flat()];
    if (Object.keys(probed.failures) && paths.every((path) => typeof path === 'string')) return probed;
  } catch {}
  if (modules.includes(answer)) throw unanswered('the packed Python exited', answer, modules, startable);
  throw failed([`the packed Python did not answer: ${lastWords(finished)}`], startable.origin);
}

/** Why there is no answer, if the exit code or the time limit says so. */
function problemOf(
  finished: ProcessResult,
  { unpacked, manifest, maxSilence }: Startable,
): string | undefined {
  const { code, exceeded, stdout } = finished;
  if (exceeded === 'maxSilence') return `the packed Python printed nothing for ${maxSilence / 1000} seconds`;
  if (exceeded === 'maxTime') return `the packed Python ran for more than ${maxTime / 1000} seconds`;
  if (exceeded === 'maxOutput') return `the packed Python printed more than ${maxOutput} bytes`;
  if (exceeded === 'maxErrors') return `the packed Python printed more than ${maxErrors} bytes to stderr`;
  if (code !== 0) {
    const elsewhere = isForeign(unpacked)
      ? ` (it is for ${manifest.arch}, and this machine is ${machine()})`
      : '';
    return `the packed Python exited with code ${code}${elsewhere}: ${lastWords(finished)}`;
  }
  return stdout.length === 0 ? 'the packed Python exited before it printed a result' : undefined;
}

/** The error if the probe did not finish. Its last line may name the module that was being imported. */
function unanswered(
  problem: string,
  last: string,
  modules: readonly string[],
  { manifest, origin }: Startable,
): RelopackError {
  if (!modules.includes(last)) return failed([problem], origin);
  return failed([`import ${last}: ${problem}`], origin, importRemedy([last], manifest, origin));
}

/** Whether the archive is for another kind of machine. The ELF files say so; RPM and uname differ in their names. */
function isForeign({ loader }: Unpacked): boolean {
  return loader !== undefined && !sameIdentity(loader, identityOf(process.execPath));
}

/** The last lines of stderr. A progress bar ends its lines with carriage returns. */
function lastWords({ stderr }: ProcessResult): string {
  return stderr
    .trim()
    .split(/\r?\n|\r/)
    .slice(-3)
    .join('\n');
}

function isInside(path: string, top: string): boolean {
  return path === top || path.startsWith(`${top}/`);
}
