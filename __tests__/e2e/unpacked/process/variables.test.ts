import assert from 'node:assert/strict';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { sharedTree } from '../../../support/packed/packed.ts';
import { type ForeignRoots, foreignRoots, type InRoot, inRoot } from '../../../support/rpm-host/targets.ts';

const tree = '/opt/py';
const leaks = '/test/leaks.py';

/** Prints what os.environ, the kernel, a child and C code know of three variables. */
const report = `
import ctypes, json, os, subprocess
names = "LOCPATH", "GCONV_PATH", "TZDIR"
def of(lines):
    return dict(line.split("=", 1) for line in lines if line.split("=")[0] in names)
c_getenv = ctypes.CDLL(None).getenv
c_getenv.restype = ctypes.c_char_p
print(json.dumps({
    "python": {name: os.environ[name] for name in names if name in os.environ},
    "kernel": of(open("/proc/self/environ").read().split("\\0")),
    "child": of(subprocess.check_output(["env"], text=True).splitlines()),
    "c": {name: c_getenv(name.encode()).decode() for name in names if c_getenv(name.encode()) is not None},
}))
`;

describe('the variables that libc of a packed Python reads', () => {
  let roots: ForeignRoots;
  let packed: string;
  before(async () => {
    [roots, packed] = [await foreignRoots(), await sharedTree()];
  });

  async function python(root: keyof ForeignRoots, args: string[], options: InRoot = {}): Promise<string> {
    const { env, readOnly, ...others } = options;
    const { code, stdout, stderr } = await inRoot(roots[root], [`${tree}/bin/python3`, ...args], {
      env: { PATH: '/usr/bin:/bin', ...env },
      readOnly: { [packed]: tree, ...readOnly },
      ...others,
    });
    assert.equal(code, 0, stderr);
    return stdout.toString();
  }

  // Busybox has no time zones, so TZDIR is needed there.
  for (const root of ['bullseye', 'busybox'] as const) {
    test(`are seen by none of 300 children while threads call setlocale() and tzset(), in ${root}`, async () => {
      const script = join(import.meta.dirname, '../../../support/packed/leaks.py');
      const { children, seen } = JSON.parse(
        await python(root, [leaks, '300'], {
          env: { LANG: 'de_DE.UTF-8' },
          readOnly: { [script]: leaks },
        }),
      );
      assert.deepEqual(seen, {});
      const counts: number[] = Object.values(children);
      assert.equal(
        counts.reduce((sum, count) => sum + count),
        300,
      );
      assert.equal(counts.length, 5);
    });
  }

  const none = { python: {}, kernel: {}, child: {} };
  const own = { LOCPATH: `${tree}/lib/locale`, GCONV_PATH: '/dev/null' };
  const callers = { LOCPATH: '/my/locales', GCONV_PATH: '/my/gconv', TZDIR: '/my/zones' };
  const theirs = { python: callers, kernel: callers, child: callers };
  const zones = `${tree}/share/zoneinfo`;
  for (const { name, root, env, expected } of [
    { name: 'are in no environment', root: 'bullseye', env: {}, expected: { ...none, c: own } },
    {
      name: 'name the time zones of the tree if the machine has none',
      root: 'busybox',
      env: {},
      expected: { ...none, c: { ...own, TZDIR: zones } },
    },
    {
      name: "do not change the caller's, of which only TZDIR has an effect",
      root: 'busybox',
      env: callers,
      expected: { ...theirs, c: { ...own, TZDIR: callers.TZDIR } },
    },
  ] as const) {
    test(name, async () => {
      assert.deepEqual(JSON.parse(await python(root, ['-c', report], { env })), expected);
    });
  }

  test('let a program choose its own time zones later', async () => {
    const script = `
import os, time
os.environ["TZ"] = "Europe/Berlin"
for directory in None, "/nowhere", None:
    if directory: os.environ["TZDIR"] = directory
    else: os.environ.pop("TZDIR", None)
    os.environ["TZ"] = "UTC"; time.tzset()
    os.environ["TZ"] = "Europe/Berlin"; time.tzset()
    print(*time.tzname)
`;
    assert.equal(await python('busybox', ['-c', script]), 'CET CEST\nEurope Europe\nCET CEST\n');
  });

  test('serve C code that calls setlocale() itself', async () => {
    const script = `
import ctypes
setlocale = ctypes.CDLL(None).setlocale
setlocale.restype = ctypes.c_char_p
print(setlocale(6, b"C"), setlocale(6, b"C.UTF-8"), setlocale(6, b"xx_XX.UTF-8"))
`;
    const env = { LOCPATH: '/usr/lib/locale' };
    assert.equal(await python('bullseye', ['-c', script], { env }), "b'C' b'C.UTF-8' None\n");
  });
});
