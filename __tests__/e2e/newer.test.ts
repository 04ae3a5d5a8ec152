import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { unpack } from '../../src/archive/unpack.ts';
import { hashScript } from '../support/packed/bytecode.ts';
import { childEnvironment, childScript, packedChild } from '../support/packed/children.ts';
import { hostArguments, relopack } from '../support/packed/packed.ts';
import { introduces, startCommand, starts } from '../support/packed/starts.ts';
import { newerHost, newerPythons } from '../support/rpm-host/releases/forky.ts';
import { type ForeignRoots, foreignRoots, type InRoot, inRoot } from '../support/rpm-host/targets.ts';
import { scratch } from '../support/scratch.ts';

const tree = '/opt/new py';
const bundled = `${tree}/etc/pki/tls/certs/ca-bundle.crt`;

/** Ways of children.py that a new version of Python may have changed. The pool of interpreters exists since 3.14. */
const ways = (version: string) => [
  'os.execv',
  'asyncio',
  'multiprocessing, spawn',
  'multiprocessing, forkserver',
  'concurrent.futures',
  ...(version === '3.13' ? [] : ['concurrent.futures, another interpreter']),
];

/** Calls functions that need a file of the tree, and prints their results; then the mapped files outside the tree. */
const uses = `
import bz2, ctypes, ctypes.util, curses, decimal, hashlib, locale, lzma, os, readline, socket, sqlite3, ssl, subprocess, sys, time, uuid, zlib, zoneinfo
def environ():
    return sorted(subprocess.run(["env"], capture_output=True, text=True).stdout.splitlines())
before = dict(os.environ), environ()
print("certificates", ssl.create_default_context().cert_store_stats()["x509_ca"] > 100, ssl.get_default_verify_paths().cafile)
libcrypto = ctypes.CDLL(ctypes.util.find_library("crypto"))
print("providers", libcrypto.OSSL_PROVIDER_load(None, b"legacy") != 0)
print("zones", zoneinfo.ZoneInfo("Asia/Tokyo").key, time.tzname)
os.environ["TZ"] = "America/New_York"; time.tzset(); print(time.tzname); os.environ["TZ"] = "Europe/Berlin"; time.tzset()
curses.setupterm()
libreadline = ctypes.CDLL("libreadline.so.8")
libreadline.rl_get_termcap.restype = ctypes.c_char_p
print("terminals", curses.tigetnum("colors"), libreadline.rl_get_termcap(b"ku"))
print("databases", sqlite3.connect(":memory:").execute("select 1").fetchone())
print("libraries", [ctypes.CDLL(ctypes.util.find_library(name))._name for name in ("ssl", "c", "z", "stdc++")], ctypes.util.find_library("apt-pkg"))
print("locales", locale.setlocale(locale.LC_ALL, ""), locale.setlocale(locale.LC_ALL, "C.UTF-8"), locale.getencoding())
if sys.version_info >= (3, 14):
    import compression.zstd
    assert compression.zstd.decompress(compression.zstd.compress(b"text")) == b"text"
assert lzma.decompress(lzma.compress(b"text")) == bz2.decompress(bz2.compress(b"text")) == b"text"
# curses sets both for itself, with and without a terminal.
for name in "LINES", "COLUMNS":
    os.environ.pop(name, None)
print("environment", (dict(os.environ), environ()) == before)
paths = {line.split(None, 5)[5].strip() for line in open("/proc/self/maps") if "/" in line}
print("mapped", len([path for path in paths if path.startswith("${tree}/")]) > 20, [path for path in paths if not path.startswith(("${tree}/", "/memfd:"))])
`;

/** Shows that the start-up code ran, and that it left no variable behind. */
const started = `
import os, sys, time
import ctypes.util, locale
print(ctypes.util.find_library("z"), locale.setlocale(locale.LC_ALL, "C.UTF-8"), time.tzname, "LOCPATH" in os.environ)
`;

