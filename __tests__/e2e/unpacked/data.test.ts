import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { sharedTree } from '../../support/packed/packed.ts';
import { rpmHost } from '../../support/rpm-host/build.ts';
import { type ForeignRoots, foreignRoots, type InRoot, inRoot } from '../../support/rpm-host/targets.ts';
import { scratch } from '../../support/scratch.ts';

const tree = '/opt/my py';

describe('the data of a packed Python', () => {
  let roots: ForeignRoots;
  let packed: string;
  let host: string;
  let directory: string;
  before(async () => {
    [roots, packed, host] = [await foreignRoots(), await sharedTree(), (await rpmHost()).root];
    directory = scratch('data-');
  });

  /** The lines that a script prints. */
  async function python(root: keyof ForeignRoots, script: string, options: InRoot = {}): Promise<string[]> {
    const { env, ...others } = options;
    const { code, stdout, stderr } = await inRoot(roots[root], [`${tree}/bin/python3`, '-c', script], {
      env: { PATH: '/usr/bin:/bin', ...env },
      readOnly: { [packed]: tree },
      ...others,
    });
    assert.equal(code, 0, stderr);
    return stdout.toString().split('\n').slice(0, -1);
  }
  function fileNamed(name: string, content: string): string {
    const path = join(directory, name);
    writeFileSync(path, content);
    return path;
  }

  describe('locales', () => {
    /** Sets a locale, and prints what Python reports about it, and the environment that a child gets. */
    const reportOf = (name: string) => `
import locale, os, subprocess, sys
print("set", locale.setlocale(locale.LC_ALL, "${name}"))
for name in "C.UTF-8", "C.utf8", "POSIX", "en_US.UTF-8", "de_DE":
    try:
        print(name, locale.setlocale(locale.LC_CTYPE, name), locale.localeconv()["decimal_point"])
    except locale.Error as error:
        print(name, error)
print(locale.setlocale(locale.LC_ALL), locale.setlocale(locale.LC_ALL, None), locale.getlocale())
print(sys.flags.utf8_mode, sys.getfilesystemencoding(), sys.stdout.encoding, sys.stdout.errors, locale.getpreferredencoding())
print("grüße".encode("utf-8", "surrogateescape"), sys.argv[1:], "Ä".lower(), locale.strxfrm("ä"))
print(sorted(os.environ.items()))
print(sorted(line for line in subprocess.run(["env"], stdout=subprocess.PIPE).stdout.decode().split("\\n") if not line.startswith("PWD=")))
`;
    const others =
      'NUMERIC TIME COLLATE MONETARY MESSAGES PAPER NAME ADDRESS TELEPHONE MEASUREMENT IDENTIFICATION';
    const composite = (ctype: string, other: string) =>
      `LC_CTYPE=${ctype};${others
        .split(' ')
        .map((name) => `LC_${name}=${other}`)
        .join(';')}`;
    /** The variables, and the locale that the host would have to name if it lacks the one in the variables. */
    const environments: [Record<string, string>, string?][] = [
      [{}],
      [{ LANG: 'C.UTF-8' }],
      [{ LC_ALL: 'C.UTF-8' }],
      [{ LC_ALL: 'C.utf8' }],
      [{ LANG: 'en_US.UTF-8' }, 'C.UTF-8'],
      [{ LC_ALL: 'en_US.UTF-8' }, 'C.UTF-8'],
      [{ LANG: 'de_DE.UTF-8', PYTHONCOERCECLOCALE: '0' }, 'C.UTF-8'],
      [{ LC_ALL: 'POSIX' }],
      [{ LC_ALL: 'C' }],
      [{ LANG: 'de_DE.UTF-8', LANGUAGE: 'de' }, 'C.UTF-8'],
      // Python itself replaces an LC_CTYPE that is C or POSIX (PEP 538).
      [{ LANG: 'C.UTF-8', LC_CTYPE: 'POSIX', LC_TIME: 'de_DE.UTF-8' }, 'C.UTF-8'],
      [
        { LANG: 'C.UTF-8', LC_CTYPE: 'POSIX', LC_TIME: 'de_DE.UTF-8', PYTHONCOERCECLOCALE: '0' },
        composite('POSIX', 'C.UTF-8'),
      ],
      [{ LANG: 'C.UTF-8', PYTHONUTF8: '1' }],
      [{ LANG: 'C', PYTHONCOERCECLOCALE: '0' }],
    ];
    for (const [variables, instead = ''] of environments) {
      const name = Object.entries(variables).map((pair) => pair.join('='));
      const replaced = instead === '' ? '' : ', but C.UTF-8 replaces a locale that is missing';
      test(`are the same as on a host that only has C.UTF-8, with ${name.join(' ') || 'no variable'}${replaced}`, async () => {
        const env = { PATH: '/usr/bin:/bin', ...variables };
        const script = (locale: string) => ['-s', '-c', reportOf(locale), 'ä\u{1F40D}'];
        const installed = await inRoot(host, ['/usr/bin/python3', ...script(instead)], { env });
        assert.equal(installed.code, 0, installed.stderr);
        const moved = await inRoot(roots.bullseye, [`${tree}/bin/python3`, ...script('')], {
          env,
          readOnly: { [packed]: tree },
        });
        assert.equal(moved.stderr, '');
        // A launcher in sh adds PWD.
        const printed = moved.stdout.toString().replace(", ('PWD', '/')", '');
        assert.equal(printed, installed.stdout.toString());
      });
    }

    test("the caller's LOCPATH reaches children, and does not affect Python itself", async () => {
      const script = `
import locale, os, subprocess
print(os.environ["LOCPATH"], locale.setlocale(locale.LC_ALL, "C.UTF-8"))
print(subprocess.run(["env"], capture_output=True, text=True).stdout.count("LOCPATH=/my/locales\\n"))
os.environ["LOCPATH"] = "/others"
locale.setlocale(locale.LC_ALL, "C")
print(locale.setlocale(locale.LC_ALL, "C.UTF-8"), subprocess.run(["env"], capture_output=True, text=True).stdout.count("LOCPATH=/others\\n"))
`;
      const env = { LOCPATH: '/my/locales', LANG: 'C.UTF-8' };
      assert.deepEqual(await python('bullseye', script, { env }), ['/my/locales C.UTF-8', '1', 'C.UTF-8 1']);
    });

    test("the caller's LOCPATH reaches children, even if the tree's path has a colon, which LOCPATH cannot contain", async () => {
      const script =
        'import os, subprocess; print(os.environ["LOCPATH"]); print(subprocess.run(["env"], stdout=subprocess.PIPE).stdout.count(b"LOCPATH=/my/locales"))';
      const { code, stdout, stderr } = await inRoot(roots.bullseye, ['/opt/a:b/bin/python3', '-c', script], {
        env: { PATH: '/usr/bin:/bin', LOCPATH: '/my/locales' },
        readOnly: { [packed]: '/opt/a:b' },
      });
      assert.equal(code, 0, stderr);
      assert.equal(stdout.toString(), '/my/locales\n1\n');
    });

    test('are not searched in the part of a path after a colon', async () => {
      const script = `
import locale
try:
    print(locale.setlocale(locale.LC_ALL, "C.UTF-8"))
except locale.Error:
    print("none")
`;
      const { code, stdout, stderr } = await inRoot(roots.bullseye, ['/opt/a:b/bin/python3', '-c', script], {
        env: { PATH: '/usr/bin:/bin' },
        cwd: '/mnt',
        readOnly: { [packed]: '/opt/a:b', [join(packed, 'lib/locale')]: '/mnt/b/lib/locale' },
      });
      assert.equal(code, 0, stderr);
      assert.equal(stdout.toString(), 'none\n');
    });

    test("are known, and LOCPATH is the caller's, if a link leads to the tree", async () => {
      const script =
        'import locale, os; print(locale.setlocale(locale.LC_ALL, "C.UTF-8"), os.environ.get("LOCPATH"))';
      const command = `ln -s '${tree}' /tmp/link && exec /tmp/link/bin/python3 -c '${script}'`;
      for (const [env, expected] of [
        [{}, 'None'],
        [{ LOCPATH: '/my/locales' }, '/my/locales'],
      ] as const) {
        const { code, stdout, stderr } = await inRoot(roots.busybox, ['/bin/sh', '-c', command], {
          env: { PATH: '/usr/bin:/bin', ...env },
          readOnly: { [packed]: tree },
        });
        assert.equal(code, 0, stderr);
        assert.equal(stdout.toString(), `C.UTF-8 ${expected}\n`);
      }
    });
  });

  describe('time zones', () => {
    const script = `
import datetime, os, sys, time, zoneinfo
print(datetime.datetime(2024, 7, 1, tzinfo=zoneinfo.ZoneInfo("Asia/Tokyo")).isoformat())
print(time.tzname, time.localtime(0).tm_hour)
os.environ["TZ"] = "America/New_York"; time.tzset()
print(time.tzname, os.environ.get("TZDIR"))
print(len(zoneinfo.available_timezones()) > 400)
`;
    for (const root of ['bullseye', 'busybox'] as const) {
      test(`are known to zoneinfo and to the C library, in ${root}`, async () => {
        const found = await python(root, script, { env: { TZ: 'Europe/Berlin' } });
        const expected = ['2024-07-01T00:00:00+09:00', "('CET', 'CEST') 1", "('EST', 'EDT') None", 'True'];
        assert.deepEqual(found, expected);
      });
    }

    const paths = 'import zoneinfo; print(*zoneinfo.TZPATH)';
    const system = '/usr/share/zoneinfo /usr/lib/zoneinfo /usr/share/lib/zoneinfo /etc/zoneinfo';
    test("are the machine's if it has any, because those are kept up to date", async () => {
      assert.deepEqual(await python('bullseye', paths), [`${system} ${tree}/share/zoneinfo`]);
    });
    test('come from the directories in PYTHONTZPATH, or those given to reset_tzpath', async () => {
      const env = { PYTHONTZPATH: '/my/zones' };
      const reset = `${paths}; zoneinfo.reset_tzpath(["/other"]); print(*zoneinfo.TZPATH); zoneinfo.reset_tzpath(); print(*zoneinfo.TZPATH)`;
      assert.deepEqual(await python('bullseye', reset, { env }), ['/my/zones', '/other', '/my/zones']);
      assert.deepEqual((await python('bullseye', reset)).at(-1), `${system} ${tree}/share/zoneinfo`);
    });
    test('come from the directory in TZDIR', async () => {
      const env = { TZ: 'Europe/Berlin', TZDIR: '/nowhere' };
      assert.deepEqual(await python('bullseye', 'import time; print(*time.tzname)', { env }), [
        'Europe Europe',
      ]);
    });
  });

  describe('terminals', () => {
    const curses = `
import curses, os, subprocess
curses.setupterm()
print(curses.tigetnum("colors"), os.environ.get("TERMINFO_DIRS"), subprocess.run(["env"], capture_output=True, text=True).stdout.count("TERMINFO_DIRS"))
`;
    const editor = `
import readline, ctypes
library = ctypes.CDLL("libreadline.so.8")
library.rl_get_termcap.restype = ctypes.c_char_p
print(library.rl_get_termcap(b"ku"))
`;
    for (const root of ['bullseye', 'busybox'] as const) {
      test(`are known to curses and to readline, in ${root}`, async () => {
        const env = { TERM: 'xterm-256color' };
        assert.deepEqual(await python(root, curses, { env }), ['256 None 0']);
        assert.deepEqual(await python(root, editor, { env }), [String.raw`b'\x1bOA'`]);
      });
    }
    for (const place of ['/usr/share/terminfo', '/lib/terminfo', '/etc/terminfo']) {
      test(`of the machine are known too, in ${place}`, async () => {
        const binds = { [join(packed, 'share/terminfo/x/xterm-256color')]: `${place}/m/my-terminal` };
        assert.deepEqual(await python('busybox', curses, { env: { TERM: 'my-terminal' }, binds }), [
          '256 None 0',
        ]);
      });
    }
    test("come first from the caller's TERMINFO_DIRS, which stays set", async () => {
      const binds = { [join(packed, 'share/terminfo/x/xterm-256color')]: '/mine/v/vt100' };
      const env = { TERM: 'vt100', TERMINFO_DIRS: '/mine' };
      assert.deepEqual(await python('busybox', curses, { env, binds }), ['256 /mine 1']);
    });
  });

  test('find_library only finds libraries in the tree, because no other can be loaded by its name', async () => {
    const script = `
import ctypes, ctypes.util
for name in "ssl", "c", "m", "z", "stdc++", "python3.11":
    print(ctypes.CDLL(ctypes.util.find_library(name))._name)
print(ctypes.util.find_library("apt-pkg"), ctypes.util.find_library("nothing"))
`;
    const expected = [
      'libssl.so.3',
      'libc.so.6',
      'libm.so.6',
      'libz.so.1',
      'libstdc++.so.6',
      'libpython3.11.so.1.0',
    ];
    assert.deepEqual(await python('bullseye', script), [...expected, 'None None']);
  });

  test('the paths of sysconfig follow the tree', async () => {
    const script = `
import sysconfig
paths = sysconfig.get_paths()
print(*sorted({path.rpartition("/")[0] if name == "include" else path for name, path in paths.items()}), sep="\\n")
for name in "prefix", "LIBDIR", "BINDIR", "INCLUDEPY", "LIBPL", "WHEEL_PKG_DIR", "DESTDIRS", "INSTALL":
    print(sysconfig.get_config_var(name))
`;
    const found = await python('bullseye', script);
    assert.deepEqual(
      found.filter((path) => path.startsWith('/usr')),
      ['/usr/bin/install -c'],
    );
    for (const path of ['/bin', '/lib64', '/include/python3.11', '/share/python-wheels', '/lib64/python3.11'])
      assert.ok(found.includes(tree + path), `${path} in ${found}`);
  });

  test('names are looked up in DNS and in files, and missing modules in nsswitch.conf are ignored', async () => {
    const script = `
import grp, pwd, socket, struct, threading
server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(("127.53.53.53", 53))
def serve():
    while True:
        query, client = server.recvfrom(512)
        kind = query[-4:-2]
        answer = b"\\xc0\\x0c" + kind + struct.pack(">HIH", 1, 60, 4) + bytes([10, 1, 2, 3])
        known = kind == b"\\0\\1"
        head = query[:2] + b"\\x81\\x80" + struct.pack(">HHHH", 1, known, 0, 0)
        server.sendto(head + query[12:] + (answer if known else b""), client)
threading.Thread(target=serve, daemon=True).start()
print(socket.gethostbyname("some.where.test"), socket.getaddrinfo("other.where.test", 80, type=socket.SOCK_STREAM)[0][4])
print(socket.gethostbyname("filed.test"), pwd.getpwnam("somebody").pw_uid, grp.getgrgid(77).gr_name)
`;
    const files = {
      [fileNamed('resolv.conf', 'nameserver 127.53.53.53\n')]: '/etc/resolv.conf',
      [fileNamed(
        'nsswitch.conf',
        'passwd: sss files systemd\ngroup: files\nhosts: files mdns4 dns myhostname\n',
      )]: '/etc/nsswitch.conf',
      [fileNamed('hosts', '127.9.9.9 filed.test\n')]: '/etc/hosts',
      [fileNamed('passwd', 'somebody:x:4321:1::/:\n')]: '/etc/passwd',
      [fileNamed('group', 'some:x:77:\n')]: '/etc/group',
    };
    for (const root of ['bullseye', 'busybox'] as const) {
      const found = await python(root, script, { binds: files });
      assert.deepEqual(found, ["10.1.2.3 ('10.1.2.3', 80)", '127.9.9.9 4321 some']);
    }
  });

  test('iconv only knows the encodings of libc: no module of the machine is loaded, which is a documented limit', async () => {
    const script = `
import ctypes, glob
iconv_open = ctypes.CDLL(None).iconv_open
iconv_open.restype = ctypes.c_ssize_t
for encoding in "UTF-8", "ISO-10646", "ASCII", "EUC-JP":
    print(encoding, iconv_open(b"UTF-8", encoding.encode()) != -1)
from lxml import etree
for encoding in "utf-8", "utf-16", "iso-8859-1":
    print(etree.fromstring('<?xml version="1.0" encoding="%s"?><a>\u00e4</a>'.replace("%s", encoding).encode(encoding)).text)
print("\u3042".encode("euc-jp"), [line for line in open("/proc/self/maps") if "gconv" in line])
print(len(glob.glob("/usr/lib/*/gconv/EUC-JP.so")))
`;
    const known = ['UTF-8', 'ISO-10646', 'ASCII'].map((name) => `${name} True`);
    // Python's own codecs need no iconv. The 1 shows that the machine has a module that could be loaded.
    const others = ['EUC-JP False', 'ä', 'ä', 'ä', String.raw`b'\xa4\xa2' []`, '1'];
    for (const env of [{}, { GCONV_PATH: '/usr/lib/x86_64-linux-gnu/gconv' }])
      assert.deepEqual(await python('bullseye', script, { env }), [...known, ...others]);
  });
});
