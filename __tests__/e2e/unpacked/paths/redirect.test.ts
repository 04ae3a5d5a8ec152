import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { type Certificates, makeCertificates } from '../../../support/packed/certificates.ts';
import { sharedTree } from '../../../support/packed/packed.ts';
import { type ForeignRoots, foreignRoots, type InRoot, inRoot } from '../../../support/rpm-host/targets.ts';
import { scratch } from '../../../support/scratch.ts';

/** A path that is compiled into the host's libraries. Neither root has it. */
const listed = '/usr/share/terminfo/x/xterm-256color';

/** Reads the path in several ways, and prints what was found. */
const reads = `
import concurrent.futures, glob, multiprocessing, os, pathlib, shutil, subprocess, sys, threading
path = "${listed}"
def read(_=None):
    return len(open(path, "rb").read())
`;

/** Counts the certificates that OpenSSL itself trusts by default, with the tree's libssl. No code of Python takes part. */
const countTrusted = `
import ctypes
ssl, crypto = ctypes.CDLL("libssl.so.3"), ctypes.CDLL("libcrypto.so.3")
for function in ssl.TLS_client_method, ssl.SSL_CTX_new, ssl.SSL_CTX_get_cert_store, crypto.X509_STORE_get0_objects:
    function.restype = ctypes.c_void_p
context = ctypes.c_void_p(ssl.SSL_CTX_new(ctypes.c_void_p(ssl.TLS_client_method())))
ssl.SSL_CTX_set_default_verify_paths(context)
store = ctypes.c_void_p(ssl.SSL_CTX_get_cert_store(context))
print(crypto.OPENSSL_sk_num(ctypes.c_void_p(crypto.X509_STORE_get0_objects(store))))
`;