/** Starts the REPL at a terminal, and prints whether it is pyrepl, which uses the terminal. */
const repl = `
import os, pty, sys
pid, terminal = pty.fork()
if pid == 0:
    os.execv(sys.executable, [sys.executable, "-q"])
shown = b""
def until(text):
    global shown
    while text not in shown:
        try:
            shown += os.read(terminal, 4096)
        except OSError:
            break
until(b">>> ")
os.write(terminal, b"import sys; print(6 * 7, '_pyrepl.unix_console' in sys.modules)\\r")
until(b"42 ")
os.write(terminal, b"exit()\\r")
until(b"never")
os.waitpid(pid, 0)
print(b"can't use pyrepl" in shown, b"42 True\\r" in shown)
`;

const imports =
  'import asyncio, concurrent.futures, ctypes.util, curses, json, multiprocessing.pool, ssl, sysconfig, zoneinfo';

for (const [index, version] of (await newerPythons()).entries()) {
  describe(`Python ${version} of the newer host`, () => {
    let packed: string;
    let roots: ForeignRoots;
    before(async () => {
      const directory = scratch('newer-');
      const archive = join(directory, 'newer.tar.gz');
      const words = ['--python', version, '--prefix', 'new', '-o', archive];
      const { code, stderr } = await relopack([
        'pack',
        ...(await hostArguments(await newerHost())),
        ...words,
      ]);
      assert.equal(code, 0, stderr);
      assert.match(stderr, /^Verifying: .* children start, all \d+ loaded files are in the archive/m);
      await unpack(archive, join(directory, 'unpacked'));
      packed = join(directory, 'unpacked/new');
      roots = await foreignRoots();
    });

    /** The output of a program: the lines of its stdout, and its stderr. */
    async function enter(root: keyof ForeignRoots, argv: string[], { env, ...options }: InRoot = {}) {
      const { code, stdout, stderr } = await inRoot(roots[root], argv, {
        env: { PATH: '/usr/bin:/bin', ...env },
        readOnly: { [packed]: tree },
        ...options,
      });
      assert.equal(code, 0, stderr);
      return { lines: stdout.toString().trimEnd().split('\n'), stderr };
    }
    const python = async (root: keyof ForeignRoots, words: string[], options?: InRoot) =>
      (await enter(root, [`${tree}/bin/python3`, ...words], options)).lines;

    for (const start of starts(tree, version)) {
      test(`knows its name when it starts ${start.name}`, async () => {
        const { lines } = await enter('busybox', startCommand(start, introduces), {
          env: { LC_ALL: 'C.UTF-8' },
        });
        const { executable, prefix = tree } = start;
        const base = prefix === tree ? (start.base ?? executable) : `${tree}/bin/python3`;
        assert.deepEqual(lines, [executable, base, prefix, tree, '[]', '0']);
      });
    }

    for (const root of ['bullseye', 'busybox'] as const) {
      test(`finds certificates, zones, terminals, libraries and locales in its tree, in ${root}`, async () => {
        const env = { TERM: 'linux', TZ: 'Europe/Berlin', LC_ALL: 'C.UTF-8' };
        assert.deepEqual(await python(root, ['-c', uses], { env }), [
          `certificates True ${bundled}`,
          'providers True',
          "zones Asia/Tokyo ('CET', 'CEST')",
          "('EST', 'EDT')",
          String.raw`terminals 8 b'\x1b[A'`,
          'databases (1,)',
          "libraries ['libssl.so.3', 'libc.so.6', 'libz.so.1', 'libstdc++.so.6'] None",
          'locales C.UTF-8 C.UTF-8 UTF-8',
          'environment True',
          'mapped True []',
        ]);
      });
    }

    for (const way of ways(version)) {
      test(`starts itself by ${way}`, async () => {
        const [report = ''] = await python('busybox', [childScript, way], {
          env: childEnvironment,
          binds: { [join(import.meta.dirname, '../support/packed/children.py')]: childScript },
        });
        assert.deepEqual(JSON.parse(report), packedChild(tree));
      });
    }

    const lazily = version === '3.15' ? [['-X', 'lazy_imports=all']] : [];
    for (const options of [['-I', '-S'], ['-E'], ...lazily]) {
      test(`runs the start-up code with ${options.join(' ')}`, async () => {
        const env = { LOCPATH: '', TZ: 'Asia/Tokyo' };
        const found = await python('busybox', [...options, '-c', started], { env });
        assert.deepEqual(found, ["libz.so.1 C.UTF-8 ('JST', 'JST') True"]);
      });
    }

    test("has only the caller's options in sys.orig_argv, not the launcher's", async () => {
      const script = 'import sys; print(sys.orig_argv)';
      const expected = `['${tree}/bin/python3', '-I', '-s', '-c', '${script}']`;
      assert.deepEqual(await python('busybox', ['-I', '-s', '-c', script]), [expected]);
    });

    test('another interpreter of the process is the same as the first', async () => {
      const script = `
import os
try:
    from concurrent.interpreters import create
except ImportError:
    import _interpreters
    call = lambda text: _interpreters.exec(_interpreters.create(), text)
else:
    call = create().exec
call(${JSON.stringify(`${started}print(os.environ["LOCPATH"], flush=True)`)})
print(os.environ["LOCPATH"])
`;
      const env = { LOCPATH: '/my/locales', TZ: 'Asia/Tokyo' };
      const found = await python('busybox', ['-c', script], { env });
      assert.deepEqual(found, ["libz.so.1 C.UTF-8 ('JST', 'JST') True", '/my/locales', '/my/locales']);
    });

    test('has bytecode with the hash of its source as this Python computes it', async () => {
      const [report = ''] = await python('busybox', ['-c', hashScript]);
      assert.match(report, /^\d{3,} \[\]$/);
    });

    test('has a REPL that knows a terminal that neither the machine nor Python itself knows', async () => {
      const env = { TERM: 'sun', HOME: '/tmp', PYTHON_COLORS: '0' };
      assert.deepEqual(await python('busybox', ['-c', repl], { env }), ['False True']);
    });

    test('finds the packed wheel of pip', async () => {
      const [wheel = ''] = readdirSync(join(packed, 'share/python-wheels'));
      const script = 'import ensurepip; print("pip-%s-py3-none-any.whl" % ensurepip.version())';
      assert.deepEqual(await python('busybox', ['-c', script]), [wheel]);
    });

    // Only for one version, because pip takes seconds to install.
    if (index === 0) {
      test('makes a venv with pip', async () => {
        const script = `'${tree}/bin/python3' -m venv /tmp/v && /tmp/v/bin/pip --version`;
        const { lines } = await enter('busybox', ['/bin/sh', '-c', script]);
        const site = `/tmp/v/lib/python${version}/site-packages/pip`;
        assert.match(lines[0] ?? '', new RegExp(`^pip [\\d.]+ from ${site} \\(python ${version}\\)$`));
      });
    }

    test('has no path of the host in the variables of sysconfig', async () => {
      const script = `
import sysconfig
for name, value in sorted(sysconfig.get_config_vars().items()):
    if str(value).startswith("/usr") and "install" not in value:
        print(name, value)
`;
      const zones = '/usr/share/zoneinfo:/usr/lib/zoneinfo:/usr/share/lib/zoneinfo:/etc/zoneinfo';
      assert.deepEqual(await python('busybox', ['-c', script]), [
        'DTRACE /usr/bin/dtrace',
        `TZPATH ${zones}:${tree}/share/zoneinfo`,
      ]);
    });

    test('has bytecode for every module that it imports, including the start-up code, and writes none', async () => {
      const argv = [`${tree}/bin/python3`, '-v', '-c', imports];
      const { stderr } = await enter('busybox', argv, { env: { TERM: 'vt100' } });
      assert.deepEqual(stderr.match(/^# (?:wrote|could not create) .*/gm), null);
      const found = [...stderr.matchAll(/^# code object from '?([^'\n]+)'?/gm)].map(([, from = '']) => from);
      const tag = `cpython-${version.replace('.', '')}`;
      for (const module of [
        'encodings/__pycache__/__init__',
        '_relopack/__pycache__/__init__',
        '_relopack/__pycache__/certificates',
        '_relopack/patches/__pycache__/__init__',
        '_relopack/patches/__pycache__/ssl',
      ])
        assert.ok(found.includes(`${tree}/lib/python${version}/${module}.${tag}.pyc`), module);
      assert.deepEqual(
        found.filter((from) => !from.endsWith('.pyc')),
        [],
      );
    });
  });
}
