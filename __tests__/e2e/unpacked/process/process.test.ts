import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { sharedTree } from '../../../support/packed/packed.ts';
import { rpmHost } from '../../../support/rpm-host/build.ts';
import { type ForeignRoots, foreignRoots, inRoot } from '../../../support/rpm-host/targets.ts';
import { must, run } from '../../../support/run.ts';
import { scratch } from '../../../support/scratch.ts';

const tree = '/opt/py';

/** Prints, as JSON, how the kernel and Python see this process. */
const introduce = `
import json, os, sys
def read(name):
    with open("/proc/self/" + name) as file:
        return file.read()
print(json.dumps({
    "comm": read("comm").strip(), "cmdline": read("cmdline").split("\\0")[:-1], "exe": os.readlink("/proc/self/exe"),
    "argv": sys.argv, "executable": sys.executable, "prefix": sys.prefix, "orig_argv": sys.orig_argv, "flags": list(sys.flags), "warnoptions": sys.warnoptions,
}))
`;

/**
 * Ways to start a Python, as commands for bash. $P is its path, $S the script. `executable` is sys.executable if an
 * installed Python has another one, or none.
 */
const ways: { name: string; command: string; exe?: string; executable?: string }[] = [
  { name: 'by its path', command: '"$P" -c "$S" x' },
  { name: 'with options', command: '"$P" -I -s -W error -c "$S"' },
  { name: 'by its name in PATH', command: 'PATH="$(dirname "$P"):$PATH" python3 -c "$S"' },
  { name: 'by a relative path', command: 'cd "$(dirname "$P")/.." && bin/python3 -c "$S"' },
  { name: 'through a link', command: 'ln -s "$P" /tmp/link && /tmp/link -c "$S"' },
  {
    name: 'through a link to its directory',
    command: 'ln -s "$(dirname "$P")" /tmp/bin && /tmp/bin/python3 -c "$S"',
    executable: '/usr/bin/python3',
  },
  { name: 'with another argv[0]', command: 'exec -a other "$P" -c "$S"', executable: '/usr/bin/python3' },
  {
    name: 'by the first line of a script',
    command: `printf '#!%s -E\\n%s' "$P" "$S" >/tmp/tool && chmod +x /tmp/tool && /tmp/tool x`,
  },
  {
    name: 'in a virtual environment of links',
    command: '"$P" -m venv --without-pip /tmp/venv && /tmp/venv/bin/python -c "$S"',
  },
  {
    name: 'in a virtual environment of copies',
    command: '"$P" -m venv --without-pip --copies /tmp/venv && /tmp/venv/bin/python3 -c "$S"',
    exe: '/tmp/venv/bin/python3',
  },
  {
    name: 'in a virtual environment of copies that was made through a link',
    command:
      'ln -s "$P" /tmp/link && /tmp/link -m venv --without-pip --copies /tmp/venv && /tmp/venv/bin/python3 -c "$S"',
    exe: '/tmp/venv/bin/python3',
  },
  {
    name: 'by execve of /proc/self/exe',
    command: `"$P" -c 'import os, sys; os.execv("/proc/self/exe", ["again", "-c", sys.argv[1]])' "$S"`,
    executable: '/usr/bin/python3',
  },
];

