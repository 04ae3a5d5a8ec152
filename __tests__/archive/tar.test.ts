import assert from 'node:assert/strict';
import { lstatSync, mkdtempSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { type TarEntry, tar } from '../../src/archive/tar.ts';
import { tool, whole } from '../support/archive/tool.ts';
import { scratch } from '../support/scratch.ts';

const directory = scratch();
const MTIME = 1_000_000_000;

/** A path of that many bytes below `top`, in parts of at most 60 bytes. */
function pathOf(bytes: number, letter: string): string {
  return `top/${letter.repeat(bytes - 4).replace(/(.{60}).(?=.)/g, '$1/')}`;
}

function file(path: string, mode = 0o644, text = `this is ${path}`, mtime = MTIME): TarEntry {
  return { type: 'file', path, mode, mtime, content: Buffer.from(text) };
}

function folder(path: string, mode = 0o755): TarEntry {
  return { type: 'directory', path, mode, mtime: MTIME };
}

function symlink(path: string, target: string): TarEntry {
  return { type: 'symlink', path, mtime: MTIME, target };
}

function hardlink(path: string, target: string, mode = 0o644): TarEntry {
  return { type: 'hardlink', path, mode, mtime: MTIME, target };
}

async function* stream(entries: TarEntry[]): AsyncGenerator<TarEntry> {
  yield* entries;
}

interface Case {
  name: string;
  entries: TarEntry[];
}

const cases: Case[] = [
  ...[99, 100, 101, 155, 156, 256, 257, 300, 1000].map((bytes) => ({
    name: `a directory, a file, a symbolic and a hard link whose paths have ${bytes} bytes`,
    entries: [
      folder(pathOf(bytes, 'd')),
      file(pathOf(bytes, 'f')),
      symlink(pathOf(bytes, 's'), 'short'),
      hardlink(pathOf(bytes, 'h'), pathOf(bytes, 'f')),
    ],
  })),
  ...[1, 99, 100, 101, 300].map((bytes) => ({
    name: `a symbolic link whose target has ${bytes} bytes`,
    entries: [symlink('top/link', 't'.repeat(bytes))],
  })),
  { name: 'a name of 255 bytes, which cannot be split', entries: [file(`top/${'n'.repeat(255)}`)] },
  { name: 'a directory with a name of 100 bytes, which cannot be split', entries: [folder('d'.repeat(100))] },
  { name: 'names with spaces', entries: [file('top/ a name with spaces '), folder('top/ d ')] },
  { name: 'a name with newlines', entries: [file('top/one\ntwo\n')] },
  { name: 'a name with quotes, a backslash and a star', entries: [file('top/"\'\\n*')] },
  { name: 'a name that is not ASCII', entries: [file('top/Főtanúsítvány 漢字 🐍')] },
  { name: 'a long name that is not ASCII', entries: [file(`top/${'ű'.repeat(120)}`)] },
  {
    name: 'links whose targets are not ASCII',
    entries: [file('top/é'), hardlink('top/hard', 'top/é'), symlink('top/soft', 'é')],
  },
  { name: 'an empty file', entries: [file('top/empty', 0o644, '')] },
  { name: 'a file of exactly one tar block', entries: [file('top/512', 0o644, 'x'.repeat(512))] },
  { name: 'a file of one megabyte', entries: [file('top/big', 0o644, 'x'.repeat(2 ** 20))] },
  { name: 'an empty directory', entries: [folder('top/empty', 0o750)] },
  { name: 'permissions 0755', entries: [file('top/755', 0o755)] },
  { name: 'permissions 0', entries: [file('top/0', 0)] },
  { name: 'a time at the epoch', entries: [file('top/old', 0o644, 'old', 0)] },
  {
    name: 'a time with a fraction, which is dropped',
    entries: [file('top/fraction', 0o644, 'x', MTIME + 0.9)],
  },
  {
    name: 'setuid, setgid and sticky entries, without these bits',
    entries: [file('top/suid', 0o4755), file('top/sgid', 0o2755), folder('top/sticky', 0o1777)],
  },
];

const readers: [name: 'tar' | 'busybox' | 'bsdtar', args: string[]][] = [
  ['tar', ['-xpf']],
  ['busybox', ['tar', '-xpf']],
  ['bsdtar', ['-xpf']],
];

for (const [reader, args] of readers) {
  describe(`${reader} unpacks`, () => {
    for (const { name, entries } of cases) {
      test(name, async () => {
        const root = mkdtempSync(join(directory, `${reader}-`));
        const archive = `${root}.tar`;
        writeFileSync(archive, await whole(tar(stream(entries))));
        const { stderr } = await tool(reader, [...args, archive, '-C', root], { locale: 'C.UTF-8' });
        assert.equal(stderr, '');
        for (const entry of entries) compare(root, entry);
      });
    }
  });
}

/** The entry on the disk is the one that was packed. */
function compare(root: string, entry: TarEntry): void {
  const path = join(root, entry.path);
  const found = lstatSync(path);
  if (entry.type === 'symlink') {
    assert.equal(readlinkSync(path), entry.target);
    return;
  }
  assert.equal(found.mode & 0o7777, entry.mode & 0o777);
  assert.equal(found.uid, 0);
  assert.equal(found.gid, 0);
  assert.equal(found.mtimeMs, Math.trunc(entry.mtime) * 1000);
  if (entry.type === 'hardlink') assert.equal(found.ino, lstatSync(join(root, entry.target)).ino);
  if (entry.type === 'file') assert.ok(readFileSync(path).equals(entry.content));
  assert.equal(found.isDirectory(), entry.type === 'directory');
}

test('GNU tar lists type, permissions, owner 0/0 and time of every kind of entry, in the given order', async () => {
  const archive = join(directory, 'listed.tar');
  const entries: TarEntry[] = [
    folder('top', 0o2755),
    file('top/z', 0o4711, 'five!', MTIME + 1),
    symlink('top/s', '../z'),
    hardlink('top/h', 'top/z', 0o711),
  ];
  writeFileSync(archive, await whole(tar(stream(entries))));
  const { stdout } = await tool('tar', ['--numeric-owner', '--full-time', '-tvf', archive]);
  assert.deepEqual(
    stdout
      .toString()
      .split('\n')
      .map((line) => line.replace(/ +/g, ' ')),
    [
      'drwxr-xr-x 0/0 0 2001-09-09 01:46:40 top',
      '-rwx--x--x 0/0 5 2001-09-09 01:46:41 top/z',
      'lrwxrwxrwx 0/0 0 2001-09-09 01:46:40 top/s -> ../z',
      'hrwx--x--x 0/0 0 2001-09-09 01:46:40 top/h link to top/z',
      '',
    ],
  );
});

test('the same entries give the same bytes at another time', async () => {
  const entries = cases.flatMap(({ entries }) => entries);
  const first = await whole(tar(stream(entries)));
  await new Promise((resolve) => setTimeout(resolve, 1100));
  assert.ok((await whole(tar(stream(entries)))).equals(first));
});

test('a tar without entries is the two empty blocks that end every tar', async () => {
  assert.ok((await whole(tar(stream([])))).equals(Buffer.alloc(1024)));
});

test('if the producer fails, the stream fails with the same error', async () => {
  const failure = new Error('cannot read');
  async function* entries(): AsyncGenerator<TarEntry> {
    yield file('top/a');
    throw failure;
  }
  await assert.rejects(whole(tar(entries())), failure);
});

test('if the reader stops, the producer is ended', async () => {
  let ended = false;
  async function* entries(): AsyncGenerator<TarEntry> {
    try {
      for (;;) yield file('top/a');
    } finally {
      ended = true;
    }
  }
  for await (const _ of tar(entries())) break;
  assert.equal(ended, true);
});

test('contents are requested one entry at a time', async () => {
  let asked = 0;
  async function* entries(): AsyncGenerator<TarEntry> {
    for (;;) {
      asked += 1;
      yield file(`top/${asked}`, 0o644, 'x'.repeat(2 ** 20));
    }
  }
  const output = tar(entries());
  let bytes = 0;
  while (bytes < 5 * 2 ** 20) bytes += (await output.next()).value?.length ?? 0;
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.ok(asked <= 7, `${asked} requested`);
  await output.return(undefined);
});
