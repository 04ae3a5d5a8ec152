import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { before, describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { RelopackError } from '../../src/common/error.ts';
import { fileName } from '../../src/host/file-name.ts';
import { openRoot, type Root } from '../../src/host/root.ts';
import { must } from '../support/run.ts';
import { scratch } from '../support/scratch.ts';

const directory = scratch('relopack root ');
const path = join(directory, 'root');
let root: Root;

function put(file: string, content = file): void {
  mkdirSync(join(path, file, '..'), { recursive: true });
  writeFileSync(join(path, file), content);
}

function link(file: string, target: string): void {
  mkdirSync(join(path, file, '..'), { recursive: true });
  symlinkSync(target, join(path, file));
}

before(() => {
  writeFileSync(join(directory, 'secret'), 'outside');
  put('/usr/lib64/libc-2.28.so', 'the C library');
  link('/usr/lib64/libc.so.6', 'libc-2.28.so');
  link('/lib64', 'usr/lib64');
  link('/usr/bin/python', '/etc/alternatives/python');
  link('/etc/alternatives/python', '/usr/bin/python3.11');
  put('/usr/bin/python3.11', 'an interpreter');
  put('/etc/passwd', 'the passwd of the root');
  link('/etc/out', '../../../../../../../../etc/passwd');
  link('/etc/sideways', `../../${'secret'}`);
  link('/etc/outside', join(directory, 'secret'));
  link('/etc/up', '..');
  link('/etc/here', '.');
  link('/etc/top', '/');
  link('/loop', 'loop');
  link('/ping', 'pong');
  link('/pong', 'ping');
  link('/inner', 'inner/more');
  link('/dangling', 'nowhere');
  link('/chain/1', '../etc/passwd');
  for (let i = 2; i <= 41; i += 1) link(`/chain/${i}`, `${i - 1}`);
  put('/opt/a b/ü\n/file');
  put('/opt/..hidden');
  root = openRoot(path);
});

function refusal(part: string) {
  return (error: unknown) =>
    error instanceof RelopackError && error.code === 'file-missing' && error.message.includes(part);
}

describe('a path leads to the same file as if the root were /', () => {
  const cases: [from: string, to: string | undefined, why: string][] = [
    ['/usr/lib64/libc-2.28.so', '/usr/lib64/libc-2.28.so', 'without links'],
    ['/usr/lib64/libc.so.6', '/usr/lib64/libc-2.28.so', 'by a link to a file'],
    ['/lib64/libc.so.6', '/usr/lib64/libc-2.28.so', 'by a link to a directory'],
    ['/usr/bin/python', '/usr/bin/python3.11', 'by absolute links'],
    ['/etc/out', '/etc/passwd', 'with more .. than directories'],
    ['/../../etc/passwd', '/etc/passwd', 'with .. in front'],
    [
      '/lib64/../bin/python3.11',
      '/usr/bin/python3.11',
      'with .. after a link, which means the parent of its target',
    ],
    ['/etc/up/etc/passwd', '/etc/passwd', 'by a link to ..'],
    ['/etc/here/here/passwd', '/etc/passwd', 'by a link to .'],
    ['/etc/top/etc/top/etc/passwd', '/etc/passwd', 'by links to /'],
    ['/etc//./passwd', '/etc/passwd', 'with empty steps'],
    ['/usr/lib64/', '/usr/lib64', 'with a slash at the end'],
    ['/lib64/.', '/usr/lib64', 'with a dot at the end'],
    ['/lib64/..', '/usr', 'with two dots at the end'],
    ['/', '/', 'at the root'],
    ['/..', '/', 'above the root'],
    ['etc/passwd', '/etc/passwd', 'without a slash in front'],
    ['/opt/a b/ü\n/file', '/opt/a b/ü\n/file', 'with unusual characters'],
    ['/opt/..hidden', '/opt/..hidden', 'with a name that begins with dots'],
    ['/chain/40', '/etc/passwd', 'by 40 links, as many as Linux follows'],
    ['/chain/41', undefined, 'but not by 41 links'],
    ['/etc/sideways', undefined, 'and never to a file beside the root'],
    ['/etc/outside', undefined, 'and never to an absolute path outside'],
    ['/loop', undefined, 'nor through a link to itself'],
    ['/ping', undefined, 'nor through two links to each other'],
    ['/inner', undefined, 'nor into a link below itself'],
    ['/dangling', undefined, 'nor through a link to nothing'],
    ['/nowhere', undefined, 'nor to an absent file'],
    ['/nowhere/at/all', undefined, 'nor through an absent directory'],
    ['/etc/passwd/file', undefined, 'nor through a file'],
    ['/etc/passwd/..', undefined, 'nor up from a file'],
    [`/etc/${'x'.repeat(300)}`, undefined, 'nor to a name that is too long'],
  ];
  for (const [from, to, why] of cases) {
    it(`${why}: ${JSON.stringify(from)}`, () => {
      assert.equal(root.resolve(from), to);
      assert.equal(root.resolve(from), to, 'the second time');
      assert.equal(root.stat(from)?.isFile(), to === undefined ? undefined : lstatSync(path + to).isFile());
    });
  }

  it('on this machine, as realpath(3) says', () => {
    const machine = openRoot('/');
    const directories = [
      '/usr/bin',
      '/usr/lib',
      '/etc',
      '/etc/alternatives',
      '/lib',
      '/bin',
      '/dev',
      '/proc/self',
    ];
    const paths = directories.flatMap((parent) => readdirSync(parent).map((name) => `${parent}/${name}`));
    assert.ok(paths.length > 500, 'there is much to compare');
    for (const one of paths) {
      let expected: string | undefined;
      try {
        expected = realpathSync.native(one);
      } catch {}
      assert.equal(machine.resolve(one), expected, one);
    }
  });
});

describe('the canonical path', () => {
  const cases: [from: string, to: string | undefined, why: string][] = [
    ['/lib64/libc.so.6', '/usr/lib64/libc.so.6', 'keeps the last component if it is a link'],
    ['/lib64/absent', '/usr/lib64/absent', 'keeps the last component if it is absent'],
    ['/lib64', '/lib64', 'keeps a link at the top'],
    ['/lib64/', '/usr/lib64', 'follows a link with a slash at the end'],
    ['/', '/', 'of the root is the root'],
    ['/nowhere/absent', undefined, 'needs the directory'],
  ];
  for (const [from, to, why] of cases) it(`${why}: ${from}`, () => assert.equal(root.canonical(from), to));
});

describe('a question about a file', () => {
  it('is answered for a link itself and for its target', () => {
    assert.equal(root.lstat('/lib64/libc.so.6')?.isSymbolicLink(), true);
    assert.equal(root.stat('/lib64/libc.so.6')?.size, 'the C library'.length);
    assert.equal(root.readlink('/lib64/libc.so.6'), 'libc-2.28.so');
    assert.equal(root.readlink('/dangling'), 'nowhere');
  });

  it('has no answer for an absent file, or for a file that is not a link', () => {
    assert.equal(root.lstat('/nowhere'), undefined);
    assert.equal(root.stat('/dangling'), undefined);
    assert.equal(root.readlink('/nowhere'), undefined);
    assert.equal(root.readlink('/etc/passwd'), undefined);
  });

  it('lists a directory in order, and nothing for any other file', () => {
    assert.deepEqual(root.list('/lib64'), ['libc-2.28.so', 'libc.so.6']);
    assert.ok(root.list('/').includes('lib64'));
    assert.deepEqual(root.list('/nowhere'), []);
    assert.deepEqual(root.list('/etc/passwd'), []);
  });

  it('tells names apart that are not UTF-8, and treats their files as absent', () => {
    const names = [Buffer.from([0x61, 0xe9]), Buffer.from([0x61, 0xe8]), Buffer.from('a\ufffd')];
    mkdirSync(join(path, 'odd'));
    for (const name of names) writeFileSync(Buffer.concat([Buffer.from(`${path}/odd/`), name]), '');
    const listed = root.list('/odd');
    assert.deepEqual(listed, ['a\udce8', 'a\udce9', 'a\ufffd']);
    assert.deepEqual(
      listed.map((name) => root.stat(`/odd/${name}`)?.isFile()),
      [undefined, undefined, true],
    );
  });
});

describe('reading', () => {
  it('returns the bytes of a file, through any links', () => {
    assert.equal(root.read('/lib64/libc.so.6').toString(), 'the C library');
    assert.equal(root.read('/usr/bin/python').toString(), 'an interpreter');
    assert.equal(root.read('/etc/out').toString(), 'the passwd of the root');
  });

  it('returns the head of a file, or all of a shorter file', () => {
    assert.equal(root.head('/lib64/libc.so.6', 5).toString(), 'the C');
    assert.equal(root.head('/lib64/libc.so.6', 500).toString(), 'the C library');
  });

  it('returns the path on the disk for other programs', () => {
    assert.equal(root.onDisk('/lib64/libc.so.6'), join(path, 'usr/lib64/libc-2.28.so'));
    assert.equal(openRoot('/').onDisk('/'), '/');
  });

  it('refuses an absent file, and a link to the outside', () => {
    for (const absent of ['/nowhere', '/dangling', '/loop', '/etc/sideways', '/etc/outside']) {
      assert.throws(() => root.read(absent), refusal(absent));
      assert.throws(() => root.head(absent, 4), refusal(absent));
      assert.throws(() => root.onDisk(absent), refusal(absent));
    }
  });

  it('refuses a file that was removed since its directory was read', () => {
    put('/var/short-lived');
    assert.equal(root.resolve('/var/short-lived'), '/var/short-lived');
    rmSync(join(path, 'var'), { recursive: true });
    assert.throws(() => root.read('/var/short-lived'), refusal('/var/short-lived'));
  });

  it('refuses a directory, a FIFO, a socket and a device at once', async () => {
    await must('mkfifo', [join(path, 'fifo')]);
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(join(path, 'socket'), resolve));
    for (const special of ['/usr', '/fifo', '/socket']) {
      assert.throws(() => root.read(special), refusal('not a regular file'));
      assert.throws(() => root.head(special, 4), refusal('not a regular file'));
    }
    server.close();
    assert.throws(() => openRoot('/').read('/dev/zero'), refusal('not a regular file'));
  });

  it('refuses a file that the user may not read, with the reason', () => {
    put('/private/key');
    put('/key');
    chmodSync(join(path, 'private'), 0o700);
    chmodSync(join(path, 'key'), 0o600);
    chmodSync(directory, 0o755);
    chmodSync(dirname(directory), 0o755);
    const { geteuid, seteuid } = process;
    assert.ok(geteuid !== undefined && seteuid !== undefined && geteuid() === 0, 'these tests need root');
    seteuid(65534);
    try {
      assert.throws(() => root.stat('/private/key'), refusal('permission denied'));
      assert.throws(() => root.read('/key'), refusal('permission denied'));
      assert.throws(() => root.list('/private'), refusal('permission denied'));
    } finally {
      seteuid(0);
    }
  });
});