describe('the paths that are read from the tree', () => {
  let roots: ForeignRoots;
  let packed: string;
  let certificates: Certificates;
  before(async () => {
    [roots, packed, certificates] = [await foreignRoots(), await sharedTree(), await makeCertificates()];
  });

  interface Options extends InRoot {
    tree?: string;
    /** Starts Python by a command of sh, as "$@". */
    through?: string;
  }
  async function python(root: keyof ForeignRoots, script: string, options: Options = {}): Promise<string[]> {
    const { env, tree = '/opt/my py', through = 'exec "$@"', ...others } = options;
    const command = ['/bin/sh', '-c', through, 'sh', `${tree}/bin/python3`, '-c', script];
    const { code, stdout, stderr } = await inRoot(roots[root], command, {
      env: { PATH: '/usr/bin:/bin', ...env },
      readOnly: { [packed]: tree },
      ...others,
    });
    assert.deepEqual([code, stderr], [0, '']);
    return stdout.toString().split('\n').slice(0, -1);
  }

  for (const root of ['bullseye', 'busybox'] as const) {
    test(`are found by Python code, in ${root}`, async () => {
      const script = `${reads}
copy = shutil.copy2(path, "/tmp/copy")
print(read() == os.stat(path).st_size == os.path.getsize(copy), os.path.isfile(path), os.access(path, os.R_OK))
print(pathlib.Path(path).exists(), os.path.realpath(path) == path, path in glob.glob("/usr/share/terminfo/x/xterm-256*"))
os.chdir("/")
print(read() == len(open("usr/share/../share//terminfo/x/xterm-256color", "rb").read()))
`;
      const found = await python(root, script);
      assert.deepEqual(found, ['True True True', 'True True True', 'True']);
    });

    test(`are found in threads and in child processes of Python, in ${root}`, async () => {
      const script = `${reads}
def work():
    size = read()
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        print(set(pool.map(read, range(500))) == {size})
    for method in "fork", "spawn", "forkserver":
        with multiprocessing.get_context(method).Pool(2) as pool:
            print(method, set(pool.map(read, range(4))) == {size})
if __name__ == "__main__":
    work()
`;
      const file = join(scratch('redirect-'), 'work.py');
      writeFileSync(file, script);
      const runs = 'import runpy; runpy.run_path("/work.py", run_name="__main__")';
      const binds = { [file]: '/work.py' };
      const through = 'set -- "$1" /work.py && exec "$@"';
      const expected = ['True', 'fork True', 'spawn True', 'forkserver True'];
      assert.deepEqual(await python(root, runs, { binds, through }), expected);
    });

    test(`are not seen by other programs, which get no variable, in ${root}`, async () => {
      const script = `${reads}
print(read() > 1000, subprocess.run(["cat", path], stderr=subprocess.DEVNULL).returncode)
print([name for name in os.environ if "LD_" in name or "RELOPACK" in name])
print(subprocess.run(["env"], stdout=subprocess.PIPE).stdout.decode().count("relopack"))
`;
      assert.deepEqual(await python(root, script), ['True 1', '[]', '0']);
    });
  }

  test('are written on the machine', async () => {
    const machine = scratch('redirect-machine-');
    mkdirSync(join(machine, 'x'));
    const script = `${reads}
size = read()
with open(path, "wb") as file:
    file.write(b"own")
print(read(), os.listdir("/usr/share/terminfo/x"), size > 1000)
os.remove(path)
print(read() == size, os.access(path, os.W_OK))
try:
    open(path, "r+")
except FileNotFoundError:
    print("missing")
`;
    const found = await python('busybox', script, { binds: { [machine]: '/usr/share/terminfo' } });
    assert.deepEqual(found, ["3 ['xterm-256color'] True", 'True False', 'missing']);
  });

  const places = ['/opt/my py', '/opt/a:b', '/opt/a$b'];
  for (const tree of places) {
    test(`are found if the tree is ${tree}`, async () => {
      assert.deepEqual(await python('busybox', `${reads}print(read() > 1000)`, { tree }), ['True']);
    });
  }

  test('are found without /proc', async () => {
    const script = `${reads}print(read() > 1000, os.path.exists("/proc/self"))`;
    const through = 'umount /proc && exec "$@"';
    assert.deepEqual(await python('busybox', script, { through }), ['True False']);
  });

  test('are found by a signal handler, and after vfork', async () => {
    const script = `${reads}
import signal
found = []
signal.signal(signal.SIGALRM, lambda *_: found.append(read()))
signal.setitimer(signal.ITIMER_REAL, 0.001, 0.001)
while len(found) < 100:
    subprocess.run(["true"], stdin=open(path))
signal.setitimer(signal.ITIMER_REAL, 0)
print(len(set(found)))
`;
    assert.deepEqual(await python('bullseye', script), ['1']);
  });

  test('are all those of the machine with RELOPACK_REDIRECT=0, which children inherit', async () => {
    const script = `${reads}
print(os.path.exists(path), os.environ["RELOPACK_REDIRECT"], [line for line in open("/proc/self/maps") if "librelopack" in line])
print(subprocess.run([sys.executable, "-c", "import os; print(os.path.exists('%s'))" % path], stdout=subprocess.PIPE).stdout)
`;
    const found = await python('busybox', script, { env: { RELOPACK_REDIRECT: '0' } });
    assert.deepEqual(found, ['False 0 []', "b'False\\n'"]);
  });

  test('are found beside a library that the caller preloads on purpose', async () => {
    const script =
      'import ctypes, os; print(ctypes.CDLL(None).open is not None, os.path.exists("/usr/share/terminfo"))';
    const env = { RELOPACK_LD_PRELOAD: 'libz.so.1' };
    assert.deepEqual(await python('busybox', script, { env }), ['True True']);
  });

  describe('of CA certificates, for libraries in C', () => {
    const names = [
      '/etc/pki/tls/certs/ca-bundle.crt',
      '/etc/ssl/certs/ca-certificates.crt',
      '/etc/ssl/ca-bundle.pem',
      '/etc/ssl/cert.pem',
    ];
    for (const name of names) {
      test(`are the machine's, in ${name}, whatever name the library has`, async () => {
        const binds = { [certificates.authority]: name };
        const script = `${countTrusted}
print(*[open(path).read() == open("${name}").read() for path in ${JSON.stringify(names)}])
`;
        assert.deepEqual(await python('busybox', script, { binds }), ['1', 'True True True True']);
      });
    }

    test('are the packed ones if the machine has none', async () => {
      const [count] = await python('busybox', countTrusted);
      assert.ok(Number(count) > 100, `${count} certificates`);
    });
  });
});
