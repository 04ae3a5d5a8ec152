import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { before, describe, it } from 'node:test';
import { RelopackError } from '../../src/common/error.ts';
import { openRoot, type Root } from '../../src/host/root.ts';
import { Sense } from '../../src/rpm/dependency.ts';
import { FileFlag, type InstalledFile, type InstalledPackage, nevra } from '../../src/rpm/package.ts';
import { readInstalled } from '../../src/rpm/read-database.ts';
import { loadBerkeley } from '../support/rpm/berkeley.ts';
import { buildPackages, type Spec } from '../support/rpm/packages.ts';
import { must, run } from '../support/run.ts';
import { scratch } from '../support/scratch.ts';

const specs: Spec[] = [
  {
    name: 'files',
    epoch: 3,
    version: '1.0~rc1',
    preamble: ['URL: https://example.org/', 'Vendor: Nobody Ünder the sun'],
    install: [
      'mkdir -p usr/bin usr/lib/x usr/share/doc/x usr/share/licenses/x usr/share/locale/de etc run',
      'printf plain > "usr/lib/x/plain"',
      'printf odd > "usr/lib/x/ü name with spaces"',
      ': > usr/lib/x/empty',
      'ln -s ../lib/x/plain usr/bin/x',
      'printf hard > usr/lib/x/hard && ln usr/lib/x/hard usr/lib/x/harder',
      'printf setuid > usr/bin/su && chmod 4755 usr/bin/su',
      'printf config > etc/x.conf',
      'printf doc > usr/share/doc/x/README',
      'printf license > usr/share/licenses/x/LICENSE',
      'printf de > usr/share/locale/de/x.mo',
      'touch -d 2001-02-03T04:05:06Z usr/lib/x/plain',
    ],
    files: [
      '%dir /usr/lib/x',
      '/usr/lib/x/plain',
      '"/usr/lib/x/ü name with spaces"',
      '/usr/lib/x/empty',
      '/usr/lib/x/hard',
      '/usr/lib/x/harder',
      '/usr/bin/x',
      '/usr/bin/su',
      '%config(noreplace) /etc/x.conf',
      '%doc /usr/share/doc/x/README',
      '%license /usr/share/licenses/x/LICENSE',
      '%lang(de) /usr/share/locale/de/x.mo',
      '%ghost %attr(0600, root, root) /run/x.pid',
    ],
  },
  {
    name: 'dependencies',
    requires: ['files >= 3:1.0~', '(files or nothing)', '/usr/bin/x', 'files < 4:0-1'],
    provides: ['python3dist(x) = 1.0', 'capability(of)(many)(parentheses)'],
    preamble: ['Requires(post): files'],
  },
  { name: 'twice', version: '1' },
  { name: 'twice', version: '2' },
  { name: 'gpg-pubkey', version: 'c0ffee', preamble: ['# like a key in the database'] },
];

const directory = scratch('relopack-rpm-');
const home = join(directory, 'root');
const database = '/usr/lib/sysimage/rpm';
let packages: InstalledPackage[];

before(async () => {
  const rpms = await buildPackages(directory, specs);
  const options = ['--root', home, '--dbpath', database, '--excludedocs', '--define', '_install_langs en'];
  mkdirSync(home);
  await must('rpm', [...options, '-i', ...rpms]);
  packages = await readInstalled({ root: openRoot(home) });
});

function named(name: string): InstalledPackage {
  const [found] = packages.filter((pkg) => pkg.name === name);
  assert.ok(found !== undefined, `${name} is installed`);
  return found;
}

function file(path: string): InstalledFile {
  const found = named('files').files.find((candidate) => candidate.path === path);
  assert.ok(found !== undefined, `the package has ${path}`);
  return found;
}

/** A new root with a copy of the database, or with these files instead. */
function rootWith(name: string, path = database, content?: Record<string, string | Buffer>): Root {
  const fresh = join(directory, name);
  mkdirSync(join(fresh, path), { recursive: true });
  if (content === undefined) cpSync(home + database, join(fresh, path), { recursive: true });
  for (const [key, value] of Object.entries(content ?? {})) writeFileSync(join(fresh, path, key), value);
  return openRoot(fresh);
}

function names(list: InstalledPackage[]): string[] {
  return list.map((pkg) => pkg.name).sort();
}

const everything = ['dependencies', 'files', 'twice', 'twice'];

