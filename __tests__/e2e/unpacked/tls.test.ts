import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { type Certificates, makeCertificates } from '../../support/packed/certificates.ts';
import { sharedTree } from '../../support/packed/packed.ts';
import { type ForeignRoots, foreignRoots, type InRoot, inRoot } from '../../support/rpm-host/targets.ts';

const tree = '/opt/my py';
const bundled = `${tree}/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem`;

/** Fetches a page by HTTPS in the usual ways, and prints the results. */
const fetching = `
import http.server, json, os, ssl, subprocess, sys, threading, urllib.request, warnings
warnings.simplefilter("ignore")
before = dict(os.environ)
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.end_headers(); self.wfile.write(b"served")
    def log_message(self, *_): pass
class Server(http.server.ThreadingHTTPServer):
    def handle_error(self, *_): pass
served = Server(("127.0.0.1", 0), Handler)
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain("/certificates/server.pem")
served.socket = context.wrap_socket(served.socket, server_side=True)
threading.Thread(target=served.serve_forever, daemon=True).start()
url = "https://127.0.0.1:%d/" % served.server_address[1]
import certifi, requests
def attempt(action):
    try:
        return action()
    except OSError as error:
        return "CERTIFICATE_VERIFY_FAILED" if "CERTIFICATE_VERIFY_FAILED" in str(error) else repr(error)
def default_context():
    context = ssl.create_default_context()
    return urllib.request.urlopen(url, context=context).read().decode()
paths = ssl.get_default_verify_paths()
print(json.dumps({
    "urllib": attempt(lambda: urllib.request.urlopen(url).read().decode()),
    "context": attempt(default_context),
    "requests": attempt(lambda: requests.get(url).text),
    "cafile": paths.cafile,
    "capath": paths.capath,
    "certifi": certifi.where(),
    "environment": dict(os.environ) == before and sorted(subprocess.run(["env"], capture_output=True, text=True).stdout.split()) == sorted("%s=%s" % item for item in before.items()),
}))
`;

interface Outcome {
  urllib: string;
  context: string;
  requests: string;
  cafile: string | null;
  capath: string | null;
  certifi: string;
  environment: boolean;
}

