import assert from 'node:assert/strict';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { type PackedTree, packTree } from '../../../support/packed/packed.ts';
import { type ForeignRoots, foreignRoots, type InRoot, inRoot } from '../../../support/rpm-host/targets.ts';
import { scratch } from '../../../support/scratch.ts';

/** The modules that the first users of relopack ship, and hard cases; each with one line of real work. */
const work: Record<string, string> = {
  yaml: 'assert yaml.__with_libyaml__ and yaml.load("a: [1, 2]", Loader=yaml.CLoader) == {"a": [1, 2]}',
  urwid: 'assert urwid.Text("relopack").render((8,)).text == [b"relopack"]',
  pyparsing: 'assert pyparsing.Word(pyparsing.nums).parse_string("42 x")[0] == "42"',
  requests: 'assert requests.get("http://127.0.0.1:%d/" % port).text == "served"',
  pyudev: 'assert pyudev.Context().sys_path == "/sys"',
  setuptools: 'assert setuptools.find_packages("/proc/self/task") == []',
  psutil: 'assert psutil.Process().pid == os.getpid() and psutil.virtual_memory().total > 0',
  distro: 'assert isinstance(distro.id(), str)',
  cryptography:
    'from cryptography.fernet import Fernet; key = Fernet(Fernet.generate_key()); assert key.decrypt(key.encrypt(b"x")) == b"x"',
  lxml: 'from lxml import etree; assert etree.fromstring("<a><b/></a>").xpath("count(//b)") == 1.0',
  numpy: 'assert (numpy.ones((3, 3)) @ numpy.arange(3)).tolist() == [3.0, 3.0, 3.0]',
};

const words = [
  'pyyaml',
  'urwid',
  'pyparsing',
  'requests',
  'pyudev',
  'setuptools',
  'psutil',
  'distro',
  'cryptography',
  'lxml',
  'numpy',
];

const server = `
import http.server, threading
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.end_headers(); self.wfile.write(b"served")
    def log_message(self, *_): pass
served = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
port = served.server_address[1]
threading.Thread(target=served.serve_forever, daemon=True).start()
`;

