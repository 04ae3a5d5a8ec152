import { RelopackError } from '../common/error.ts';
import type { Manifest } from '../manifest/manifest.ts';

/** Whether an archive was packed by whoever verifies it, a moment ago. What can be done about a fault hangs on it. */
export type Origin = 'packed' | 'elsewhere';

const remedies: Record<Origin, string> = {
  packed:
    'Where --exclude left out what is needed, change the globs; else report it with this message. ' +
    '--no-verify writes the archive unchecked.',
  elsewhere:
    'Do not use it: fetch or pack it again. If it stays so, whoever packed it may have left out what is needed with ' +
    '--exclude; else report it with this message.',
};

/** The refusal of an archive, with all that is wrong with it. */
export function failed(problems: string[], origin: Origin, remedy: string = remedies[origin]): RelopackError {
  const shown = problems.slice(0, 20);
  if (problems.length > shown.length) shown.push(`and ${problems.length - shown.length} more`);
  const message = `the archive does not hold what it should: ${shown.join('; ')}`;
  return new RelopackError('verify-failed', message, remedy);
}

/** What to do about modules that don't import, each a name that may follow `import`. */
export function importRemedy(modules: string[], { python }: Manifest, origin: Origin): string {
  const command = `python${python.version} -c 'import ${modules.join(', ')}'`;
  return origin === 'packed'
    ? `See whether the host can do it: ${command}. If so, --exclude may have left out what it takes; else report it ` +
        'with this message. --no-verify writes the archive unchecked.'
    : `Whoever packed it can see whether that host can do it: ${command}, and what --exclude left out. A module may ` +
        'also want of this machine what it has not. --no-start checks the archive without importing anything.';
}

/** What is packed may be right all the same: hardened machines let nothing be started in /tmp. */
export function notStarted(why: string, origin: Origin, cause: unknown): RelopackError {
  const without =
    origin === 'packed'
      ? '--no-verify writes the archive unchecked.'
      : '--no-start checks the archive without starting anything of it.';
  return new RelopackError(
    'verify-failed',
    `the packed Python can't be started in a temporary directory: ${why}`,
    `Where that is mounted with noexec, let TMPDIR name another directory. ${without}`,
    { cause },
  );
}
