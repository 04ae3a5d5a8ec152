import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { machine } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { readNative } from '../../scripts/native.ts';
import { gzip } from '../../src/archive/gzip.ts';
import { withParents } from '../../src/archive/parents.ts';
import { type TarEntry, tar } from '../../src/archive/tar.ts';
import { formatMode } from '../../src/manifest/manifest.ts';
import { type VerifyOptions, verify } from '../../src/verify/verify.ts';
import { realGlibc } from '../support/plan/linker.ts';
import { scratch } from '../support/scratch.ts';
import { bombs, writeBomb } from '../support/verify/bombs.ts';

const log = { stage: () => {}, done: () => {}, warn: () => {} };

/** The options of a test that is not about them. */
const elsewhere: VerifyOptions = { start: true, origin: 'elsewhere' };

/** An archive whose Python is that file, with more files and a manifest that lists them all. */
async function* archive(
  content: Buffer,
  mode: number,
  { arch = 's390x', more = {} }: { arch?: string; more?: Record<string, Buffer> } = {},
): AsyncGenerator<Buffer> {
  const contents = { 'bin/python3': content, ...more };
  const files = Object.entries(contents).map(([path, bytes]) => {
    return {
      path,
      type: 'file',
      mode: formatMode(mode),
      sha256: createHash('sha256').update(bytes).digest('hex'),
    };
  });
  const modules = [{ word: 'x', package: 'x', imports: ['first', 'last'] }];
  const manifest = { python: { version: '3.12', executable: 'bin/python3' }, arch, modules, files };
  async function* entries(): AsyncGenerator<TarEntry> {
    const mtime = 0;
    for (const [path, bytes] of Object.entries(contents))
      yield { type: 'file', path: `top/${path}`, mode, mtime, content: bytes };
    const listing = Buffer.from(JSON.stringify(manifest));
    yield { type: 'file', path: 'top/manifest.json', mode: 0o644, mtime, content: listing };
  }
  yield* gzip(tar(withParents(entries(), 0)), { level: 1 });
}

/** A program for a machine that neither this one nor an emulator on it can run. */
const foreign = readNative('launcher', 'x86_64').bytes;
foreign.writeUInt16LE(0xfff0, 18);

/** A Python that answers as the packed one does if a module imports tests that are absent. */
const withoutTests = `#!/bin/sh
top=\${0%/bin/*}
cat <<END
{"prefix":"$top","executable":"$top/bin/python3","path":[],"failures":{"first":"ModuleNotFoundError: No module named 'first.tests'"},"system":"/","itself":"$top","mapped":[[]]}
END
`;
const site = 'lib/python3.12/site-packages';

/** A program that answers as a Python does, with one more directory on sys.path. */
function pythonWithPath(directory: string): string {
  const answer = { failures: {}, system: '/', mapped: [] };
  const fields = JSON.stringify(answer).slice(1);
  return `#!/bin/sh
top=$(cd "\${0%/*}/.." && pwd)
echo first; echo last; echo -
printf '{"prefix":"%s","itself":"%s","executable":"%s","path":["%s","${directory}"],${fields.replaceAll('%', '%%')}' "$top" "$top" "$top/bin/python3" "$top/lib"
`;
}

