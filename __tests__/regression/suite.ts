import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type InRoot, inRoot } from '../host/targets.ts';

/** What CPython's own regrtest says of each of its test files, such as `passed` or `failed (2 errors)`. */
export type Outcomes = ReadonlyMap<string, string>;

/** The tests of this list that are named in the issue trackers of moved Pythons, file by file: quick enough for each commit. */
export const subset: readonly string[] = [
  ...[
    'test_subprocess',
    'test_multiprocessing_spawn',
    'test_venv',
    'test_ssl',
    'test_ctypes',
    'test_sqlite3',
  ],
  ...[
    'test_socket',
    'test_zoneinfo',
    'test_locale',
    'test_curses',
    'test_readline',
    'test_sysconfig',
    'test_site',
  ],
  ...['test_importlib', 'test_concurrent_futures', 'test_asyncio', 'test_os', 'test_posix', 'test_httplib'],
];

const line =
  /\[\s*\d+\/\d+(?:\/\d+)?\] (test_\w+) (passed|failed|skipped|run no tests|crashed|timed out|interrupted)/;

/**
 * Runs test files of CPython's suite by that Python in a root, all of the suite where none is named. Both sides get
 * the same surroundings: an empty home, the same hosts, UTC, C.UTF-8.
 */
export async function runSuite(
  root: string,
  python: string,
  tests: readonly string[],
  binds: InRoot['binds'] = {},
): Promise<Outcomes> {
  const scratch = mkdtempSync(join(tmpdir(), 'relopack-suite-'));
  try {
    const hosts = join(scratch, 'hosts');
    writeFileSync(hosts, '127.0.0.1 localhost\n::1 localhost ip6-localhost\n');
    const env = {
      PATH: '/usr/sbin:/usr/bin:/sbin:/bin',
      HOME: '/root',
      LANG: 'C.UTF-8',
      TZ: 'UTC',
      TERM: 'linux',
    };
    const argv = [python, '-m', 'test', '-j2', '--timeout=600', ...tests];
    const { code, stdout, stderr } = await inRoot(root, argv, {
      env,
      binds: { [hosts]: '/etc/hosts', ...binds },
    });
    const outcomes = new Map<string, string>();
    for (const said of stdout.toString().split('\n')) {
      const [, test, outcome] = line.exec(said) ?? [];
      if (test !== undefined && outcome !== undefined) outcomes.set(test, outcome);
    }
    if (outcomes.size === 0)
      throw new Error(`no test ran (exit code ${code}): ${stdout}${stderr}`.slice(-4000));
    return outcomes;
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

/** What passes on the host and not where the Python was moved to. */
export function regressions(host: Outcomes, moved: Outcomes): string[] {
  return [...host]
    .filter(([test, outcome]) => outcome === 'passed' && moved.get(test) !== 'passed')
    .map(([test]) => test);
}
