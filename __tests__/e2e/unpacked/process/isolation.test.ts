import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { sharedTree } from '../../../support/packed/packed.ts';
import { type ForeignRoots, foreignRoots, type InRoot, inRoot } from '../../../support/rpm-host/targets.ts';
import { must } from '../../../support/run.ts';
import { scratch } from '../../../support/scratch.ts';

const tree = '/opt/my py';

/**
 * Calls functions that make glibc and others look for files of the machine, then prints the mapped files outside the
 * tree.
 */
const mapped = `
import cryptography.fernet, ctypes.util, curses, gettext, locale, lxml.etree, os, readline, requests, socket, sqlite3, ssl, time, yaml, zoneinfo
try:
    locale.setlocale(locale.LC_ALL, "")
except locale.Error:
    pass
gettext.translation("none", fallback=True)
os.strerror(2), time.strftime("%c"), ssl.create_default_context()
os.path.exists("/etc/passwd") and __import__("pwd").getpwuid(0)
try:
    socket.getaddrinfo("localhost", 80)
except OSError:
    pass
curses.setupterm("xterm")
lines = [line.split(None, 5) for line in open("/proc/self/maps")]
paths = {fields[5].strip() for fields in lines if len(fields) == 6 and fields[5].startswith("/")}
print(len([path for path in paths if path.startswith("${tree}/")]) > 40, sorted(path for path in paths if not path.startswith("${tree}/")))
`;

/** A library that prints that it was loaded. It needs no other library, so it works with every libc. */
const preloaded = `
static void __attribute__((constructor)) say(void) {
  static const char text[] = "preloaded\\n";
  long result;
  __asm__ volatile("syscall" : "=a"(result) : "a"(1), "D"(2), "S"(text), "d"(sizeof text - 1) : "rcx", "r11", "memory");
}
`;