describe('a file that is replaced between the plan and its reading', () => {
  /** A new file that the root has examined. */
  function examined(name: string): { root: Root; file: string; onDisk: string } {
    const file = `/${name}/folder/file`;
    put(file, 'inside');
    const root = openRoot(path);
    assert.equal(root.stat(file)?.isFile(), true);
    return { root, file, onDisk: join(path, file) };
  }

  function refuses(root: Root, file: string, part: string): void {
    const expected = { name: 'RelopackError', code: 'file-changed', remedy: /again/ };
    assert.throws(() => root.read(file), { ...expected, message: new RegExp(`^${file} ${part}`) });
    assert.throws(() => root.head(file, 4), { ...expected, message: new RegExp(`^${file} ${part}`) });
    assert.throws(() => root.readParts(file, () => {}), {
      ...expected,
      message: new RegExp(`^${file} ${part}`),
    });
  }

  const replacements: [what: string, said: string, make: (onDisk: string) => Promise<unknown>][] = [
    ['a device without end', 'is no longer a regular file', (to) => must('mknod', [to, 'c', '1', '5'])],
    ['a FIFO', 'is no longer a regular file', (to) => must('mkfifo', [to])],
    ['a directory', 'is no longer a regular file', async (to) => mkdirSync(to)],
    ['a link out of the root', 'was replaced', async (to) => symlinkSync(join(directory, 'secret'), to)],
  ];
  for (const [what, said, make] of replacements) {
    it(`is refused at once if it is ${what}`, async () => {
      const { root, file, onDisk } = examined(`replaced by ${what}`);
      rmSync(onDisk);
      await make(onDisk);
      refuses(root, file, said);
    });
  }

  /** Replaces the directory of an examined file by a link to a directory outside of the root. */
  function redirected(name: string): { root: Root; file: string } {
    const { root, file, onDisk } = examined(name);
    const outside = join(directory, `outside of ${name}`);
    mkdirSync(outside);
    writeFileSync(join(outside, 'file'), 'outside');
    symlinkSync('outside', join(outside, 'link'));
    symlinkSync('inside', join(onDisk, '../link'));
    assert.equal(root.lstat(join(file, '../link'))?.isSymbolicLink(), true);
    rmSync(join(path, name, 'folder'), { recursive: true });
    symlinkSync(outside, join(path, name, 'folder'));
    return { root, file };
  }

  it('is refused if its directory became a link out of the root', () => {
    const { root, file } = redirected('redirected');
    refuses(root, file, 'was replaced');
  });

  it('is refused if it is a link, and its directory became a link out of the root', () => {
    const { root, file } = redirected('redirected link');
    const expected = { code: 'file-changed', message: /was replaced/ };
    assert.throws(() => root.readlink(join(file, '../link')), expected);
    assert.throws(() => root.list(dirname(file)), expected);
  });

  it('is refused if it grows without end', async () => {
    const { root, file, onDisk } = examined('growing');
    const writer = spawn('sh', ['-c', 'while :; do echo more; done >>"$1"', 'sh', onDisk], {
      stdio: 'ignore',
    });
    try {
      const size = statSync(onDisk).size;
      while (statSync(onDisk).size === size) await setTimeout(5);
      assert.throws(
        () => {
          for (let attempt = 0; attempt < 1000; attempt += 1) root.read(file);
        },
        { code: 'file-changed', message: `${file} changes its size while relopack reads the host` },
      );
    } finally {
      writer.kill('SIGKILL');
      await once(writer, 'exit');
    }
  });
});

