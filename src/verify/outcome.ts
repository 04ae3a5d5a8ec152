import { RelopackError } from '../common/error.ts';
import { type Message, message, option } from '../common/message.ts';
import type { Manifest } from '../manifest/manifest.ts';

/** Whether this run packed the archive, or it comes from `elsewhere`. The remedy for a fault depends on it. */
export type Origin = 'packed' | 'elsewhere';

/** A check that the archive passed. */
export interface Check {
  name: 'checksum' | 'files' | 'libraries' | 'imports' | 'children' | 'isolation';
  /** The result, in a few words. */
  detail: string;
}

/** The result of a check. The archive passed it if there are no problems. */
export interface Outcome extends Check {
  problems: string[];
}

/** The limit for problems that one error names. */
const maxProblems = 20;

const maybeExcluded = message`${option('exclude')} may have left out a needed file.`;
const reportBug = 'Otherwise report a bug with this message.';
const unchecked = message`${option('verify', false)} writes the archive unchecked.`;
const unstarted = message`${option('start', false)} checks the archive without starting anything from it.`;

const remedies: Record<Origin, Message> = {
  packed: message`${maybeExcluded} If so, change the globs. ${reportBug} ${unchecked}`,
  elsewhere: message`Do not use this archive: fetch or pack it again. If it fails again, ${maybeExcluded} ${reportBug}`,
};

/** The check, if the archive passed it. Throws RelopackError 'verify-failed' otherwise. */
export function passed({ problems, ...check }: Outcome, origin: Origin): Check {
  if (problems.length > 0) throw failed(problems, origin);
  return check;
}

/** The error for an archive that has these problems. */
export function failed(
  problems: readonly string[],
  origin: Origin,
  remedy: Message = remedies[origin],
): RelopackError {
  const shown = problems.slice(0, maxProblems);
  if (problems.length > shown.length) shown.push(`and ${problems.length - shown.length} more`);
  return new RelopackError('verify-failed', `the archive failed verification: ${shown.join('; ')}`, remedy);
}

/** The remedy for modules that import tests that were left out. */
export const testsRemedy: Message = message`It imports tests, which are only packed with ${option('tests')}. ${option('include')} packs single files.`;

/** The remedy for modules that cannot be imported. Each of them is a name that can follow `import`. */
export function importRemedy(modules: readonly string[], { python }: Manifest, origin: Origin): Message {
  const command = `python${python.version} -c 'import ${modules.join(', ')}'`;
  if (origin === 'packed')
    return message`Test the installed Python: ${command}. If that fails too, repair the installation. If it works, ${maybeExcluded} ${reportBug} ${unchecked}`;
  const otherCauses = 'A module may also need something that is missing on this machine.';
  return message`The person who packed it can test the Python that was packed: ${command}. If that works, ${maybeExcluded} ${otherCauses} ${unstarted}`;
}

/** The remedy for code in a .pth file that puts a directory outside the archive on sys.path. */
export function linesRemedy(origin: Origin): Message {
  const change = 'so that the path begins with sys.prefix, which is the top folder of the unpacked archive.';
  if (origin === 'elsewhere')
    return message`The person who packed it can change this line ${change} ${unstarted}`;
  return message`Change this line in the package, or on this host, ${change} ${unchecked}`;
}

/** The error if the packed Python could not be started. The archive may still be sound: /tmp may be mounted noexec. */
export function notStarted(problem: string, origin: Origin, cause?: unknown): RelopackError {
  const workaround = origin === 'packed' ? unchecked : unstarted;
  return new RelopackError(
    'verify-failed',
    `the packed Python cannot be started in a temporary directory: ${problem}`,
    message`If that directory is mounted with noexec, set TMPDIR to another one. ${workaround}`,
    { cause },
  );
}