/** Runs `use` with changed variables in the environment that programs inherit. */
async function withEnvironment<T>(changes: Record<string, string>, use: () => Promise<T>): Promise<T> {
  const kept = Object.keys(changes).map((key) => [key, process.env[key]] as const);
  Object.assign(process.env, changes);
  try {
    return await use();
  } finally {
    for (const [key, value] of kept) {
      if (value === undefined) delete process.env[key];
      else process.env[key] = value;
    }
  }
}

function refusal(...parts: string[]) {
  return (error: unknown) => {
    assert.ok(error instanceof RelopackError, String(error));
    assert.equal(error.code, 'rpm-database');
    for (const part of parts) assert.ok(`${error.message}\n${error.remedy}`.includes(part), error.message);
    return true;
  };
}

describe('the installed packages', () => {
  it('are complete without the keys, also if two versions of a package are installed', () => {
    assert.deepEqual(names(packages), everything);
    const twice = packages.filter((pkg) => pkg.name === 'twice');
    assert.deepEqual(twice.map(nevra).sort(), ['twice-1-1.noarch', 'twice-2-1.noarch']);
  });

  it('have the facts of their headers', () => {
    const { files, requires, provides, buildTime, ...header } = named('files');
    assert.deepEqual(header, {
      name: 'files',
      evr: '3:1.0~rc1-1',
      arch: 'noarch',
      license: 'Apache-2.0',
      sourceRpm: 'files-1.0~rc1-1.src.rpm',
      url: 'https://example.org/',
      vendor: 'Nobody Ünder the sun',
      digestAlgorithm: 'sha256',
    });
    assert.ok(Math.abs(buildTime - Date.now() / 1000) < 3600, 'it was built just now');
    assert.equal(named('twice').url, '');
    assert.equal(named('twice').vendor, '');
    assert.deepEqual(named('twice').files, []);
  });

  it('have the dependencies of their spec files', () => {
    const { requires, provides } = named('dependencies');
    const own = requires.filter(({ flags }) => (flags & Sense.rpmlib) === 0);
    assert.deepEqual(
      own.sort((a, b) => (a.name + a.evr < b.name + b.evr ? -1 : 1)),
      [
        { name: '(files or nothing)', flags: 0, evr: '' },
        { name: '/usr/bin/x', flags: 0, evr: '' },
        { name: 'files', flags: Sense.post, evr: '' },
        { name: 'files', flags: Sense.greater | Sense.equal, evr: '3:1.0~' },
        { name: 'files', flags: Sense.less, evr: '4:0-1' },
      ],
    );
    assert.ok(
      requires.some(({ name }) => name === 'rpmlib(RichDependencies)'),
      'rpmbuild adds this one',
    );
    assert.deepEqual(
      provides.sort((a, b) => (a.name < b.name ? -1 : 1)),
      [
        { name: 'capability(of)(many)(parentheses)', flags: 0, evr: '' },
        { name: 'dependencies', flags: Sense.equal, evr: '1-1' },
        { name: 'python3dist(x)', flags: Sense.equal, evr: '1.0' },
      ],
    );
  });
});

