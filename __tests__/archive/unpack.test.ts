import assert from 'node:assert/strict';
import {
  chmodSync,
  existsSync,
  linkSync,
  lstatSync,
  lutimesSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { gunzipSync, gzipSync } from 'node:zlib';
import { type Header, pack } from 'tar-stream';
import { gzip } from '../../src/archive/gzip.ts';
import { unlimited } from '../../src/archive/limits.ts';
import { type TarEntry, tar } from '../../src/archive/tar.ts';
import { unpack } from '../../src/archive/unpack.ts';
import type { ErrorCode } from '../../src/common/error.ts';
import { tool, whole } from '../support/archive/tool.ts';
import { scratch } from '../support/scratch.ts';

const directory = scratch();
const MTIME = 1_000_000_000;

type Raw = Partial<Header> & Pick<Header, 'name'> & { content?: string };

const top: Raw = { name: 'top', type: 'directory' };

function symlink(name: string, linkname: string): Raw {
  return { name, type: 'symlink', linkname };
}

function hardlink(name: string, linkname: string): Raw {
  return { name, type: 'link', linkname };
}

/** A tar of these headers, valid or not. */
async function rawTar(headers: Raw[]): Promise<Buffer> {
  const stream = pack();
  for (const { content, ...header } of headers) {
    if (content !== undefined || header.type === undefined) stream.entry(header, content ?? '');
    else stream.entry(header);
  }
  stream.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of stream) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Writes the archive to a file, and names a directory to unpack it into. */
function place(archive: Buffer): { archive: string; into: string } {
  const root = mkdtempSync(join(directory, 'u-'));
  writeFileSync(join(root, 'a.tar.gz'), archive);
  return { archive: join(root, 'a.tar.gz'), into: join(root, 'into') };
}

/** A real tree with every kind of entry that an archive may contain. */
function tree(): string {
  const root = mkdtempSync(join(directory, 'tree-'));
  const at = (path: string) => join(root, 'top', path);
  mkdirSync(at('bin'), { recursive: true });
  mkdirSync(at('sealed'));
  writeFileSync(at('bin/tool'), '#!/bin/sh\n');
  writeFileSync(at('empty'), '');
  writeFileSync(at('large'), readFileSync(process.execPath).subarray(0, 3_000_001));
  writeFileSync(at(`${'n'.repeat(200)}`), 'a long name');
  writeFileSync(at('Főtanúsítvány 漢字\n'), 'no ASCII');
  writeFileSync(at('sealed/file'), 'x');
  symlinkSync('../bin/tool', at('sealed/up'));
  symlinkSync('missing', at('dangling'));
  symlinkSync('loop', at('loop'));
  symlinkSync('.', at('self'));
  symlinkSync('self/bin/../sealed/./up', at('round'));
  linkSync(at('bin/tool'), at('bin/hard'));
  chmodSync(at('bin/tool'), 0o755);
  chmodSync(at('empty'), 0o400);
  chmodSync(at('large'), 0o640);
  // Whole seconds, since an archive keeps no fractions.
  for (const folder of ['bin', 'sealed', '.']) {
    for (const name of readdirSync(at(folder))) lutimesSync(at(join(folder, name)), MTIME, MTIME);
  }
  lutimesSync(at('.'), MTIME, MTIME);
  return root;
}

describe('what GNU tar packed is unpacked so that GNU tar finds no difference', () => {
  for (const format of ['gnu', 'pax', 'ustar']) {
    test(`in its ${format} format`, async () => {
      const root = tree();
      const archive = `${root}.tar.gz`;
      // ustar cannot hold a part of 200 bytes.
      const without = format === 'ustar' ? [`--exclude=${'n'.repeat(200)}`] : [];
      await tool('tar', ['-C', root, `--format=${format}`, ...without, '-czf', archive, 'top']);
      await unpack(archive, `${root} unpacked`);
      const { stdout } = await tool('tar', ['-C', `${root} unpacked`, '-dzf', archive]);
      assert.equal(stdout.toString(), '');
      const hard = lstatSync(join(`${root} unpacked`, 'top/bin/hard'));
      assert.equal(hard.ino, lstatSync(join(`${root} unpacked`, 'top/bin/tool')).ino);
    });
  }
});

test('returns what it unpacked, and lets the owner write', async () => {
  const entries: TarEntry[] = [
    { type: 'directory', path: 'top', mode: 0o555, mtime: MTIME },
    { type: 'file', path: 'top/file', mode: 0o640, mtime: MTIME + 1, content: Buffer.from('four') },
    { type: 'hardlink', path: 'top/hard', mode: 0o640, mtime: MTIME + 1, target: 'top/file' },
    { type: 'symlink', path: 'top/soft', mtime: MTIME + 2, target: 'file' },
  ];
  async function* stream(): AsyncGenerator<TarEntry> {
    yield* entries;
  }
  const { archive, into } = place(await whole(gzip(tar(stream()), { level: 6 })));
  const four = join(into, '..', 'four');
  writeFileSync(four, 'four');
  const sha256 = (await tool('sha256sum', [four])).stdout.toString().slice(0, 64);
  assert.deepEqual(await unpack(archive, into), [
    { type: 'directory', path: 'top', mode: 0o555, mtime: MTIME, size: 0, sha256: '', target: '' },
    { type: 'file', path: 'top/file', mode: 0o640, mtime: MTIME + 1, size: 4, sha256, target: '' },
    {
      type: 'hardlink',
      path: 'top/hard',
      mode: 0o640,
      mtime: MTIME + 1,
      size: 0,
      sha256: '',
      target: 'top/file',
    },
    { type: 'symlink', path: 'top/soft', mode: 0o777, mtime: MTIME + 2, size: 0, sha256: '', target: 'file' },
  ]);
  // The owner can always remove it.
  assert.equal(lstatSync(join(into, 'top')).mode & 0o7777, 0o755);
  assert.equal(lstatSync(join(into, 'top')).mtimeMs, MTIME * 1000);
  assert.equal(lstatSync(join(into, 'top/soft')).mtimeMs, (MTIME + 2) * 1000);
});

test('setuid, setgid and sticky bits are returned, and not restored', async () => {
  const headers: Raw[] = [top, { name: 'top/suid', mode: 0o7755, content: 'x' }];
  const { archive, into } = place(gzipSync(await rawTar(headers)));
  const entries = await unpack(archive, into);
  assert.equal(entries[1]?.mode, 0o7755);
  assert.equal(lstatSync(join(into, 'top/suid')).mode & 0o7777, 0o755);
});

const hostile: [name: string, headers: Raw[], reason: RegExp][] = [
  ['an absolute name', [top, { name: '/top/x' }], /"\/top\/x" is not a plain relative path/],
  ['a name with ..', [top, { name: 'top/../x' }], /"top\/\.\.\/x" is not a plain relative path/],
  [
    'a name that is too long',
    [top, { name: `top${'/n'.repeat(20)}/${'n'.repeat(5000)}` }],
    /too long or too deep/,
  ],
  [
    'a part of a name that is too long for Linux',
    [top, { name: `top/${'é'.repeat(128)}` }],
    /a part of the name .* is longer than 255 bytes/,
  ],
  [
    'a link with a target that is too long',
    [top, symlink('top/l', 'x/'.repeat(2048))],
    /the target of "top\/l" is too long/,
  ],
  ['a name deeper than any tree', [top, { name: `top${'/x'.repeat(300)}` }], /too long or too deep/],
  ['a name with .', [top, { name: './top/x' }], /not a plain relative path/],
  ['a name with an empty part', [top, { name: 'top//x' }], /not a plain relative path/],
  ['an empty name', [{ name: '', type: 'directory' }], /"" is not a plain relative path/],
  ['a file instead of the top folder', [{ name: 'top', content: 'x' }], /"top" is not inside the top folder/],
  [
    'a second top folder',
    [top, { name: 'other', type: 'directory' }],
    /"other" is not inside the top folder/,
  ],
  ['a file beside the top folder', [top, { name: 'x', content: 'x' }], /"x" is not inside the top folder/],
  ['an entry before its folder', [top, { name: 'top/a/b' }], /"top\/a\/b" comes before its folder/],
  ['no top folder', [{ name: 'top/x' }], /"top\/x" comes before its folder/],
  ['a name twice', [top, { name: 'top/x' }, { name: 'top/x' }], /it contains "top\/x" twice/],
  ['the top folder twice', [top, top], /it contains "top" twice/],
  [
    'a link in place of a file',
    [top, { name: 'top/x' }, symlink('top/x', 'y')],
    /it contains "top\/x" twice/,
  ],
  [
    'a file in place of a link',
    [top, symlink('top/x', 'y'), { name: 'top/x' }],
    /it contains "top\/x" twice/,
  ],
  [
    'a name through a link',
    [top, symlink('top/l', '.'), { name: 'top/l/x' }],
    /"top\/l\/x" is inside a symlink/,
  ],
  ['a name through a file', [top, { name: 'top/f' }, { name: 'top/f/x' }], /"top\/f\/x" is inside a file/],
  [
    'an absolute link',
    [top, symlink('top/l', '/etc/passwd')],
    /link "top\/l" leads out of it, to "\/etc\/passwd"/,
  ],
  ['a link to what is above', [top, symlink('top/l', '../../x')], /leads out/],
  ['a link to beside the top folder', [top, symlink('top/l', '../x')], /leads out/],
  ['a link to the directory itself', [top, symlink('top/l', '..')], /leads out/],
  ['a link out and in again', [top, symlink('top/l', '../../into/top')], /leads out/],
  [
    'a link out through another',
    [top, { name: 'top/a', type: 'directory' }, symlink('top/a/up', '..'), symlink('top/l', 'a/up/../x')],
    /"top\/l" leads out/,
  ],
  [
    'a link out through one that comes later',
    [top, symlink('top/l', 'm/../../x'), symlink('top/m', '.')],
    /leads out/,
  ],
  [
    'a hard link to a file outside',
    [top, hardlink('top/h', '../x')],
    /hard link "top\/h" does not lead to an earlier file/,
  ],
  ['an absolute hard link', [top, hardlink('top/h', '/etc/passwd')], /does not lead to an earlier file/],
  ['a hard link to nothing', [top, hardlink('top/h', 'top/x')], /does not lead to an earlier file/],
  [
    'a hard link to a link',
    [top, symlink('top/l', 'x'), hardlink('top/h', 'top/l')],
    /does not lead to an earlier file/,
  ],
  ['a hard link to a directory', [top, hardlink('top/h', 'top')], /does not lead to an earlier file/],
  [
    'a character device',
    [top, { name: 'top/d', type: 'character-device' }],
    /is not a file, a directory or a link/,
  ],
  ['a block device', [top, { name: 'top/d', type: 'block-device' }], /is not a file, a directory or a link/],
  ['a named pipe', [top, { name: 'top/p', type: 'fifo' }], /is not a file, a directory or a link/],
  ['nothing', [], /it is empty/],
];

async function refuses(
  archive: Buffer,
  reason: RegExp,
  code: ErrorCode = 'archive-malformed',
): Promise<void> {
  const placed = place(archive);
  const beside = readdirSync(join(placed.into, '..'));
  await assert.rejects(unpack(placed.archive, placed.into), { name: 'RelopackError', code, message: reason });
  // Nothing was written beside the directory.
  assert.deepEqual(readdirSync(join(placed.into, '..')).sort(), [...beside, 'into'].sort());
}

describe('refuses an archive that contains', () => {
  for (const [name, headers, reason] of hostile) {
    test(name, async () => refuses(gzipSync(await rawTar(headers)), reason));
  }
});

describe('refuses an archive that is', () => {
  const headers: Raw[] = [top, { name: 'top/x', content: 'x'.repeat(1000) }, { name: 'top/y', content: 'y' }];
  const good = rawTar(headers);

  test('empty', () => refuses(Buffer.alloc(0), /malformed/));
  test('not a gzip file', () => refuses(Buffer.from('PK, a zip perhaps'), /incorrect header check/));
  test('a gzip file without a tar', () => refuses(gzipSync('x'.repeat(2000)), /Invalid tar header/));
  test('a gzip file of a few bytes', () => refuses(gzipSync('xyz'), /Unexpected end of data/));
  test('followed by something else', async () => {
    await refuses(Buffer.concat([gzipSync(await good), Buffer.from('and more')]), /incorrect header check/);
  });
  test('changed in its compressed data', async () => {
    const bytes = gzipSync(await good);
    bytes.writeUInt8(bytes.readUInt8(60) ^ 0x55, 60);
    await refuses(bytes, /malformed/);
  });
  test('changed in its checksum', async () => {
    const bytes = gzipSync(await good);
    bytes.writeUInt8(bytes.readUInt8(bytes.length - 8) ^ 1, bytes.length - 8);
    await refuses(bytes, /incorrect data check/);
  });
  test('changed in a header', async () => {
    const bytes = Buffer.from(await good);
    bytes.write('z', 512);
    await refuses(gzipSync(bytes), /Invalid tar header/);
  });

  test('a gzip file truncated at any length', async () => {
    const bytes = gzipSync(await good);
    for (let length = 1; length < bytes.length; length += 7) {
      await refuses(bytes.subarray(0, length), /malformed/);
    }
  });
  test('a tar truncated in any entry', async () => {
    const bytes = await good;
    // Headers are at 0, 512 and 2048; contents begin at 1024 and 2560, padded to blocks.
    for (const length of [1, 511, 513, 1023, 1024, 1500, 2024, 2047, 2049, 2559, 2560, 2561]) {
      await refuses(gzipSync(bytes.subarray(0, length)), /Unexpected end of data/);
    }
  });
  test('but not the same archive if it is complete', async () => {
    const { archive, into } = place(gzipSync(await good));
    assert.equal((await unpack(archive, into)).length, 3);
    assert.equal(readFileSync(join(into, 'top/x'), 'utf8'), 'x'.repeat(1000));
  });
});

test('an archive that expands beyond the limit is refused before it fills the disk', async () => {
  const bomb = await rawTar([top, { name: 'top/x', content: 'x'.repeat(50_000_000) }]);
  const { archive, into } = place(gzipSync(bomb));
  await assert.rejects(unpack(archive, into, { ...unlimited, maxSize: 10_000_000 }), {
    code: 'archive-malformed',
    message: /^the archive contains more than 10000000 bytes, the limit for /,
    remedy: /If you trust its source .* unpack it yourself/,
  });
  assert.ok(lstatSync(join(into, 'top/x')).size <= 10_000_000);
  assert.equal(gunzipSync(readFileSync(archive)).length, bomb.length);
});

test('an archive with more entries than the limit is refused before they are made', async () => {
  const files = Array.from({ length: 30 }, (_, index) => ({ name: `top/${index}`, content: 'x' }));
  const { archive, into } = place(gzipSync(await rawTar([top, ...files])));
  await assert.rejects(unpack(archive, into, { ...unlimited, maxEntries: 30 }), {
    code: 'archive-malformed',
    message: /^the archive contains more than 30 entries, the limit for an archive of its size$/,
    remedy: /unpack it yourself/,
  });
  assert.equal(readdirSync(join(into, 'top')).length, 29);
  assert.equal((await unpack(archive, `${into} again`, { ...unlimited, maxEntries: 31 })).length, 31);
});

test('links that take too many steps to follow are refused', async () => {
  const links = Array.from({ length: 60 }, (_, index) =>
    symlink(`top/${index}`, `${'./'.repeat(50)}${index + 1}`),
  );
  const { archive, into } = place(gzipSync(await rawTar([top, ...links])));
  await assert.rejects(unpack(archive, into, { ...unlimited, maxLookups: 10_000 }), {
    code: 'archive-malformed',
    message: /its links and libraries need more than 10000 look-ups/,
  });
  assert.equal((await unpack(archive, `${into} again`)).length, 61);
});

test('a file without permissions can be read by its owner', async () => {
  const { archive, into } = place(
    gzipSync(await rawTar([top, { name: 'top/x', mode: 0o100000, content: 'x' }])),
  );
  assert.equal((await unpack(archive, into))[1]?.mode, 0);
  assert.equal(lstatSync(join(into, 'top/x')).mode & 0o7777, 0o400);
});

test('an archive that expands to exactly the limit is unpacked', async () => {
  const bytes = await rawTar([top, { name: 'top/x', content: 'x' }]);
  const { archive, into } = place(gzipSync(bytes));
  assert.equal((await unpack(archive, into, { ...unlimited, maxSize: bytes.length })).length, 2);
});

describe('names the file that it could not', () => {
  test('read: an archive that does not exist', async () => {
    const into = join(directory, 'never');
    const missing = join(directory, 'missing.tar.gz');
    await assert.rejects(unpack(missing, into), {
      code: 'file-missing',
      message: /cannot read .*missing\.tar\.gz/,
    });
  });
  test('read: a directory', async () => {
    const into = join(directory, 'never either');
    await assert.rejects(unpack(directory, into), { code: 'file-missing', message: /EISDIR/ });
  });
  test('write: a directory that exists already, which stays as it is', async () => {
    const { archive, into } = place(gzipSync(await rawTar([top])));
    mkdirSync(into);
    await assert.rejects(unpack(archive, into), { code: 'output', message: /cannot unpack into .*EEXIST/ });
    assert.equal(existsSync(join(into, 'top')), false);
  });
  test('write: a disk that is full', async (context) => {
    const { archive, into } = place(
      gzipSync(await rawTar([top, { name: 'top/x', content: 'x'.repeat(500_000) }])),
    );
    const disk = `${into} disk`;
    mkdirSync(disk);
    await tool('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', disk]);
    context.after(() => tool('umount', [disk]));
    await assert.rejects(unpack(archive, join(disk, 'into')), { code: 'output', message: /ENOSPC/ });
  });
});
