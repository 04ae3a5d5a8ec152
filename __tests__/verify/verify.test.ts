import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { gzip } from '../../src/archive/gzip.ts';
import { withParents } from '../../src/archive/parents.ts';
import { type TarEntry, tar } from '../../src/archive/tar.ts';
import { programs } from '../../src/launcher/programs.ts';
import { verify } from '../../src/verify/verify.ts';
import { scratch } from '../plan/values.ts';

const log = { stage: () => {}, done: () => {}, warn: () => {} };

/** An archive whose Python is that file, as the manifest says. */
async function* archive(content: Buffer, mode: number): AsyncGenerator<Buffer> {
  const sha256 = createHash('sha256').update(content).digest('hex');
  const files = [{ path: 'bin/python3', type: 'file', sha256 }];
  const manifest = { python: { executable: 'bin/python3' }, arch: 's390x', modules: [], files };
  async function* entries(): AsyncGenerator<TarEntry> {
    const mtime = 0;
    yield { type: 'file', path: 'top/bin/python3', mode, mtime, content };
    const listing = Buffer.from(JSON.stringify(manifest));
    yield { type: 'file', path: 'top/manifest.json', mode: 0o644, mtime, content: listing };
  }
  yield* gzip(tar(withParents(entries(), 0)), { level: 1 });
}

/** A program for a machine that neither this one nor an emulator of its knows. */
const foreign = Buffer.from(programs.x86_64.base64, 'base64');
foreign.writeUInt16LE(0xfff0, 18);

const cases: { name: string; python: string | Buffer; mode: number; message: RegExp; remedy: RegExp }[] = [
  {
    name: 'can’t be started, as where the temporary directory is mounted with noexec',
    python: '#!/bin/sh\n',
    mode: 0o644,
    message: /^the packed Python can't be started in a temporary directory: .*python3/,
    remedy: /noexec.*TMPDIR/,
  },
  {
    name: 'is another machine’s',
    python: foreign,
    mode: 0o755,
    message: /exit code \d+ \(it is for s390x, and this is \w+\): /,
    remedy: /^Do not use it/,
  },
  {
    name: 'ends without a word, as where a module ends it',
    python: '#!/bin/sh\n',
    mode: 0o755,
    message: /the packed Python ended before it had told what it found/,
    remedy: /fetch or pack it again/,
  },
  ...['hello', 'null', '[]', '{}', '{"path": [1]}'].map((answer) => ({
    name: `answers ${answer}`,
    python: `#!/bin/sh\necho '${answer}'\n`,
    mode: 0o755,
    message: /the packed Python does not answer/,
    remedy: /^Do not use it/,
  })),
];

describe('verify refuses a Python that', () => {
  const directory = scratch();
  for (const [index, { name, python, mode, message, remedy }] of cases.entries()) {
    it(name, async () => {
      const path = join(directory, `${index}.tar.gz`);
      await writeFile(path, archive(Buffer.from(python), mode));
      await assert.rejects(verify(path, log), { code: 'verify-failed', message, remedy });
    });
  }
});

describe('a checksum beside the archive', () => {
  const directory = scratch();
  const started = join(directory, 'started');
  const checksums: { name: string; checksum: (sha256: string) => string; passes: boolean }[] = [
    { name: 'is compared', checksum: (sha256) => `${sha256}  a.tar.gz\n`, passes: true },
    { name: 'counts when it is escaped', checksum: (sha256) => `\\${sha256}  a\\nb.tar.gz\n`, passes: true },
    { name: 'of another file is refused', checksum: () => `${'0'.repeat(64)}  a.tar.gz\n`, passes: false },
  ];
  for (const [index, { name, checksum, passes }] of checksums.entries()) {
    it(`${name}, ${passes ? 'and the Python starts' : 'and nothing is started'}`, async () => {
      const path = join(directory, `${index}.tar.gz`);
      await writeFile(path, archive(Buffer.from(`#!/bin/sh\ntouch '${started}'\n`), 0o755));
      const sha256 = createHash('sha256')
        .update(await readFile(path))
        .digest('hex');
      await writeFile(`${path}.sha256`, checksum(sha256));
      await rm(started, { force: true });
      const message = passes
        ? /ended before it had told/
        : new RegExp(`not the file that ${index}.tar.gz.sha256 beside`);
      await assert.rejects(verify(path, log), { code: 'verify-failed', message });
      assert.equal(existsSync(started), passes);
    });
  }

  for (const { name, archived, checksum, message } of [
    {
      name: 'that is none',
      archived: true,
      checksum: 'Not Found',
      message: /4\.tar\.gz\.sha256: it has no line/,
    },
    {
      name: 'that is a directory',
      archived: true,
      checksum: undefined,
      message: /4\.tar\.gz\.sha256: EISDIR/,
    },
    {
      name: 'of an archive that is not there',
      archived: false,
      checksum: `${'0'.repeat(64)}  x`,
      message: /4\.tar\.gz: ENOENT/,
    },
  ]) {
    it(`${name} is said to be unreadable`, async () => {
      const path = join(directory, '4.tar.gz');
      for (const left of [path, `${path}.sha256`]) await rm(left, { recursive: true, force: true });
      if (archived) await writeFile(path, '');
      if (checksum === undefined) await mkdir(`${path}.sha256`);
      else await writeFile(`${path}.sha256`, checksum);
      await assert.rejects(verify(path, log), { code: 'file-missing', message });
    });
  }

  it('is not asked for where its name would be too long', async () => {
    const path = join(directory, `${'n'.repeat(244)}.tar.gz`);
    await writeFile(path, '');
    await assert.rejects(verify(path, log), { code: 'archive-malformed' });
  });
});
