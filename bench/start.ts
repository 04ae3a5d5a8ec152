/**
 * Measures the start of a packed Python and of the host's own, in the same root and in turn: `node bench/start.ts
 * [ROUNDS]` after `npm run build`. Prints medians and ratios; asserts nothing.
 */

import { sharedTree } from '../__tests__/support/packed/packed.ts';
import { rpmHost } from '../__tests__/support/rpm-host/build.ts';
import { inRoot } from '../__tests__/support/rpm-host/targets.ts';

const rounds = Number(process.argv[2] ?? 100);
const commands = ['pass', 'import json, ssl', 'import requests, yaml'];
const pythons = {
  host: '/usr/bin/python3',
  'read-only': '/opt/read-only/bin/python3',
  writable: '/opt/writable/bin/python3',
};

/**
 * Runs inside the root with the host's Python, so that every Python is started in the same way. Prints milliseconds.
 */
const timing = `
import json, os, sys, time
rounds, commands, pythons = json.loads(sys.argv[1])
nothing = os.open("/dev/null", os.O_RDWR)
def start(python, command):
    begin = time.perf_counter()
    pid = os.posix_spawn(python, [python, "-W", "ignore", "-c", command], os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, nothing, 1)])
    if os.waitpid(pid, 0)[1]:
        sys.exit("%s ended with an error" % python)
    return (time.perf_counter() - begin) * 1000
times = {command: {python: [] for python in pythons} for command in commands}
for round in range(rounds + 3):
    for command in commands:
        for python in pythons:
            taken = start(python, command)
            if round >= 3:
                times[command][python].append(taken)
print(json.dumps(times))
`;

const { root } = await rpmHost();
const tree = await sharedTree();
const { code, stdout, stderr } = await inRoot(
  root,
  [pythons.host, '-c', timing, JSON.stringify([rounds, commands, Object.values(pythons)])],
  {
    env: { PATH: '/usr/bin:/bin', LANG: 'C.UTF-8' },
    // The host's files are mounted too, so that none of the three Pythons is read through the root's overlay.
    readOnly: { [`${root}/usr`]: '/usr', [tree]: '/opt/read-only' },
    binds: { [`${tree}/.`]: '/opt/writable' },
  },
);
if (code !== 0) throw new Error(stderr);
const times: Record<string, Record<string, number[]>> = JSON.parse(stdout.toString());

function quantile(values: number[], at: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * at)] ?? Number.NaN;
}

console.log(`${rounds} rounds, ${process.arch}; ratio to the host's own python3`);
console.log('median, ms'.padEnd(24), ...Object.keys(pythons).map((name) => name.padStart(16)));
for (const command of commands) {
  const taken = Object.values(pythons).map((python) => times[command]?.[python] ?? []);
  const own = quantile(taken[0] ?? [], 0.5);
  const cells = taken.map((values) => {
    const median = quantile(values, 0.5);
    return `${median.toFixed(1)} (${(median / own).toFixed(2)})`.padStart(16);
  });
  console.log(command.padEnd(24), ...cells);
}