describe('the process of a packed Python', () => {
  let roots: ForeignRoots;
  let packed: string;
  let host: string;
  before(async () => {
    [roots, packed, host] = [await foreignRoots(), await sharedTree(), (await rpmHost()).root];
  });

  const bash = (
    command: string,
    options: { root?: string; path?: string; binds?: Record<string, string> } = {},
  ) => {
    const { root = roots.bullseye, path = `${tree}/bin/python3`, binds = {} } = options;
    return inRoot(root, ['/bin/bash', '-c', command], {
      env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C.UTF-8', P: path, S: introduce },
      readOnly: { [packed]: tree },
      binds,
    });
  };

  for (const { name, command, exe, executable } of ways) {
    test(`is that of an installed Python, started ${name}; its program is bin/python3`, async () => {
      const [own, installed] = await Promise.all([
        bash(command),
        bash(command, { root: host, path: '/usr/bin/python3' }),
      ]);
      assert.equal(own.code, 0, own.stderr);
      assert.equal(installed.code, 0, installed.stderr);
      const { exe: program, ...others } = JSON.parse(own.stdout.toString().replaceAll(tree, '/usr'));
      const { exe: _, ...expected } = JSON.parse(installed.stdout.toString());
      assert.deepEqual(others, executable === undefined ? expected : { ...expected, executable });
      assert.equal(program, exe ?? '/usr/bin/python3');
    });
  }

  /** Conditions that a start must survive, as commands for bash that succeed. */
  const conditions: { name: string; command: string }[] = [
    {
      name: 'without open descriptors',
      command: 'exec 0<&- 1<&- 2<&-; "$P" -c "import sys; sys.exit(7)"; test $? = 7',
    },
    {
      name: 'with no descriptor of its own',
      command: `test "$(ls /proc/self/fd | wc -l)" = "$("$P" -c 'import os; print(len(os.listdir("/proc/self/fd")))')"`,
    },
    { name: 'with a stack of 80 kB', command: 'ulimit -s 80; env -i "$P" -S -c pass' },
    { name: 'without /proc', command: 'umount -l /proc && "$P" -c "import ssl, sqlite3, ctypes"' },
    { name: 'without address randomization', command: 'setarch -R "$P" -c "import ssl"' },
    { name: 'in the old layout of the address space', command: 'setarch -L "$P" -c "import ssl"' },
    {
      name: 'with 1.5 MB of variables',
      command: `"$P" -c 'import os, sys; os.execve(sys.executable, [sys.executable, "-c", "import os; assert len(os.environ[\\"V14\\"]) == 10 ** 5"], {f"V{i}": "x" * 10 ** 5 for i in range(15)})'`,
    },
    {
      name: 'with 100,000 variables',
      command: `"$P" -c 'import os, sys; os.execve(sys.executable, [sys.executable, "-c", "import os; assert len(os.environ) >= 10 ** 5"], {f"V{i}": "" for i in range(10 ** 5)})'`,
    },
    {
      name: 'with 150,000 arguments',
      command: `"$P" -c 'import os, sys; os.execv(sys.executable, [sys.executable, "-c", "import sys; assert len(sys.argv) == 150001"] + ["x"] * 150000)'`,
    },
    {
      name: 'with a heap, and without memory that is writable and executable',
      command: `"$P" -c 'maps = open("/proc/self/maps").read(); assert "[heap]" in maps and " rwx" not in maps'`,
    },
    {
      name: 'with threads and a deep recursion',
      command: `"$P" -c 'import sys, threading; sys.setrecursionlimit(10 ** 6); f = lambda n: n and f(n - 1); f(15000); threading.Thread(target=f, args=(9,)).start()'`,
    },
    { name: 'a hundred times', command: 'for i in {1..100}; do "$P" -S -c pass || exit 1; done' },
    {
      name: 'so that pidof and start-stop-daemon find it',
      command:
        '"$P" -c "import time; time.sleep(60)" & sleep 1; test "$(pidof "$P")" = $! && start-stop-daemon --status --exec "$P"; code=$?; kill $!; exit $code',
    },
  ];
  for (const { name, command } of conditions) {
    test(`starts ${name}`, async () => {
      const { code, stdout, stderr } = await bash(command);
      assert.equal(code, 0, `${stdout}${stderr}`);
    });
  }

  describe('with privileges that its caller lacks', () => {
    const source = `
#define _GNU_SOURCE
#include <unistd.h>
int main(int argc, char **argv)
{
    (void)argc;
    if (setresgid(1, 65534, 65534) || setresuid(1, 65534, 65534)) return 125;
    execv(argv[1], argv + 1);
    return 126;
}
`;
    const script = `
import ctypes, os, ssl, sys
names = ("LD_PRELOAD", "TMPDIR", "LOCPATH", "OTHER")
secure = ctypes.CDLL(None).getauxval(23)
print(secure, os.getuid(), os.geteuid(), os.readlink("/proc/self/exe"), [name for name in names if name in os.environ], sys.executable)
`;
    let directory: string;
    before(async () => {
      directory = scratch('privileges-');
      writeFileSync(join(directory, 'as.c'), source);
      await must('gcc', ['-static', '-o', join(directory, 'as'), join(directory, 'as.c')]);
    });

    for (const { name, program } of [
      { name: 'by its path', program: '"$P"' },
      { name: 'through a link', program: '/tmp/link' },
    ]) {
      test(`it executes ld.so, without the variables that ld.so would remove, ${name}`, async () => {
        const command = `ln -s "$P" /tmp/link && export LD_PRELOAD=/nowhere TMPDIR=/x LOCPATH=/x OTHER=x && /as/as ${program} -c '${script}'`;
        const { code, stdout, stderr } = await bash(command, { binds: { [directory]: '/as' } });
        assert.equal(code, 0, stderr);
        assert.equal(stdout.toString(), `1 1 65534 ${tree}/libexec/ld.so ['OTHER'] ${tree}/bin/python3\n`);
      });
    }

    test('it finds the locales of the tree, and leaves no variable behind', async () => {
      const lines =
        'import locale, os; print(locale.setlocale(locale.LC_ALL, "C.UTF-8"), "LOCPATH" in os.environ, os.system("env | grep -c LOCPATH"))';
      const { code, stdout, stderr } = await bash(`/as/as "$P" -c '${lines}'`, {
        binds: { [directory]: '/as' },
      });
      assert.equal(code, 0, stderr);
      assert.equal(stdout.toString(), '0\nC.UTF-8 False 256\n');
    });
  });

  describe('for the tools of this machine', () => {
    const gdb = async (...args: string[]) => {
      const commands = ['set debuginfod enabled off', 'info sharedlibrary', 'backtrace'];
      const options = ['-q', '-nx', '-batch', ...args, ...commands.flatMap((command) => ['-ex', command])];
      return (await run('gdb', options)).stdout.toString();
    };
    /** The libraries and the function that gdb must find. */
    function check(output: string, called: RegExp): void {
      const libraries = [...output.matchAll(/^0x\S+ +0x\S+ +(?:Yes|No)\b.* (\/\S+)$/gm)].map(
        ([, path]) => path,
      );
      assert.ok(
        libraries.some((path) => path?.startsWith(`${packed}/lib64/libpython3.11.so`)),
        output,
      );
      assert.ok(libraries.length > 5 && libraries.every((path) => path?.startsWith(`${packed}/`)), output);
      assert.match(output, called);
      assert.match(output, / in Py_BytesMain /);
    }
    const program = () => join(packed, 'bin/python3');

    test('has all libraries and symbols if gdb attaches', async () => {
      const script = `
import os, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import ssl, time; print(flush=True); time.sleep(60)"], stdout=subprocess.PIPE)
child.stdout.readline()
commands = ["set debuginfod enabled off", "info sharedlibrary", "backtrace"]
subprocess.run(["gdb", "-q", "-nx", "-batch", "-p", str(child.pid), *(word for command in commands for word in ("-ex", command))])
child.kill()
`;
      const { stdout } = await must(program(), ['-c', script], { env: { PATH: process.env.PATH ?? '' } });
      check(stdout.toString(), / in time_sleep /);
    });

    test('has all libraries and symbols if gdb reads its core', async () => {
      const directory = scratch('core-');
      const core = join(directory, 'core');
      const script = 'import ssl, time; print(flush=True); time.sleep(60)';
      const dump = `"$0" -c '${script}' >out & while ! [ -s out ]; do sleep 0.1; done; gcore -o core $! >/dev/null 2>&1; mv core.* core; kill $!`;
      await run('sh', ['-c', dump, program()], { cwd: directory });
      check(await gdb(program(), '-c', core), / in time_sleep /);
    });

    test('has the name python3 for pgrep -x', async () => {
      const script = `
import os, subprocess
assert str(os.getpid()) in subprocess.run(["pgrep", "-x", "python3"], stdout=subprocess.PIPE).stdout.decode().split()
`;
      await must(program(), ['-c', script], { env: { PATH: process.env.PATH ?? '' } });
    });

    test('is started by one execve, as strace shows', async () => {
      const trace = join(scratch('strace-'), 'trace');
      const { stdout } = await must('strace', [
        '-o',
        trace,
        '-e',
        'trace=execve',
        program(),
        '-c',
        'print(1)',
      ]);
      assert.equal(stdout.toString(), '1\n');
      const lines = (await must('grep', ['-c', '^execve', trace])).stdout.toString();
      assert.equal(lines, '1\n');
    });
  });
});
