import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { bytecodeHeaderSize, lacksHashCheck } from '../../src/python/pyc.ts';
import { tool } from '../support/archive/tool.ts';
import { cli, hostArguments, type PackedTree, packTree, relopack } from '../support/packed/packed.ts';
import { must } from '../support/run.ts';
import { scratch } from '../support/scratch.ts';

describe('an archive', () => {
  let packed: PackedTree;
  let host: string[];
  const directory = scratch();
  before(async () => {
    host = await hostArguments();
    packed = await packTree(['pyyaml', 'pyudev']);
  });
  after(() => packed?.remove());

  const digest = async (path: string) => (await tool('sha256sum', [path])).stdout.toString().split(' ')[0];
  const paths = () => packed.entries.map(({ path }) => path.replace(/^[^/]*\/?/, ''));
  const files = (pattern: RegExp) =>
    packed.entries.filter(({ type, path }) => type === 'file' && pattern.test(path));
  const unpacked = (path: string) => join(packed.tree, '..', path);

  test('has a checksum beside it that sha256sum accepts', async () => {
    await tool('sha256sum', ['--check', `${packed.archive}.sha256`], { cwd: packed.directory });
  });

  test('has one top folder and sorted entries, all owned by root', async () => {
    const { stdout } = await tool('tar', ['--numeric-owner', '-tvzf', packed.archive]);
    const lines = stdout.toString().trimEnd().split('\n');
    assert.deepEqual(
      lines.filter((line) => !/^\S+ 0\/0 /.test(line)),
      [],
    );
    assert.equal(new Set(packed.entries.map(({ path }) => path.split('/')[0])).size, 1);
    const inOrder = packed.entries.filter(({ type }) => type !== 'directory').slice(0, -1);
    assert.deepEqual(
      inOrder.map(({ path }) => path),
      inOrder.map(({ path }) => path).sort(),
    );
  });

  test('is named after version, distribution and architecture by default', async () => {
    const { code, stdout } = await relopack(['plan', ...host, '--json']);
    assert.equal(code, 0);
    const { prefix, python, arch } = JSON.parse(stdout.toString());
    assert.match(prefix, /^python3-\d+\.\d+\.\d+-[a-z]+[\d.]*-\w+$/);
    assert.ok(prefix.startsWith(`python3-${python.release}-`) && prefix.endsWith(`-${arch}`));
    assert.equal(packed.entries[0]?.path, prefix);
  });

  for (const [name, arguments_, settings] of [
    ['in another time zone, language and directory', [], { TZ: 'Asia/Tokyo', LANG: 'tr_TR.UTF-8' }],
    ['on one thread', [], { UV_THREADPOOL_SIZE: '1' }],
    ['without verification', ['--no-verify'], {}],
  ] as const) {
    test(`is the same byte for byte if it is packed again ${name}`, async () => {
      const again = join(directory, 'again.tar.gz');
      const words = ['pack', ...host, '-o', again, ...arguments_, 'pyyaml', 'pyudev'];
      const { code, stderr } = await relopack(words, { ...settings }, directory);
      assert.equal(code, 0, stderr);
      assert.equal(await digest(again), await digest(packed.archive));
    });
  }

  test('is the same byte for byte if it is packed from a copy of the host', async () => {
    const [, root = '/', ...rest] = host;
    const copy = join(directory, 'copy');
    await must('cp', ['--archive', '--one-file-system', '--', root, copy]);
    const again = join(directory, 'copied.tar.gz');
    const words = ['pack', '--root', copy, ...rest, '-o', again, '--no-verify', 'pyyaml', 'pyudev'];
    const { code, stderr } = await relopack(words);
    rmSync(copy, { recursive: true });
    assert.equal(code, 0, stderr);
    assert.equal(await digest(again), await digest(packed.archive));
  });

  test('contains no time later than SOURCE_DATE_EPOCH', async () => {
    const early = join(directory, 'early.tar.gz');
    const words = ['pack', ...host, '-o', early, '--no-verify'];
    const { code, stderr } = await relopack(words, { SOURCE_DATE_EPOCH: '1000000000' });
    assert.equal(code, 0, stderr);
    const { stdout } = await tool('tar', ['--full-time', '--utc', '-tvzf', early]);
    const later = stdout
      .toString()
      .split('\n')
      .filter((line) => / (?!2001-09-09 01:46:40)\d{4}-\d\d-\d\d /.test(line));
    assert.deepEqual(later, []);
  });

  test('contains no library for one kind of CPU only', () => {
    assert.deepEqual(
      paths().filter((path) => path.includes('glibc-hwcaps')),
      [],
    );
    for (const { path } of files(/\/libyaml-0\.so/))
      assert.ok(!readFileSync(unpacked(path)).includes('x86-64-v3 only'), path);
  });

  test('contains bytecode of level 0 that never becomes stale, whatever the time of its source', () => {
    const bytecode = files(/\.pyc$/);
    assert.ok(bytecode.length > 500, `${bytecode.length} files`);
    for (const { path } of bytecode) {
      assert.doesNotMatch(path, /\.opt-/);
      assert.ok(!lacksHashCheck(readFileSync(unpacked(path)).subarray(0, bytecodeHeaderSize)), path);
    }
  });

  test('contains links that stay inside and are not broken', () => {
    const links = packed.entries.filter(({ type }) => type === 'symlink');
    assert.ok(links.length > 10, `${links.length} links`);
    for (const { path, target } of links) {
      assert.ok(!target.startsWith('/'), `${path} → ${target}`);
      assert.ok(existsSync(unpacked(path)), `${path} → ${target}`);
    }
  });

  test('contains no setuid, setgid or sticky file', async () => {
    const { stdout } = await must('find', [packed.tree, '-perm', '/7000', '!', '-type', 'l']);
    assert.equal(stdout.toString(), '');
  });

  test('sets a RUNPATH relative to itself in each file that needs a library, and none in ld.so', async () => {
    let seen = 0;
    for (const { path } of packed.entries.filter(({ type }) => type === 'file')) {
      const file = unpacked(path);
      if (!readFileSync(file).subarray(0, 4).equals(Buffer.from('\x7fELF'))) continue;
      const { stdout } = await must('readelf', ['-dW', file]);
      const needs = stdout.toString().includes('(NEEDED)');
      const runpath = /\(RUNPATH\).*\[(.*)\]/.exec(stdout.toString())?.[1];
      assert.equal(runpath !== undefined, needs, path);
      for (const entry of runpath?.split(':') ?? []) assert.match(entry, /^\$ORIGIN(\/|$)/, path);
      seen += 1;
    }
    assert.ok(seen > 100, `${seen} ELF files`);
  });

  test('contains a manifest that lists each file, its package and the reason', () => {
    const manifest = JSON.parse(readFileSync(join(packed.tree, 'manifest.json'), 'utf8'));
    const listed = new Set(manifest.files.map(({ path }: { path: string }) => path));
    const rest = packed.entries
      .filter(({ type }) => type !== 'directory')
      .map(({ path }) => path.replace(/^[^/]*\//, ''));
    assert.deepEqual([...listed].sort(), rest.filter((path) => path !== 'manifest.json').sort());
    const known = new Set(manifest.packages.map(({ nevra }: { nevra: string }) => nevra));
    for (const { path, package: pkg, reason } of manifest.files) {
      assert.ok(reason.length > 0, path);
      assert.ok(pkg === undefined || known.has(pkg), path);
    }
    const reasons = new Map<string, string>(
      manifest.packages.map(({ name, reason }: { name: string; reason: string }) => [name, reason]),
    );
    assert.match(reasons.get('python3-pyyaml') ?? '', /^requested as pyyaml$/);
    assert.match(reasons.get('libyaml') ?? '', /^libyaml-0\.so\.2 needed by .*_yaml/);
    assert.match(reasons.get('systemd-libs') ?? '', /^declared by python3-pyudev/);
    for (const never of ['bash', 'coreutils', 'filesystem', 'setup']) assert.ok(!reasons.has(never), never);
  });

  test('contains the license of every package that has one', async () => {
    const manifest = JSON.parse(readFileSync(join(packed.tree, 'manifest.json'), 'utf8'));
    const [, root = '/', ...rest] = host;
    const dbpath = rest.length > 0 ? rest : [];
    for (const { name, nevra } of manifest.packages) {
      const query = ['--root', root, ...dbpath, '--query', '--licensefiles', nevra];
      const { stdout } = await must('rpm', query);
      const licenses = stdout
        .toString()
        .split('\n')
        .filter((path) => path.startsWith('/') && existsSync(join(root, path)));
      for (const path of licenses)
        assert.ok(existsSync(join(packed.tree, 'licenses', name, basename(path))), `${name}: ${path}`);
    }
  });

  for (const [name, options, has, lacks] of [
    ['no bytecode with --no-bytecode', ['--no-bytecode'], /\/json\/__init__\.py$/, /\.pyc$/],
    ['no file that --exclude matches', ['--exclude', 'lib64/python*/lib2to3/**'], /\/json\//, /\/lib2to3\//],
    [
      'the files that --include adds again',
      ['--exclude', '**/xmlrpc/**', '--include', '**/xmlrpc/client.py'],
      /\/xmlrpc\/client\.py$/,
      /\/xmlrpc\/server\.py$/,
    ],
    [
      'the top folder that --prefix names',
      ['--prefix', 'my python'],
      /^my python\/bin\/python3$/,
      /^python3-/,
    ],
  ] as const) {
    test(`has ${name}`, async () => {
      const tree = await packTree([], ['--no-verify', ...options]);
      const found = tree.entries.map(({ path }) => path);
      tree.remove();
      assert.ok(found.some((path) => has.test(path)));
      assert.deepEqual(
        found.filter((path) => lacks.test(path)),
        [],
      );
    });
  }

  describe('if packing ends early', () => {
    const run = (output: string) =>
      spawn(process.execPath, [cli, 'pack', ...host, '-o', output], { stdio: 'ignore' });

    for (const signal of ['SIGTERM', 'SIGINT', 'SIGKILL'] as const) {
      test(`by ${signal}, the earlier archive is still there, and a new run leaves nothing else`, async () => {
        const place = join(directory, signal);
        mkdirSync(place);
        const output = join(place, 'p.tar.gz');
        await must('cp', [packed.archive, output]);
        const child = run(output);
        const ended = new Promise((resolve) => child.once('exit', (_, by) => resolve(by)));
        while (
          !readdirSync(place).some((name) => name.startsWith('.') && statSync(join(place, name)).size > 0)
        )
          await setTimeout(20);
        child.kill(signal);
        assert.equal(await ended, signal);
        assert.equal(await digest(output), await digest(packed.archive));
        if (signal !== 'SIGKILL') assert.deepEqual(readdirSync(place), ['p.tar.gz']);
        else assert.ok(readdirSync(place).length > 1, 'a killed process cannot clean up');
        const again = await relopack(['pack', ...host, '-o', output, '--no-verify']);
        assert.equal(again.code, 0, again.stderr);
        assert.deepEqual(readdirSync(place).sort(), ['p.tar.gz', 'p.tar.gz.sha256']);
      });
    }

    test('because the disk is full, the error says so and nothing is left', async () => {
      const place = join(directory, 'full');
      mkdirSync(place);
      await tool('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'small', place]);
      try {
        const { code, stderr } = await relopack(['pack', ...host, '-o', join(place, 'p.tar.gz')]);
        assert.equal(code, 1);
        assert.match(stderr, /cannot write .*p\.tar\.gz: the disk is full\n.*Free some room/);
        assert.deepEqual(readdirSync(place), []);
      } finally {
        await tool('umount', [place]);
      }
    });
  });

  test('is written to the current directory by default', async () => {
    const place = join(directory, 'here');
    mkdirSync(place);
    const { code, stdout, stderr } = await relopack(['pack', ...host, '--json', '--no-verify'], {}, place);
    assert.equal(code, 0, stderr);
    const { path, size, sha256, prefix } = JSON.parse(stdout.toString());
    assert.equal(dirname(path), place);
    assert.equal(basename(path), `${prefix}.tar.gz`);
    assert.equal(statSync(path).size, size);
    assert.equal(await digest(path), sha256);
  });
});
