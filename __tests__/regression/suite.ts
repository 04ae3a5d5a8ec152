import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type InRoot, inRoot } from '../support/rpm-host/targets.ts';

type Outcome = 'passed' | 'failed' | 'skipped';

/** What became of each test case of CPython's suite, by its full name; and of each file that has no cases to show. */
export type Outcomes = ReadonlyMap<string, Outcome>;

/** What moved Pythons were seen to break, file by file; the slowest first, which for the most part wait. */
export const subset: readonly string[] = [
  ...['test_concurrent_futures', 'test_multiprocessing_spawn', 'test_asyncio', 'test_subprocess'],
  ...['test_venv', 'test_ssl', 'test_ctypes', 'test_socket', 'test_zoneinfo', 'test_locale', 'test_curses'],
  ...['test_readline', 'test_sysconfig', 'test_site', 'test_importlib', 'test_sys', 'test_sqlite3'],
];

/** Cases that ask for what a packed Python is not meant to be, each with the reason. */
const inapplicable: ReadonlyMap<string, string> = new Map([
  ['test.test_site.HelperFunctionsTests.test_s_option', 'the launcher always gives -s'],
  ['test.test_support.TestSupport.test_args_from_interpreter_flags', 'the launcher always gives -s'],
  ...['basic', 'file', 'nosite_file'].map(
    (name) =>
      [
        `test.test_site._pthFileTests.test_underpth_${name}`,
        'it copies the program out of its tree',
      ] as const,
  ),
  ['test.test_venv.BasicTest.test_zippath_from_non_installed_posix', 'it copies the program out of its tree'],
]);

const testcase = /<testcase name="([^"]+)"[^>]*?(?:\/>|>([\s\S]*?)<\/testcase>)/g;

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
    const services = join(scratch, 'services');
    writeFileSync(services, 'echo 7/tcp\necho 7/udp\nhttp 80/tcp\ndomain 53/tcp\ndomain 53/udp\n');
    const env = {
      PATH: '/usr/sbin:/usr/bin:/sbin:/bin',
      ...{ HOME: '/root', LANG: 'C.UTF-8', TZ: 'UTC', TERM: 'linux' },
    };
    const options = [
      `-j${2 * availableParallelism()}`,
      '--timeout=600',
      '-ucurses',
      '--junit-xml=/outcomes/cases.xml',
    ];
    const { code, stdout, stderr } = await inRoot(root, [python, '-m', 'test', ...options, ...tests], {
      env,
      binds: { [hosts]: '/etc/hosts', [services]: '/etc/services', [scratch]: '/outcomes', ...binds },
    });
    if (!/^Total duration: /m.test(stdout.toString()))
      throw new Error(`the suite broke off with exit code ${code}: ${stdout}${stderr}`.slice(-4000));
    return readOutcomes(readFileSync(join(scratch, 'cases.xml'), 'utf8'));
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

/** The same by a Python that was packed, unpacked at `tree` and moved into a root. */
export function runMoved(root: string, tree: string, tests: readonly string[]): Promise<Outcomes> {
  return runSuite(root, '/opt/py/bin/python3', tests, { [tree]: '/opt/py' });
}

/** Of a case with subtests there is a line for each that went wrong, so that the worst is what counts. */
function readOutcomes(xml: string): Outcomes {
  const outcomes = new Map<string, Outcome>();
  for (const [, name = '', inside = ''] of xml.matchAll(testcase)) {
    const outcome = /<(?:error|failure)\b/.test(inside)
      ? 'failed'
      : /<skipped\b/.test(inside)
        ? 'skipped'
        : 'passed';
    const case_ = name.replace(/ [[(].*/, '');
    if (outcome === 'failed' || outcomes.get(case_) !== 'failed') outcomes.set(case_, outcome);
  }
  return outcomes;
}

/** The test file that a case is of. `test_ctypes` and some others only gather what stands elsewhere: `ctypes.test`. */
export function fileOf(name: string): string {
  const [first = '', second = ''] = name.split('.');
  return first === 'test' || second === '' ? second || first : `test_${first}`;
}

/**
 * Runs the files of regressions once more, by themselves: some cases go by the clock, and fail where the machine is
 * busy. Returns the outcomes with those that pass now.
 */
export async function again(
  host: Outcomes,
  moved: Outcomes,
  run: (tests: string[]) => Promise<Outcomes>,
): Promise<Outcomes> {
  const files = [...new Set(regressions(host, moved).map(fileOf))];
  if (files.length === 0) return moved;
  const passed = [...(await run(files))].filter(([, outcome]) => outcome === 'passed');
  return new Map([...moved, ...passed]);
}

/** The cases that pass on the host and not where the Python was moved to, but for those that don't apply to it. */
export function regressions(host: Outcomes, moved: Outcomes): string[] {
  return [...host]
    .filter(([name, outcome]) => outcome === 'passed' && moved.get(name) !== 'passed')
    .filter(([name]) => !inapplicable.has(name))
    .map(([name]) => name);
}