describe('the files of a package', () => {
  it('are those of its spec file', () => {
    const paths = named('files').files.map(({ path }) => path);
    assert.deepEqual(paths.sort(), [
      '/etc/x.conf',
      '/run/x.pid',
      '/usr/bin/su',
      '/usr/bin/x',
      '/usr/lib/x',
      '/usr/lib/x/empty',
      '/usr/lib/x/hard',
      '/usr/lib/x/harder',
      '/usr/lib/x/plain',
      '/usr/lib/x/ü name with spaces',
      '/usr/share/doc/x/README',
      '/usr/share/licenses/x/LICENSE',
      '/usr/share/locale/de/x.mo',
    ]);
  });

  it('agree with the files on the disk, if they were installed', () => {
    const root = openRoot(home);
    const present = named('files').files.filter(
      ({ state, flags }) => state === 0 && (flags & FileFlag.ghost) === 0,
    );
    assert.equal(present.length, 10);
    for (const { path, mode, size, mtime, digest } of present) {
      const stats = root.lstat(path);
      assert.equal(mode, stats?.mode, path);
      // Later files in a directory changed its size and mtime.
      if (!stats?.isDirectory()) {
        assert.equal(size, stats?.size, path);
        assert.equal(mtime, Math.floor((stats?.mtimeMs ?? 0) / 1000), path);
      }
      const content = stats?.isFile() ? createHash('sha256').update(root.read(path)).digest('hex') : '';
      assert.equal(digest, content, path);
    }
  });

  const cases: [path: string, fact: (found: InstalledFile) => unknown, value: unknown, why: string][] = [
    ['/usr/bin/su', ({ mode }) => mode, 0o104755, 'the mode has the setuid bit and the type'],
    ['/usr/lib/x', ({ mode }) => mode, 0o040755, 'a directory has its type'],
    [
      '/usr/lib/x/plain',
      ({ mtime }) => mtime,
      Date.UTC(2001, 1, 3, 4, 5, 6) / 1000,
      'the time is in seconds',
    ],
    ['/usr/lib/x/plain', ({ flags }) => flags, 0, 'a plain file has no flag'],
    ['/etc/x.conf', ({ flags }) => flags & 1, 1, 'configuration is marked'],
    ['/usr/share/doc/x/README', ({ flags }) => flags & FileFlag.doc, FileFlag.doc, 'documentation is marked'],
    ['/usr/share/licenses/x/LICENSE', ({ flags }) => flags, FileFlag.license, 'a license is marked'],
    ['/run/x.pid', ({ flags }) => flags & FileFlag.ghost, FileFlag.ghost, 'a ghost is marked'],
    ['/usr/share/doc/x/README', ({ state }) => state, 2, '--excludedocs left the documentation out'],
    ['/usr/share/locale/de/x.mo', ({ state }) => state, 2, 'another language was left out'],
    ['/usr/share/licenses/x/LICENSE', ({ state }) => state, 0, 'the license is installed nevertheless'],
  ];
  for (const [path, fact, value, why] of cases) it(why, () => assert.equal(fact(file(path)), value));
});

describe('the database is found', () => {
  it('in the older directory, also through a link', async () => {
    const older = rootWith('older', '/var/lib/rpm');
    assert.deepEqual(names(await readInstalled({ root: older })), everything);
    const linked = rootWith('linked');
    mkdirSync(join(linked.path, 'var/lib'), { recursive: true });
    symlinkSync(database, join(linked.path, 'var/lib/rpm'));
    assert.deepEqual(names(await readInstalled({ root: linked, dbpath: '/var/lib/rpm' })), everything);
  });

  it('in the older directory if the newer one is empty', async () => {
    const root = rootWith('both', '/var/lib/rpm');
    mkdirSync(join(root.path, database), { recursive: true });
    assert.deepEqual(names(await readInstalled({ root })), everything);
  });

  it('in the directory of dbpath inside the root', async () => {
    const root = rootWith('elsewhere', '/srv/db');
    assert.deepEqual(names(await readInstalled({ root, dbpath: '/srv/db' })), everything);
  });

  it('in a directory whose name looks like a macro of rpm', async () => {
    const root = rootWith('100 %{name} %_dbpath', '/a %(b)');
    assert.deepEqual(names(await readInstalled({ root, dbpath: '/a %(b)' })), everything);
  });

  it('on the machine itself in the directory that rpm names', async () => {
    const configuration = join(directory, 'configured');
    mkdirSync(configuration);
    writeFileSync(join(configuration, '.rpmmacros'), `%_dbpath ${home}${database}\n`);
    const root = openRoot('/');
    const read = await withEnvironment({ HOME: configuration }, () => readInstalled({ root }));
    assert.deepEqual(names(read), everything);
  });
});

describe('the database is read', () => {
  it('although rpm prints a warning', async () => {
    const configuration = join(directory, 'warning');
    mkdirSync(configuration);
    writeFileSync(join(configuration, '.rpmmacros'), '%_db_backend bdb_ro\n');
    const { stderr } = await run('rpm', ['--dbpath', home + database, '-qa'], {
      env: { ...process.env, HOME: configuration, LC_ALL: 'C' },
    });
    assert.match(stderr, /^warning: Found .* database while attempting/);
    const root = openRoot(home);
    const read = await withEnvironment({ HOME: configuration }, () => readInstalled({ root }));
    assert.deepEqual(names(read), everything);
  });

  it('in a read-only directory, from a copy that is removed afterwards', async () => {
    const root = rootWith('read-only');
    const path = join(root.path, database);
    for (const name of readdirSync(path)) if (/-(?:shm|wal)$/.test(name)) rmSync(join(path, name));
    const temporary = join(directory, 'temporary');
    mkdirSync(temporary);
    const modules = ['host/root', 'rpm/read-database'].map(
      (name) => new URL(`../../src/${name}.ts`, import.meta.url).href,
    );
    const script = `
      const [{ openRoot }, { readInstalled }] = await Promise.all(${JSON.stringify(modules)}.map((url) => import(url)));
      const packages = await readInstalled({ root: openRoot(${JSON.stringify(root.path)}) });
      console.log(packages.map(({ name }) => name).sort().join());`;
    const shell = `
      mount --bind "$1" "$1" && mount -o remount,ro,bind "$1" || exit 99
      rpm --dbpath "$1" -qa 2>&1 | grep -q 'unable to open database file' || exit 98
      exec "$2" --input-type=module --eval "$3"`;
    const { code, stdout, stderr } = await run(
      'unshare',
      ['--mount', 'sh', '-c', shell, 'sh', path, process.execPath, script],
      { env: { ...process.env, TMPDIR: temporary } },
    );
    assert.equal(code, 0, `${stderr} (99: mounting was refused, 98: rpm can read it all the same)`);
    assert.equal(stdout.toString().trim(), everything.join());
    assert.deepEqual(readdirSync(temporary), []);
  });
});

