import { RelopackError } from '../../common/error.ts';
import { type ProcessResult, run } from '../../common/run/run.ts';

/** Runs rpm through env(1) in the C locale, as the texts that are searched for are in English. */
export async function rpm(...args: string[]): Promise<ProcessResult> {
  // run() throws if there is no env.
  const finished = await run('env', ['LC_ALL=C', 'rpm', ...args]).catch(() => undefined);
  if (finished !== undefined && finished.code !== 127) return finished;
  throw new RelopackError(
    'rpm-missing',
    'this machine has no program rpm, so no RPM database can be read',
    'Run relopack on an RPM host, or install rpm: `apt-get install rpm` on Debian and Ubuntu.',
  );
}