describe('a file that', () => {
  it('has more bytes than its size says is refused, as it may have no end', () => {
    assert.throws(() => openRoot('/').read(`/proc/${process.pid}/status`), { code: 'file-changed' });
  });

  it('is larger than 2 GiB is refused with the option that leaves it out', () => {
    put('/large', '');
    truncateSync(join(path, 'large'), 2 ** 40);
    assert.throws(() => openRoot(path).read('/large'), {
      code: 'file-missing',
      message: '/large cannot be read from the host: it has 1099511627776 bytes, and the limit is 2 GiB',
      remedy: 'Leave it out with --exclude.',
    });
  });
});

describe('an inode', () => {
  it('is equal for all names of a file', () => {
    put('/first');
    linkSync(join(path, 'first'), join(path, 'second'));
    const root = openRoot(path);
    assert.equal(root.inode('/nowhere'), undefined);
    assert.ok(root.inode('/first') !== undefined);
    assert.equal(root.inode('/first'), root.inode('/second'));
  });

  it('differs between files even if JavaScript numbers cannot tell their inodes apart', async () => {
    const [lower, upper, merged] = ['lower', 'upper', 'merged'].map((name) => join(directory, name));
    assert.ok(lower !== undefined && upper !== undefined && merged !== undefined);
    for (const made of [lower, upper, merged]) mkdirSync(made);
    const names = Array.from({ length: 8 }, (_, index) => `/${index}`);
    for (const name of names) {
      writeFileSync(lower + name, name);
      linkSync(lower + name, `${lower + name}.again`);
    }
    // The layers are on two file systems, which differ in the high bits of an inode.
    await must('mount', ['-t', 'tmpfs', 'tmpfs', upper]);
    try {
      for (const made of ['upper', 'work']) mkdirSync(join(upper, made));
      const layers = `lowerdir=${lower},upperdir=${upper}/upper,workdir=${upper}/work,xino=on`;
      await must('mount', ['-t', 'overlay', 'overlay', '-o', layers, merged]);
      try {
        const root = openRoot(merged);
        const rounded = new Set(names.map((name) => root.stat(name)?.ino));
        assert.ok(rounded.size < names.length, 'the inodes are too small for this test');
        assert.equal(new Set(names.map((name) => root.inode(name))).size, names.length);
        for (const name of names) assert.equal(root.inode(name), root.inode(`${name}.again`));
      } finally {
        await must('umount', [merged]);
      }
    } finally {
      await must('umount', [upper]);
    }
  });
});