describe('control characters in a package', () => {
  // rpmbuild accepts all of these. The text looks like the end of a package and the head of another one.
  const text = "M\x1fI\x1eT \x07\x1b[31m' \x1fE\x1fP\x1f'a'\x1f";

  it('stay in their field, and create no package', async () => {
    const path = join(directory, 'controls');
    const preamble = [`Vendor: ${text}`, 'URL: \x1fE\x1f'];
    const provides = ["it's", 'capability(\x1f)'];
    const built = await buildPackages(path, [{ name: 'controls', license: text, preamble, provides }]);
    const home = join(path, 'root');
    mkdirSync(home);
    await must('rpm', ['--root', home, '--dbpath', database, '-i', ...built]);
    const [pkg, ...others] = await readInstalled({ root: openRoot(home) });
    assert.deepEqual(others, []);
    assert.deepEqual([pkg?.license, pkg?.vendor, pkg?.url], [text, text, '\x1fE\x1f']);
    assert.deepEqual(pkg?.provides.map(({ name }) => name).sort(), ['capability(\x1f)', 'controls', "it's"]);
  });
});

describe('a header that differs from its digest', () => {
  /** A root with a database in which one bit of a vendor's name is another one. */
  function rootWithFlippedBit(name: string): Root {
    const root = rootWith(name);
    const path = join(root.path, database, 'rpmdb.sqlite');
    const bytes = readFileSync(path);
    for (let at = bytes.indexOf('Nobody'); at !== -1; at = bytes.indexOf('Nobody', at))
      bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
    writeFileSync(path, bytes);
    return root;
  }

  it('is an error', async () => {
    const root = rootWithFlippedBit('flipped');
    await assert.rejects(readInstalled({ root }), refusal('BAD', 'rpm -qa'));
  });

  it('is an error, although the macros of the user turn off digests', async () => {
    const root = rootWithFlippedBit('flipped without digests');
    const configuration = join(directory, 'no digests');
    mkdirSync(configuration);
    writeFileSync(join(configuration, '.rpmmacros'), '%_vsflags_query 0xfffff\n');
    await withEnvironment({ HOME: configuration }, () =>
      assert.rejects(readInstalled({ root }), refusal('BAD')),
    );
  });
});