describe('a packed Python is isolated from the machine', () => {
  let roots: ForeignRoots;
  let packed: string;
  let directory: string;
  before(async () => {
    [roots, packed] = [await foreignRoots(), await sharedTree()];
    directory = scratch('isolation-');
    mkdirSync(join(directory, 'poison'));
    // None of them is an ELF file: ld.so ends with an error if it finds one.
    for (const name of ['libpython3.11.so.1.0', 'libc.so.6', 'libz.so.1', 'libssl.so.3', 'libcrypto.so.3'])
      writeFileSync(join(directory, 'poison', name), 'poison');
    writeFileSync(join(directory, 'preloaded.c'), preloaded);
    const library = join(directory, 'preloaded.so');
    await must('gcc', ['-shared', '-fPIC', '-nostdlib', '-o', library, join(directory, 'preloaded.c')]);
    writeFileSync(join(directory, 'ld.so.preload'), '/mine/preloaded.so\n');
  });

  function python(root: keyof ForeignRoots, script: string, { env, binds, ...others }: InRoot = {}) {
    return inRoot(roots[root], [`${tree}/bin/python3`, '-c', script], {
      env: { PATH: '/usr/bin:/bin', ...env },
      readOnly: { [packed]: tree },
      binds: { [directory]: '/mine', ...binds },
      ...others,
    });
  }

  const environments: Record<string, string>[] = [
    {},
    { LANG: 'C.UTF-8', LANGUAGE: 'de:fr' },
    { LC_ALL: 'en_US.UTF-8' },
    { LD_LIBRARY_PATH: '/lib/x86_64-linux-gnu:/usr/lib/x86_64-linux-gnu:/lib' },
    { LOCPATH: '/usr/lib/locale', LANG: 'C.UTF-8' },
    { TZ: 'Europe/Berlin', GCONV_PATH: '/usr/lib/x86_64-linux-gnu/gconv' },
  ];
  for (const env of environments) {
    const name = Object.entries(env).map((pair) => pair.join('='));
    test(`no file from outside is mapped, with ${name.join(' ') || 'no variable'}`, async () => {
      for (const root of ['bullseye', 'busybox'] as const) {
        const { code, stdout, stderr } = await python(root, mapped, { env });
        assert.equal(code, 0, stderr);
        assert.equal(stdout.toString(), 'True []\n');
      }
    });
  }

  test('libraries in LD_LIBRARY_PATH are not loaded, and the variable reaches children', async () => {
    const script =
      'import os, ssl, zlib, subprocess; print(subprocess.run(["env"], capture_output=True, text=True).stdout.count("LD_LIBRARY_PATH=/mine/poison"))';
    // None of the machine's own programs would start with it. So the child is busybox, which is static.
    const { code, stdout, stderr } = await python('busybox', script, {
      env: { LD_LIBRARY_PATH: '/mine/poison' },
    });
    assert.equal(code, 0, stderr);
    assert.equal(stdout.toString(), '1\n');
  });

  test('/etc/ld.so.preload has no effect', async () => {
    const binds = { [join(directory, 'ld.so.preload')]: '/etc/ld.so.preload' };
    // A program of the machine loads it, so this test can fail.
    const script = 'import subprocess; subprocess.run(["/bin/true"])';
    const child = await python('bullseye', script, { binds });
    assert.ok(child.stderr.includes('preloaded'), child.stderr);
    const itself = await inRoot(roots.busybox, [`${tree}/bin/python3`, '-c', 'print("runs")'], {
      readOnly: { [packed]: tree },
      binds: { [directory]: '/mine', ...binds },
    });
    assert.deepEqual([itself.stdout.toString(), itself.stderr], ['runs\n', '']);
  });

  test('PYTHONHOME and PYTHONPLATLIBDIR have no effect, and reach children', async () => {
    const env = { PYTHONHOME: '/nowhere', PYTHONPLATLIBDIR: 'lib' };
    const script = `
import os, subprocess, sys
print(sys.prefix, {name: os.environ[name] for name in ("PYTHONHOME", "PYTHONPLATLIBDIR")} == ${JSON.stringify(env)})
variables = subprocess.run(["env"], capture_output=True, text=True).stdout.split()
print(sorted(variable for variable in variables if "PYTHON" in variable))
`;
    const { code, stdout, stderr } = await python('busybox', script, { env });
    assert.equal(code, 0, stderr);
    assert.equal(stdout.toString(), `${tree} True\n['PYTHONHOME=/nowhere', 'PYTHONPLATLIBDIR=lib']\n`);
  });

  test('PYTHONPATH works as in any Python', async () => {
    writeFileSync(join(directory, 'mine.py'), 'place = __file__\n');
    const { stdout } = await python('busybox', 'import mine; print(mine.place)', {
      env: { PYTHONPATH: '/mine' },
    });
    assert.equal(stdout.toString(), '/mine/mine.py\n');
  });

  describe("the caller's variables for ld.so", () => {
    /** They would each end the start, or print, if the packed ld.so read them. */
    const env = {
      LD_PRELOAD: '/mine/preloaded.so',
      LD_LIBRARY_PATH: '/mine/poison',
      LD_AUDIT: '/mine/preloaded.so',
      LD_PROFILE: 'libc.so.6',
      GLIBC_TUNABLES: 'glibc.malloc.check=3',
    };
    const seen = `
import os
names = ${JSON.stringify(Object.keys(env))}
with open("/proc/self/environ") as file:
    kernels = dict(variable.split("=", 1) for variable in file.read().split("\\0")[:-1])
print([{name: variables.get(name) for name in names} == ${JSON.stringify(env)} for variables in (os.environ, kernels)])
`;

    test('have no effect on it, but it sees them', async () => {
      for (const root of ['bullseye', 'busybox'] as const) {
        const { code, stdout, stderr } = await python(root, seen, { env });
        assert.deepEqual([code, stdout.toString(), stderr], [0, '[True, True]\n', '']);
      }
    });

    test('reach its children unchanged, and have their effect there', async () => {
      const script = 'import subprocess; subprocess.run(["/bin/true"])';
      const { stderr } = await python('bullseye', script, { env: { LD_PRELOAD: '/mine/preloaded.so' } });
      assert.equal(stderr, 'preloaded\n');
      // busybox is static.
      const list = 'import subprocess; subprocess.run(["env"])';
      const { stdout } = await python('busybox', list, { env });
      const variables = Object.entries(env).map(([name, value]) => `${name}=${value}`);
      assert.deepEqual(
        stdout
          .toString()
          .split('\n')
          .filter((variable) => variables.includes(variable))
          .sort(),
        variables.sort(),
      );
    });

    test('have no effect on a child that is the packed Python', async () => {
      const script = `import os, sys; os.execv(sys.executable, [sys.executable, "-c", ${JSON.stringify(seen)}])`;
      const { code, stdout, stderr } = await python('busybox', script, { env });
      assert.deepEqual([code, stdout.toString(), stderr], [0, '[True, True]\n', '']);
    });
  });

  describe('RELOPACK_LD_PRELOAD', () => {
    const variable = 'RELOPACK_LD_PRELOAD';
    const preload = (library: string) =>
      python(
        'bullseye',
        'import os, subprocess; print(sorted(name for name in os.environ if "LD_" in name)); subprocess.run(["/bin/true"])',
        { env: { [variable]: library } },
      );

    test('preloads a library into the packed Python, but not into its children', async () => {
      const { code, stdout, stderr } = await preload('/mine/preloaded.so');
      assert.equal(code, 0, stderr);
      assert.deepEqual([stdout.toString(), stderr], [`['${variable}']\n`, 'preloaded\n']);
    });

    test("stops the start if the library only works with the machine's libc, and ld.so says why", async () => {
      const { code, stdout, stderr } = await preload('/lib/x86_64-linux-gnu/libpthread.so.0');
      assert.notEqual(code, 0);
      assert.equal(stdout.toString(), '');
      assert.match(stderr, /libpthread\.so\.0: .*GLIBC_PRIVATE/);
    });
  });
});