describe('a root', () => {
  it('may be given by a link or with a slash at the end', () => {
    symlinkSync('root', join(directory, 'link'));
    assert.equal(openRoot(join(directory, 'link')).path, path);
    assert.equal(openRoot(`${path}/`).read('/etc/passwd').toString(), 'the passwd of the root');
  });

  it('must be a directory', () => {
    for (const wrong of [join(directory, 'nowhere'), join(directory, 'secret')]) {
      assert.throws(() => openRoot(wrong), refusal(wrong));
    }
  });
});

describe('the name of a file', () => {
  const cases: [bytes: number[], name: string, why: string][] = [
    [[0x61, 0xc3, 0xbc], 'aü', 'is decoded from UTF-8'],
    [[0xfc, 0x61], '\udcfca', 'keeps a byte of Latin-1 as a lone surrogate'],
    [[0xc3, 0xbc, 0xc3], 'ü\udcc3', 'keeps a truncated sequence'],
    [
      [0xf0, 0x9f, 0x90, 0x8d, 0xff],
      '🐍\udcff',
      'keeps well-formed characters beside it, also of four bytes',
    ],
    [[0xed, 0xb3, 0xbc], '\udced\udcb3\udcbc', 'does not decode an encoded surrogate'],
    [[0xc1, 0x81], '\udcc1\udc81', 'does not decode an overlong form'],
  ];
  for (const [bytes, name, why] of cases) it(why, () => assert.equal(fileName(Buffer.from(bytes)), name));
});