describe('TLS', () => {
  let roots: ForeignRoots;
  let packed: string;
  let certificates: Certificates;
  before(async () => {
    [roots, packed, certificates] = [await foreignRoots(), await sharedTree(), await makeCertificates()];
    writeFileSync(join(certificates.directory, 'empty.pem'), '');
  });

  function python(root: keyof ForeignRoots, script: string, { env, binds }: InRoot = {}) {
    return inRoot(roots[root], [`${tree}/bin/python3`, '-c', script], {
      env: { PATH: '/usr/bin:/bin', ...env },
      readOnly: { [packed]: tree },
      binds: { [certificates.directory]: '/certificates', ...binds },
    });
  }
  async function fetch(root: keyof ForeignRoots, options: InRoot = {}): Promise<Outcome> {
    const { code, stdout, stderr } = await python(root, fetching, options);
    assert.equal(code, 0, stderr);
    return JSON.parse(stdout.toString());
  }
  const all = (outcome: string) => ({ urllib: outcome, context: outcome, requests: outcome });

  const places = [
    { system: 'the file of Fedora and RHEL', at: '/etc/pki/tls/certs/ca-bundle.crt' },
    { system: 'the file of Debian', at: '/etc/ssl/certs/ca-certificates.crt' },
    { system: 'the file of openSUSE', at: '/etc/ssl/ca-bundle.pem' },
    { system: 'the file of Alpine', at: '/etc/ssl/cert.pem' },
    { system: 'the packed file', at: bundled },
  ];
  for (const root of ['bullseye', 'busybox'] as const) {
    for (const { system, at } of places) {
      test(`the certificates in ${system} are trusted, in ${root}`, async () => {
        const found = await fetch(root, { binds: { [certificates.authority]: at } });
        const named = at === bundled ? `${tree}/etc/pki/tls/certs/ca-bundle.crt` : at;
        assert.deepEqual(found, {
          ...all('served'),
          cafile: named,
          // The compiled-in directory exists then: it contains the file.
          capath: at.startsWith('/etc/pki/tls/certs/') ? '/etc/pki/tls/certs' : null,
          certifi: named,
          environment: true,
        });
      });
    }
    test(`the same server is not trusted without them, in ${root}`, async () => {
      const { urllib, context, requests } = await fetch(root);
      assert.deepEqual({ urllib, context, requests }, all('CERTIFICATE_VERIFY_FAILED'));
    });
  }

  test('an empty file of certificates is ignored', async () => {
    const empty = join(certificates.directory, 'empty.pem');
    const found = await fetch('busybox', { binds: { [empty]: '/etc/ssl/certs/ca-certificates.crt' } });
    assert.equal(found.cafile, `${tree}/etc/pki/tls/certs/ca-bundle.crt`);
  });

  test('a directory of hashed certificates is trusted instead of the packed file', async () => {
    const found = await fetch('busybox', { binds: { [certificates.hashed]: '/etc/ssl/certs' } });
    assert.equal(found.context, 'served');
    assert.deepEqual([found.cafile, found.capath], [null, '/etc/ssl/certs']);
  });

  const variables = [
    {
      name: 'SSL_CERT_FILE names the trusted certificates',
      env: { SSL_CERT_FILE: '/certificates/authority.pem' },
      expected: { urllib: 'served', context: 'served', requests: 'CERTIFICATE_VERIFY_FAILED' },
    },
    {
      name: 'SSL_CERT_DIR names the directory that is searched',
      env: { SSL_CERT_DIR: '/certificates/hashed' },
      expected: { urllib: 'served', context: 'served', requests: 'CERTIFICATE_VERIFY_FAILED' },
    },
    {
      name: 'REQUESTS_CA_BUNDLE only affects requests',
      env: { REQUESTS_CA_BUNDLE: '/certificates/authority.pem' },
      expected: {
        urllib: 'CERTIFICATE_VERIFY_FAILED',
        context: 'CERTIFICATE_VERIFY_FAILED',
        requests: 'served',
      },
    },
    {
      name: 'SSL_CERT_FILE replaces the certificates of the system',
      env: { SSL_CERT_FILE: '/certificates/empty.pem' },
      binds: '/etc/ssl/certs/ca-certificates.crt',
      expected: {
        urllib: 'CERTIFICATE_VERIFY_FAILED',
        context: 'CERTIFICATE_VERIFY_FAILED',
        requests: 'served',
      },
    },
  ];
  for (const { name, env, binds, expected } of variables) {
    test(name, async () => {
      const options = binds === undefined ? {} : { binds: { [certificates.authority]: binds } };
      const { urllib, context, requests, environment } = await fetch('bullseye', { env, ...options });
      assert.deepEqual({ urllib, context, requests, environment }, { ...expected, environment: true });
    });
  }

  test('the packed file contains the certificates that the host trusts', async () => {
    const script = 'import ssl; print(ssl.create_default_context().cert_store_stats()["x509_ca"])';
    const { stdout } = await python('busybox', script);
    assert.ok(Number(stdout) > 100, `${stdout} authorities`);
  });

  test('libcrypto loads its providers from the tree, for python3-cryptography and hashlib', async () => {
    const script = `
import hashlib
try:
    hashlib.new("md4"); print("known")
except ValueError:
    print("unknown")
from cryptography.fernet import Fernet
from cryptography.hazmat.bindings.openssl.binding import Binding
Binding()
print(hashlib.new("md4", b"").hexdigest())
print(*{line.split(None, 5)[5].strip() for line in open("/proc/self/maps") if "legacy.so" in line})
`;
    for (const root of ['bullseye', 'busybox'] as const) {
      const { code, stdout, stderr } = await python(root, script);
      assert.equal(code, 0, stderr);
      const md4 = '31d6cfe0d16ae931b73c59d7e0c089c0';
      assert.equal(stdout.toString(), `unknown\n${md4}\n${tree}/lib64/ossl-modules/legacy.so\n`);
    }
  });

  test("the machine's own openssl.cnf is used, not that of the host", async () => {
    const settings = join(certificates.directory, 'openssl.cnf');
    writeFileSync(
      settings,
      'openssl_conf = a\n[a]\nssl_conf = b\n[b]\nsystem_default = c\n[c]\nMinProtocol = TLSv1.3\n',
    );
    const script = 'import ssl; print(ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).minimum_version.name)';
    const without = await python('bullseye', script);
    const within = await python('bullseye', script, { binds: { [settings]: '/etc/pki/tls/openssl.cnf' } });
    assert.deepEqual(
      [without.stdout.toString(), within.stdout.toString()],
      ['MINIMUM_SUPPORTED\n', 'TLSv1_3\n'],
      within.stderr,
    );
  });
});
