import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { unpack } from '../../src/archive/unpack.ts';
import { hashScript } from '../support/packed/bytecode.ts';
import { hostArguments, relopack } from '../support/packed/packed.ts';
import { introduces, startCommand, starts } from '../support/packed/starts.ts';
import { rpmHost } from '../support/rpm-host/build.ts';
import { checksumKey, olderHost } from '../support/rpm-host/releases/bullseye.ts';
import { foreignRoots, type InRoot, inRoot } from '../support/rpm-host/targets.ts';
import { must } from '../support/run.ts';
import { scratch } from '../support/scratch.ts';

const tree = '/opt/old py';

describe('a Python whose ld.so has no --argv0', () => {
  let directory: string;
  let packed: string;
  let targets: Record<'bullseye' | 'busybox' | 'newer', string>;
  before(async () => {
    directory = scratch('older-');
    const archive = join(directory, 'older.tar.gz');
    const words = ['--prefix', 'old', '--no-verify', '-o', archive];
    const { code, stderr } = await relopack(['pack', ...(await hostArguments(await olderHost())), ...words]);
    assert.equal(code, 0, stderr);
    await unpack(archive, join(directory, 'unpacked'));
    packed = join(directory, 'unpacked/old');
    const { bullseye, busybox } = await foreignRoots();
    targets = { bullseye, busybox, newer: (await rpmHost()).root };
  });

  const enter = (target: keyof typeof targets, argv: string[], options: InRoot = {}) =>
    inRoot(targets[target], argv, {
      env: { PATH: '/usr/bin:/bin', LC_ALL: 'C.UTF-8' },
      readOnly: { [packed]: tree },
      ...options,
    });

  test('its ld.so has no --argv0', () => {
    assert.ok(!readFileSync(join(packed, 'libexec/ld.so')).includes('--argv0'));
  });

  for (const target of ['bullseye', 'busybox', 'newer'] as const) {
    for (const start of starts(tree, '3.9')) {
      test(`it knows its name when it starts ${start.name}, in ${target}`, async () => {
        const { code, stdout, stderr } = await enter(target, startCommand(start, introduces));
        assert.equal(code, 0, stderr);
        // Until Python 3.10 the base executable in a venv is the venv's own.
        const { executable, base = executable, prefix = tree } = start;
        const expected = [executable, base, prefix, tree, '[]', '0', ''];
        assert.deepEqual(stdout.toString().split('\n'), expected);
      });
    }

    test(`its children are the packed Python, in ${target}`, async () => {
      const script = `
import concurrent.futures, multiprocessing, os, subprocess, sys
def maps(_=None):
    return sorted({line.split(None, 5)[5].strip() for line in open("/proc/self/maps") if "/" in line and "/dev/" not in line})
if __name__ == "__main__":
    outside = set()
    for method in "spawn", "forkserver":
        with multiprocessing.get_context(method).Pool(1) as pool:
            outside.update(pool.map(maps, [1])[0])
    with concurrent.futures.ProcessPoolExecutor(1) as pool:
        outside.update(*pool.map(maps, [1]))
    print(subprocess.run([sys.executable, "-c", "import sys; print(sys.executable)"], capture_output=True, text=True).stdout.strip())
    outside.update(maps())
    print(len(outside) > 5, [path for path in outside if not path.startswith(sys.prefix)])
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-c", "import sys; print(sys.executable)"])
`;
      const run = `cat >/tmp/script.py <<"EOF"\n${script}\nEOF\nexec '${tree}/bin/python3' /tmp/script.py`;
      const { code, stdout, stderr } = await enter(target, ['/bin/sh', '-c', run]);
      assert.equal(code, 0, stderr);
      const executable = `${tree}/bin/python3`;
      assert.deepEqual(stdout.toString().split('\n'), [executable, 'True []', executable, '']);
    });

    test(`its modules can be imported, and names are looked up in files, in ${target}`, async () => {
      const script = `
import bz2, ctypes, curses, lzma, pwd, readline, socket, sqlite3, ssl, uuid, zlib
print(ssl.create_default_context().cert_store_stats()["x509_ca"] > 100)
print(pwd.getpwnam("somebody").pw_uid, socket.getaddrinfo("some.host", 80)[0][4])
`;
      const passwd = join(directory, 'passwd');
      const hosts = join(directory, 'hosts');
      const switches = join(directory, 'nsswitch.conf');
      await must('sh', [
        '-c',
        `cd "$0" && echo somebody:x:4321:1::/: >passwd && echo 127.1.2.3 some.host >hosts`,
        directory,
      ]);
      await must('sh', [
        '-c',
        `printf 'passwd: sss files systemd\\nhosts: files myhostname\\n' >"$0"`,
        switches,
      ]);
      const binds = { [passwd]: '/etc/passwd', [hosts]: '/etc/hosts', [switches]: '/etc/nsswitch.conf' };
      const { code, stdout, stderr } = await enter(target, [`${tree}/bin/python3`, '-c', script], { binds });
      assert.equal(code, 0, stderr);
      assert.equal(stdout.toString(), "True\n4321 ('127.1.2.3', 80)\n");
    });
  }

  test('its bytecode has the hash of its source as this Python computes it', async () => {
    const { stdout, stderr } = await enter('busybox', [`${tree}/bin/python3`, '-c', hashScript]);
    assert.match(`${stdout}${stderr}`, /^\d{3,} \[\]\n$/);
  });

  test('the FIPS module is identical to that of the host, because it contains a checksum of itself', async () => {
    const { root } = await olderHost();
    const module = readFileSync(join(packed, 'lib64/ossl-modules/fips.so'));
    assert.ok(module.equals(readFileSync(join(root, 'usr/lib64/ossl-modules/fips.so'))));
    // The same file under its own name is edited, so this test can fail.
    assert.ok(!module.equals(readFileSync(join(packed, 'lib64/libssl.so.1.1'))));
  });

  test('the checksum of a library, for FIPS mode, matches the library in the archive', () => {
    for (const name of ['libcrypto.so.1.1', 'libssl.so.1.1']) {
      const library = readFileSync(join(packed, 'lib64', name));
      const expected = createHmac('sha256', checksumKey).update(library).digest('hex');
      assert.equal(readFileSync(join(packed, 'lib64', `.${name}.hmac`), 'latin1'), `${expected}\n`);
    }
  });
});