const cases: {
  name: string;
  python: string | Buffer;
  mode?: number;
  /** The architecture in the manifest, and the loader of the archive, if it has one. */
  arch?: string;
  loader?: Buffer;
  /** More files, by archive path. */
  texts?: Record<string, string>;
  options?: Partial<VerifyOptions>;
  message: RegExp;
  remedy: RegExp;
}[] = [
  {
    name: 'cannot be started, as with a temporary directory that is mounted with noexec',
    python: '#!/bin/sh\n',
    mode: 0o644,
    message: /^the packed Python cannot be started in a temporary directory: .*python3/,
    remedy: /noexec.*TMPDIR.*--no-start/,
  },
  {
    name: 'cannot be started, in an archive that this run packed',
    python: '#!/bin/sh\n',
    mode: 0o644,
    options: { origin: 'packed' },
    message: /^the packed Python cannot be started in a temporary directory: .*python3/,
    remedy: /noexec.*TMPDIR.*--no-verify/,
  },
  {
    name: 'the system refuses to execute, as a policy does',
    python: '#!/usr\n',
    message: /^the packed Python cannot be started in a temporary directory: .*python3.*: Permission denied$/,
    remedy: /noexec.*TMPDIR.*--no-start/,
  },
  {
    name: 'prints without end',
    python: '#!/bin/sh\nexec yes\n',
    message: /: the packed Python printed more than 8388608 bytes$/,
    remedy: /^Do not use this archive/,
  },
  {
    name: 'prints progress bars to stderr before it exits',
    python: "#!/bin/sh\necho first; head -c 30000000 /dev/zero | tr '\\0' '\\r' >&2; echo why >&2; exit 3\n",
    message: /: import first: the packed Python exited with code 3: why$/,
    remedy: /^The person who packed it/,
  },
  {
    name: 'is for another machine',
    python: foreign,
    loader: foreign,
    message: /exited with code \d+ \(it is for s390x, and this machine is \w+\): /,
    remedy: /^Do not use this archive/,
  },
  {
    name: 'fails and is for this machine, though RPM calls the architecture by another name',
    python: '#!/bin/sh\nexit 9\n',
    arch: `${machine()}_v2`,
    loader: readFileSync((await realGlibc()).loader),
    options: { origin: 'packed' },
    message: /: the packed Python exited with code 9: $/,
    remedy: /report a bug.*--no-verify/,
  },
  {
    name: 'exits without output, as if a module ended it',
    python: '#!/bin/sh\n',
    message: /the packed Python exited before it printed a result/,
    remedy: /fetch or pack it again/,
  },
  ...['hello', 'null', '[]', '{}', '{"path": [1]}'].map((answer) => ({
    name: `answers ${answer}`,
    python: `#!/bin/sh\necho '${answer}'\n`,
    message: /the packed Python did not answer/,
    remedy: /^Do not use this archive/,
  })),
  {
    name: 'has a line of code in a .pth file that puts another directory on sys.path',
    python: pythonWithPath('/opt/vendor'),
    texts: {
      [`${site}/a.pth`]: 'other\nimport harmless\n',
      [`${site}/b.pth`]: "# /opt/vendor\nimport sys; sys.path.append('/opt/vendor')\n",
    },
    options: { origin: 'packed' },
    message:
      /^the archive failed verification: \/opt\/vendor is outside the archive, but this line puts it on sys\.path: lib\/python3\.12\/site-packages\/b\.pth, line 2: import sys; sys\.path\.append\('\/opt\/vendor'\)$/,
    remedy:
      /^Change this line in the package, or on this host, so that the path begins with sys\.prefix, .*--no-verify/,
  },
  {
    name: 'has lines of code in .pth files, one of which may put another directory on sys.path',
    python: pythonWithPath('/opt/vendor'),
    texts: { [`${site}/a.pth`]: 'import one\nimport os; os.getpid()\nimport\ttwo\n' },
    message:
      /one of these lines may put it on sys\.path: \S+a\.pth, line 1: import one, or \S+a\.pth, line 3: import\ttwo$/,
    remedy: /^The person who packed it can change this line .*--no-start/,
  },
  {
    name: 'has another directory on sys.path, which no .pth file can have put there',
    python: pythonWithPath('/opt/vendor'),
    texts: { [`${site}/a.pth`]: 'other\nimport os; os.getpid()\n' },
    message: /: \/opt\/vendor is outside the archive, but Python uses it$/,
    remedy: /^Do not use this archive/,
  },
  {
    name: 'exits during an import',
    python: '#!/bin/sh\necho first; echo last\n',
    message: /: import last: the packed Python exited$/,
    remedy: /^The person who packed it .*: python3\.12 -c 'import last'\. /,
  },
  {
    name: 'exits during an import with an exit code',
    python: '#!/bin/sh\necho first; echo why >&2; exit 3\n',
    options: { origin: 'packed' },
    message: /: import first: the packed Python exited with code 3: why$/,
    remedy: /^Test the installed Python: python3\.12 -c 'import first'\..*--no-verify/,
  },
  {
    name: 'cannot import a test that was left out',
    python: withoutTests,
    options: { origin: 'packed', tests: ['lib/python3.12/site-packages/first/tests/__init__.py'] },
    message: /: import first: ModuleNotFoundError: No module named 'first\.tests'$/,
    remedy: /^It imports tests, which are only packed with --tests\./,
  },
  {
    name: 'cannot import a test that the host does not have either',
    python: withoutTests,
    options: { origin: 'packed' },
    message: /: import first: ModuleNotFoundError: No module named 'first\.tests'$/,
    remedy: /^Test the installed Python: python3\.12 -c 'import first'\./,
  },
  {
    name: 'never finishes an import',
    python: '#!/bin/sh\necho first; exec sleep 600\n',
    options: { maxSilence: 1000 },
    message: /: import first: the packed Python printed nothing for 1 seconds$/,
    remedy: /python3\.12 -c 'import first'.*--no-start/,
  },
  {
    name: 'never exits',
    python: '#!/bin/sh\necho first; echo last; echo -; exec sleep 600\n',
    options: { maxSilence: 1000 },
    message: /: the packed Python printed nothing for 1 seconds$/,
    remedy: /^Do not use this archive/,
  },
];

