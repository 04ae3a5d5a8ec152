import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { type InRoot, inRoot } from '../support/rpm-host/targets.ts';
import { scratch } from '../support/scratch.ts';

type Outcome = 'passed' | 'failed' | 'skipped';

/** The outcome of each test case of CPython's suite, by its full name. A file that reports no cases counts as one. */
export type Outcomes = ReadonlyMap<string, Outcome>;

/** Test files that moved Pythons were seen to break. The slowest come first: they mostly wait. */
export const subset: readonly string[] = [
  ...['test_concurrent_futures', 'test_multiprocessing_spawn', 'test_asyncio', 'test_subprocess'],
  ...['test_venv', 'test_ssl', 'test_ctypes', 'test_socket', 'test_zoneinfo', 'test_locale', 'test_curses'],
  ...['test_readline', 'test_sysconfig', 'test_site', 'test_importlib', 'test_sys', 'test_sqlite3'],
];

/** Cases that test something that a packed Python is not meant to do, each with the reason. */
const inapplicable: ReadonlyMap<string, string> = new Map([
  ['test.test_site.HelperFunctionsTests.test_s_option', 'the packed site.py never uses ~/.local'],
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
 * Runs test files of CPython's suite with a Python in a root; the whole suite if `tests` is empty. Every Python gets
 * the same environment: an empty home, the same hosts, UTC, C.UTF-8. Throws if the suite stops before its end.
 */
export async function runSuite(
  root: string,
  python: string,
  tests: readonly string[],
  binds: InRoot['binds'] = {},
): Promise<Outcomes> {
  const directory = scratch('suite-');
  const hosts = join(directory, 'hosts');
  writeFileSync(hosts, '127.0.0.1 localhost\n::1 localhost ip6-localhost\n');
  const services = join(directory, 'services');
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
    binds: { [hosts]: '/etc/hosts', [services]: '/etc/services', [directory]: '/outcomes', ...binds },
  });
  if (!/^Total duration: /m.test(stdout.toString()))
    throw new Error(`the suite stopped with exit code ${code}: ${stdout}${stderr}`.slice(-4000));
  return readOutcomes(readFileSync(join(directory, 'cases.xml'), 'utf8'));
}

/** Runs test files with a Python that was packed, unpacked at `tree` and moved into a root. */
export function runMoved(root: string, tree: string, tests: readonly string[]): Promise<Outcomes> {
  return runSuite(root, '/opt/py/bin/python3', tests, { [tree]: '/opt/py' });
}

/** Reads the outcomes from a JUnit file. A case has a line for each failed subtest, so its worst line counts. */
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

/** The test file that a case belongs to. `test_ctypes` and others only load cases from elsewhere: `ctypes.test`. */
export function fileOf(name: string): string {
  const [first = '', second = ''] = name.split('.');
  return first === 'test' || second === '' ? second || first : `test_${first}`;
}

/**
 * Runs the files of regressions again, alone, because some cases depend on time and fail on a busy machine. Returns the
 * outcomes, with those that pass now.
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

/** The cases that pass on the host and fail after the move, except those in `inapplicable`. */
export function regressions(host: Outcomes, moved: Outcomes): string[] {
  return [...host]
    .filter(([name, outcome]) => outcome === 'passed' && moved.get(name) !== 'passed')
    .filter(([name]) => !inapplicable.has(name))
    .map(([name]) => name);
}