describe('a packed Python in a foreign root', () => {
  let packed: PackedTree;
  let roots: ForeignRoots;
  /** A directory of modules that end the program when they are imported. */
  let poison: string;
  /** A directory of symbolic links, of every kind that people make. */
  let links: string;

  before(async () => {
    roots = await foreignRoots();
    packed = await packTree(words);
    poison = scratch('poison-');
    for (const name of [
      'os',
      'site',
      'sitecustomize',
      'usercustomize',
      'yaml',
      'encodings/__init__',
      'json/__init__',
    ]) {
      mkdirSync(join(poison, name, '..'), { recursive: true });
      writeFileSync(join(poison, `${name}.py`), `raise SystemExit('poisoned by ' + __file__)\n`);
    }
    writeFileSync(join(poison, 'poison.pth'), 'import os; os._exit(66)\n');
    links = scratch('links-');
  });
  after(() => packed?.remove());

  const places = ['/opt/py', '/srv/with space/py'];
  for (const place of places) {
    for (const shell of ['bullseye', 'bash', 'busybox'] as const) {
      describe(`${shell}, unpacked at ${place}`, () => {
        const enter = (argv: string[], { env = { PATH: '/usr/bin:/bin' }, cwd, binds = {} }: InRoot = {}) => {
          const all = { [packed.tree]: place, ...binds };
          return inRoot(roots[shell], argv, { env, binds: all, ...(cwd === undefined ? {} : { cwd }) });
        };
        const python = (script: string, options: InRoot = {}) =>
          enter([`${place}/bin/python3`, '-c', script], options);
        const lines = (output: Buffer) => output.toString().split('\n').slice(0, -1);

        test('sys.path stays inside the tree, even if /usr/local and ~/.local contain poisoned packages', async () => {
          const homes = [
            '/usr/local/lib/python3.11/site-packages',
            '/usr/local/lib64/python3.11/site-packages',
          ];
          homes.push('/usr/local/lib/python3.11/dist-packages', '/root/.local/lib/python3.11/site-packages');
          const binds = Object.fromEntries(
            homes.map((home, index) => [index === 0 ? poison : copyOf(poison, index), home]),
          );
          const env = { PATH: '/usr/bin:/bin', HOME: '/root' };
          const script = "import sys; print('\\n'.join(sys.path)); import yaml; print(yaml.__file__)";
          const { code, stdout, stderr } = await python(script, { env, binds });
          assert.equal(code, 0, stderr);
          assert.deepEqual(lines(stdout), [
            '',
            `${place}/lib64/python311.zip`,
            `${place}/lib64/python3.11`,
            `${place}/lib64/python3.11/lib-dynload`,
            `${place}/lib64/python3.11/site-packages`,
            `${place}/lib/python3.11/site-packages`,
            `${place}/lib64/python3.11/site-packages/yaml/__init__.py`,
          ]);
        });

        for (const [name, line] of Object.entries(work)) {
          test(`${name} imports and works`, async () => {
            const script = `${name === 'requests' ? server : ''}\nimport os, ${name}\n${line}\nprint("done")`;
            const { code, stdout, stderr } = await python(script);
            assert.equal(code, 0, stderr);
            assert.equal(stdout.toString(), 'done\n');
          });
        }

        test('a program of the system and the Python itself start as children', async () => {
          const script = `
import multiprocessing, subprocess, sys
print(subprocess.run(["ls", "-d", "/"], capture_output=True, text=True, check=True).stdout.strip())
print(subprocess.run([sys.executable, "-c", "import sys; print(sys.executable)"], capture_output=True, text=True, check=True).stdout.strip())
if __name__ == "__main__":
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        print(pool.map(abs, [-1, -2, -3]))
`;
          const { code, stdout, stderr } = await python(script);
          assert.equal(code, 0, stderr);
          assert.deepEqual(lines(stdout), ['/', `${place}/bin/python3`, '[1, 2, 3]']);
        });

        test('no library from outside the tree is mapped, with any LD_LIBRARY_PATH', async () => {
          const script = `
import ${Object.keys(work).join(', ')}, os, ssl, sqlite3, ctypes, socket
import cryptography.fernet, lxml.etree
os.makedirs("/etc", exist_ok=True)
with open("/etc/hosts", "a") as hosts: hosts.write("127.0.0.1 localhost\\n")
socket.getaddrinfo("localhost", 80)
pyudev.Context()
print("\\n".join({line.split(None, 5)[5].strip() for line in open("/proc/self/maps") if ".so" in line or " r-xp " in line and "/" in line}))
`;
          const env = {
            PATH: '/usr/bin:/bin',
            LD_LIBRARY_PATH: '/lib/x86_64-linux-gnu:/usr/lib/x86_64-linux-gnu:/lib',
          };
          const { code, stdout, stderr } = await python(script, { env });
          assert.equal(code, 0, stderr);
          const mapped = lines(stdout);
          assert.ok(mapped.length > 30, `${mapped.length} libraries`);
          assert.deepEqual(
            mapped.filter((path) => !path.startsWith(`${place}/`)),
            [],
          );
        });

        const environments: { name: string; env: Record<string, string> }[] = [
          { name: 'no variable at all', env: {} },
          {
            name: 'variables of all kinds',
            env: {
              PATH: '/usr/bin:/bin',
              HOME: '/root',
              PWD: '/',
              LD_LIBRARY_PATH: '/nowhere',
              PYTHONPATH: '/somewhere',
              IFS: ':',
              ENV: '/etc/profile',
              CDPATH: '/opt',
              OPTIND: '7',
              EMPTY: '',
              LINES: 'one\ntwo',
              QUOTES: `"it's" $HOME \\n`,
              LC_ALL: 'C.UTF-8',
              root: 'lower case',
              p: 'short',
              'NOT-AN-IDENTIFIER': 'as GitHub has them: INPUT_A-B',
              'BASH_FUNC_f%%': '() { :; }',
              PS1: '$ ',
              _: '/bin/true',
            },
          },
        ];
        for (const { name, env } of environments) {
          test(`a child sees the caller's environment: ${name}`, async () => {
            const script = 'import subprocess; subprocess.run(["cat", "/proc/self/environ"])';
            const { code, stdout, stderr } = await python(script, { env });
            assert.equal(code, 0, stderr);
            const seen = new Map(stdout.toString().split('\0').slice(0, -1).map(splitVariable));
            // CPython sets LC_CTYPE for itself and its children if the locale is C (PEP 538).
            if (env.LC_ALL === undefined) seen.delete('LC_CTYPE');
            assert.deepEqual(new Map([...seen].sort()), new Map(Object.entries(env).sort()));
          });
        }

        const starts: {
          name: string;
          link?: [name: string, target: string];
          argv: string;
          cwd?: string;
          env?: Record<string, string>;
        }[] = [
          { name: 'by its path', argv: `${place}/bin/python3` },
          { name: 'under its full name', argv: `${place}/bin/python3.11` },
          { name: 'with an empty environment', argv: `${place}/bin/python3`, env: {} },
          { name: 'through a link to the file', link: ['py', `${place}/bin/python3`], argv: '/links/py' },
          { name: 'through a link to a link', link: ['py2', '/links/py'], argv: '/links/py2' },
          {
            name: 'through a link to its directory',
            link: ['bin', `${place}/bin`],
            argv: '/links/bin/python3',
          },
          { name: 'through a link to its tree', link: ['tree', place], argv: '/links/tree/bin/python3' },
          { name: 'through PATH', argv: 'python3', env: { PATH: `/usr/bin:/bin:${place}/bin` } },
          { name: 'by a relative path', argv: 'bin/python3', cwd: place },
          { name: 'by a relative path through a parent', argv: '../bin/python3', cwd: `${place}/lib` },
          { name: 'from its own directory', argv: './python3', cwd: `${place}/bin` },
        ];
        for (const { name, link, argv, cwd, env } of starts) {
          test(`it starts ${name}, and uses its own library although /usr has a Python of the same version`, async () => {
            if (link !== undefined) {
              rmSync(join(links, link[0]), { force: true });
              symlinkSync(link[1], join(links, link[0]));
            }
            const binds = {
              [links]: '/links',
              [poison]: '/usr/lib64/python3.11',
              [copyOf(poison, 1)]: '/usr/lib/python3.11',
            };
            const script =
              'import os, json, sys; print(os.__file__, json.__file__, os.path.realpath(sys.prefix), sep="\\n")';
            const options = {
              binds,
              ...(cwd === undefined ? {} : { cwd }),
              ...(env === undefined ? {} : { env }),
            };
            const { code, stdout, stderr } = await enter([argv, '-c', script], options);
            assert.equal(code, 0, stderr);
            const prefix = argv === '/links/tree/bin/python3' ? '/links/tree' : place;
            const library = `${prefix}/lib64/python3.11`;
            assert.deepEqual(lines(stdout), [`${library}/os.py`, `${library}/json/__init__.py`, place]);
          });
        }

        test('RUNPATH alone is enough for the interpreter to find its libraries', async () => {
          const argv = [
            `${place}/libexec/ld.so`,
            `${place}/libexec/python3.11`,
            '-S',
            '-c',
            'import sys; print("runs")',
          ];
          const env = { PYTHONHOME: place };
          const { code, stdout, stderr } = await enter(argv, { env });
          assert.equal(code, 0, stderr);
          assert.equal(stdout.toString(), 'runs\n');
        });
      });
    }
  }

  /** Another path of the same directory: a directory can be the source of only one bind in `binds`. */
  function copyOf(directory: string, index: number): string {
    return `${directory}${'/.'.repeat(index)}`;
  }
});

function splitVariable(variable: string): [string, string] {
  const equals = variable.indexOf('=');
  return [variable.slice(0, equals), variable.slice(equals + 1)];
}