describe('a database is refused', () => {
  it('that is absent, and none is created', async () => {
    const root = rootWith('none', '/var/lib/rpm', { 'something.else': '' });
    await assert.rejects(
      readInstalled({ root }),
      refusal('/usr/lib/sysimage/rpm or /var/lib/rpm', root.path, '--dbpath'),
    );
    await assert.rejects(
      readInstalled({ root, dbpath: '/var/lib' }),
      refusal('no RPM database found in /var/lib of'),
    );
    await assert.rejects(
      readInstalled({ root, dbpath: '/nowhere' }),
      refusal('no RPM database found in /nowhere of'),
    );
    assert.deepEqual(readdirSync(join(root.path, 'var/lib/rpm')), ['something.else']);
  });

  it('that only a link out of the root leads to', async () => {
    const root = rootWith('outside', '/srv', {});
    symlinkSync(home + database, join(root.path, 'srv/rpm'));
    await assert.rejects(
      readInstalled({ root, dbpath: '/srv/rpm' }),
      refusal('no RPM database found in /srv/rpm of'),
    );
  });

  it('that is empty', async () => {
    const root = rootWith('empty', database, {});
    await must('rpm', ['--dbpath', join(root.path, database), '--initdb']);
    await assert.rejects(readInstalled({ root }), refusal('contains no packages', '--root'));
  });

  it('that is truncated, with the message of rpm', async () => {
    const size = readFileSync(join(home, database, 'rpmdb.sqlite')).length;
    for (const part of [0, 0.02, 0.5, 0.98]) {
      const root = rootWith(`cut off at ${part}`);
      const path = join(root.path, database);
      for (const name of readdirSync(path)) if (name !== 'rpmdb.sqlite') rmSync(join(path, name));
      truncateSync(join(path, 'rpmdb.sqlite'), Math.floor(size * part));
      await assert.rejects(readInstalled({ root }), refusal(path, 'error:', 'rpm -qa'));
    }
  });

  const garbage: [backEnd: string, name: string][] = [
    ['SQLite', 'rpmdb.sqlite'],
    ['Berkeley DB', 'Packages'],
    ['NDB', 'Packages.db'],
  ];
  for (const [backEnd, name] of garbage) {
    it(`that is garbage for ${backEnd}, and none is created beside it`, async () => {
      const root = rootWith(`garbage ${name}`, database, { [name]: Buffer.alloc(20_000, 'garbage') });
      await assert.rejects(readInstalled({ root }), refusal(join(root.path, database, name)));
      assert.deepEqual(readdirSync(join(root.path, database)), [name]);
    });
  }

  const unusual = { Packages: Buffer.alloc(20_000, 'garbage') };
  it('that must be copied, if TMPDIR is absent', async () => {
    const root = rootWith('no TMPDIR', database, unusual);
    await withEnvironment({ TMPDIR: join(directory, 'nowhere') }, () =>
      assert.rejects(readInstalled({ root }), {
        name: 'RelopackError',
        code: 'output',
        message: /nowhere/,
        remedy: /TMPDIR/,
      }),
    );
  });

  it('that the user may not read', async () => {
    const root = rootWith('unreadable', database, unusual);
    const path = join(root.path, database, 'Packages');
    chmodSync(path, 0o600);
    for (const open of [directory, dirname(directory)]) chmodSync(open, 0o755);
    const { geteuid, seteuid } = process;
    assert.ok(geteuid !== undefined && seteuid !== undefined && geteuid() === 0, 'these tests need root');
    seteuid(65534);
    try {
      await assert.rejects(readInstalled({ root }), refusal(path, 'permission denied'));
    } finally {
      seteuid(0);
    }
  });

  it('with a damaged package that rpm skips', async () => {
    const root = rootWith('damaged');
    const path = join(root.path, database, 'rpmdb.sqlite');
    await must('rpm', ['--dbpath', join(root.path, database), '--rebuilddb']);
    const bytes = readFileSync(path);
    // A header blob begins with the number of its entries. Then comes the tag of its region, 63.
    const region = Buffer.from([0, 0, 0, 63, 0, 0, 0, 7]);
    bytes.fill(0xee, bytes.lastIndexOf(region), bytes.lastIndexOf(region) + 8);
    writeFileSync(path, bytes);
    await assert.rejects(readInstalled({ root }), refusal('error:'));
  });
});