describe('verify refuses a Python that', () => {
  const directory = scratch();
  for (const [index, given] of cases.entries()) {
    const {
      name,
      python,
      mode = 0o755,
      arch = 's390x',
      loader,
      texts = {},
      options,
      message,
      remedy,
    } = given;
    it(name, async () => {
      const path = join(directory, `${index}.tar.gz`);
      const more: Record<string, Buffer> = loader === undefined ? {} : { 'libexec/ld.so': loader };
      for (const [file, text] of Object.entries(texts)) more[file] = Buffer.from(text);
      await writeFile(path, archive(Buffer.from(python), mode, { arch, more }));
      const refused = verify(path, { ...elsewhere, ...options }, log);
      await assert.rejects(refused, { code: 'verify-failed', message, remedy });
    });
  }
});

describe('a checksum beside the archive', () => {
  const directory = scratch();
  const started = join(directory, 'started');
  const checksums: { name: string; checksum: (sha256: string) => string; passes: boolean }[] = [
    { name: 'is compared', checksum: (sha256) => `${sha256}  a.tar.gz\n`, passes: true },
    { name: 'may be escaped', checksum: (sha256) => `\\${sha256}  a\\nb.tar.gz\n`, passes: true },
    {
      name: 'of another file makes verification fail',
      checksum: () => `${'0'.repeat(64)}  a.tar.gz\n`,
      passes: false,
    },
  ];
  for (const [index, { name, checksum, passes }] of checksums.entries()) {
    it(`${name}, ${passes ? 'and then Python is started' : 'and nothing is started'}`, async () => {
      const path = join(directory, `${index}.tar.gz`);
      await writeFile(path, archive(Buffer.from(`#!/bin/sh\ntouch '${started}'\n`), 0o755));
      const sha256 = createHash('sha256')
        .update(await readFile(path))
        .digest('hex');
      await writeFile(`${path}.sha256`, checksum(sha256));
      await rm(started, { force: true });
      const message = passes
        ? /exited before it printed a result/
        : new RegExp(`its SHA-256 digest is not the one in ${index}.tar.gz.sha256`);
      await assert.rejects(verify(path, elsewhere, log), { code: 'verify-failed', message });
      assert.equal(existsSync(started), passes);
    });
  }

  for (const { name, archived, checksum, message } of [
    {
      name: 'that is not a checksum',
      archived: true,
      checksum: 'Not Found',
      message: /4\.tar\.gz\.sha256: it does not begin with a line of sha256sum/,
    },
    {
      name: 'that is a directory',
      archived: true,
      checksum: undefined,
      message: /4\.tar\.gz\.sha256: EISDIR/,
    },
    {
      name: 'of an archive that does not exist',
      archived: false,
      checksum: `${'0'.repeat(64)}  x`,
      message: /4\.tar\.gz: ENOENT/,
    },
  ]) {
    it(`${name} is reported as unreadable`, async () => {
      const path = join(directory, '4.tar.gz');
      for (const left of [path, `${path}.sha256`]) await rm(left, { recursive: true, force: true });
      if (archived) await writeFile(path, '');
      if (checksum === undefined) await mkdir(`${path}.sha256`);
      else await writeFile(`${path}.sha256`, checksum);
      await assert.rejects(verify(path, elsewhere, log), { code: 'file-missing', message });
    });
  }

  it('is not needed if its name would be too long', async () => {
    const path = join(directory, `${'n'.repeat(244)}.tar.gz`);
    await writeFile(path, '');
    await assert.rejects(verify(path, elsewhere, log), { code: 'archive-malformed' });
  });
});

describe('verify without starting Python', () => {
  const directory = scratch();
  const path = join(directory, 'a.tar.gz');
  const started = join(directory, 'started');
  const python = Buffer.from(`#!/bin/sh\ntouch '${started}'\n`);

  it('runs all other checks', async () => {
    await writeFile(path, archive(python, 0o755));
    const checks = await verify(path, { ...elsewhere, start: false }, log);
    assert.deepEqual(
      checks.map(({ name }) => name),
      ['files', 'libraries'],
    );
    assert.ok(!existsSync(started));
  });

  it('reports a truncated ELF file as a fault of the archive', async () => {
    await writeFile(path, archive(python, 0o755, { more: { 'lib64/x.so': foreign.subarray(0, 64) } }));
    await assert.rejects(verify(path, { ...elsewhere, start: false }, log), {
      code: 'verify-failed',
      message: /^the archive failed verification: top\/lib64\/x\.so is not a valid ELF file: /,
      remedy: /^Do not use this archive: fetch or pack it again\./,
    });
  });
});

describe('a hostile archive, a small one of each kind,', () => {
  const directory = scratch();
  for (const [index, bomb] of bombs.entries()) {
    it(`ends without a stack trace: ${bomb.name}`, async () => {
      const path = join(directory, `${index}.tar.gz`);
      await writeBomb(bomb, path, 0.01);
      const start = bomb.starts ?? false;
      // A small one can be within all limits.
      await verify(path, { origin: 'elsewhere', start }, log).catch(({ name }) =>
        assert.equal(name, 'RelopackError'),
      );
    });
  }
});