describe('an answer is refused', () => {
  const tools = join(directory, 'tools');

  /** Replaces rpm by a shell script, which may call the real rpm as "$RPM". */
  async function withRpm<T>(script: string, use: () => Promise<T>): Promise<T> {
    const real = await pathOf('rpm');
    rmSync(tools, { recursive: true, force: true });
    mkdirSync(tools);
    writeFileSync(join(tools, 'rpm'), `#!/bin/sh\n${script}\n`);
    chmodSync(join(tools, 'rpm'), 0o755);
    return await withEnvironment({ PATH: `${tools}${delimiter}${process.env.PATH}`, RPM: real }, use);
  }

  async function pathOf(program: string): Promise<string> {
    const { stdout } = await must('sh', ['-c', `command -v ${program}`]);
    return stdout.toString().trim();
  }

  const root = () => openRoot(home);

  it('that ends within a package or within a name', async () => {
    const whole = Number(
      await withRpm(`"$RPM" "$@" | wc -c >&2; exit 1`, () =>
        readInstalled({ root: root() }).catch((error: Error) => /: (\d+)$/.exec(error.message)?.[1]),
      ),
    );
    assert.ok(whole > 1000, 'the whole answer is longer');
    for (const length of [1, 100, whole - 30, whole - 3, whole - 2, whole - 1]) {
      await withRpm(`"$RPM" "$@" | head -c ${length}`, () =>
        assert.rejects(readInstalled({ root: root() }), refusal(`of ${length}`)),
      );
    }
  });

  it('with an error message of rpm, although its exit code is 0', async () => {
    await withRpm(`"$RPM" "$@"; echo 'error: skipping a package' >&2`, () =>
      assert.rejects(readInstalled({ root: root() }), refusal('error: skipping a package')),
    );
  });

  it('with a warning about a header, although its exit code is 0', async () => {
    await withRpm(`"$RPM" "$@"; echo 'warning: rpmdb: damaged header #7 retrieved -- skipping.' >&2`, () =>
      assert.rejects(readInstalled({ root: root() }), refusal('damaged header #7')),
    );
  });

  it('with very many messages, of which three are shown', async () => {
    const script = `"$RPM" "$@"; for i in 1 2 3 4 5 6 7 8 9; do echo "error: skipping h#$i" >&2; done`;
    await withRpm(script, () =>
      assert.rejects(readInstalled({ root: root() }), (error: unknown) => {
        assert.ok(error instanceof RelopackError);
        assert.match(
          error.message,
          /: error: skipping h#1; error: skipping h#2; error: skipping h#3; and 6 more$/,
        );
        return true;
      }),
    );
  });

  it('with another exit code and no message', async () => {
    await withRpm(`"$RPM" "$@"; exit 3`, () =>
      assert.rejects(readInstalled({ root: root() }), refusal('exit code 3')),
    );
  });

  it('of an rpm that reports an unknown tag', async () => {
    await withRpm(`"$RPM" --queryformat '%{NOSUCHTAG}' "$1" "$2" -qa`, () =>
      assert.rejects(readInstalled({ root: root() }), refusal('too old', '4.14')),
    );
  });

  it('of an rpm that does not know a tag and prints nothing', async () => {
    const script = `case "$*" in *--querytags*) "$RPM" --querytags | grep -v LONGFILESIZES ;; esac`;
    await withRpm(script, () => assert.rejects(readInstalled({ root: root() }), refusal('too old', '4.14')));
  });

  it('if there is no rpm', async () => {
    rmSync(tools, { recursive: true, force: true });
    mkdirSync(tools);
    symlinkSync(await pathOf('env'), join(tools, 'env'));
    await withEnvironment({ PATH: tools }, () =>
      assert.rejects(readInstalled({ root: root() }), {
        name: 'RelopackError',
        code: 'rpm-missing',
        remedy: /apt-get/,
      }),
    );
  });
});

const real = new URL('../../../shared/rpmdb/', import.meta.url).pathname;
if (existsSync(real)) {
  describe('EXTRA, since ../shared/rpmdb is there: a real database', () => {
    /** The packages in the same database, by another query of rpm. */
    async function queried(dbpath: string): Promise<string[]> {
      const query = ['--dbpath', dbpath, '-qa', '--queryformat', '%{NAME} %{NEVRA}\n'];
      const { stdout } = await must('rpm', query);
      const lines = stdout
        .toString()
        .trim()
        .split('\n')
        .filter((line) => !line.startsWith('gpg-pubkey '));
      return lines.map((line) => line.slice(line.indexOf(' ') + 1)).sort();
    }

    it('of Amazon Linux 2023, which is SQLite, is read', async () => {
      const root = rootWith('al2023', database, {
        'rpmdb.sqlite': readFileSync(join(real, 'al2023/rpmdb.sqlite')),
      });
      const read = await readInstalled({ root });
      assert.deepEqual(read.map(nevra).sort(), await queried(root.path + database));
      assert.ok(read.some((pkg) => nevra(pkg).startsWith('python3-3.9.16-')));
    });

    it('of CentOS 8, in its own form, which is Berkeley DB, is read', async () => {
      const root = rootWith('centos8', '/var/lib/rpm', {});
      const unpacked = join(directory, 'centos8.sqlite');
      const { stdout } = await must('xz', ['-dc', join(real, 'centos8/rpmdb.sqlite.xz')]);
      writeFileSync(unpacked, stdout);
      await loadBerkeley(unpacked, join(root.path, 'var/lib/rpm/Packages'));
      const read = await readInstalled({ root });
      assert.deepEqual(read.map(nevra).sort(), await queried(join(root.path, 'var/lib/rpm')));
      assert.ok(read.some((pkg) => nevra(pkg).startsWith('platform-python-3.6.8-')));
    });
  });
}
