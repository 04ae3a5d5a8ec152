import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  watch,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, describe, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { gzip } from '../../src/archive/gzip.ts';
import { writeOutput } from '../support/archive/output.ts';
import { remainsOf } from '../support/archive/remains.ts';
import { tool } from '../support/archive/tool.ts';
import { run } from '../support/run.ts';
import { scratch } from '../support/scratch.ts';

const directory = scratch();
const rival = fileURLToPath(new URL('../support/archive/rival.ts', import.meta.url));
const writer = fileURLToPath(new URL('../support/archive/writer.ts', import.meta.url));

async function* pieces(...texts: string[]): AsyncGenerator<Buffer> {
  for (const text of texts) yield Buffer.from(text);
}

/** A new directory that contains an older archive and its checksum. */
function withOlder(): string {
  const made = mkdtempSync(join(directory, 'out-'));
  writeFileSync(join(made, 'a.tar.gz'), 'older');
  writeFileSync(join(made, 'a.tar.gz.sha256'), 'checksum of older');
  return made;
}

function assertOnlyOlder(made: string): void {
  assert.deepEqual(readdirSync(made), ['a.tar.gz', 'a.tar.gz.sha256']);
  assert.equal(readFileSync(join(made, 'a.tar.gz'), 'utf8'), 'older');
  assert.equal(readFileSync(join(made, 'a.tar.gz.sha256'), 'utf8'), 'checksum of older');
}

describe('a finished output', { timeout: 30_000 }, () => {
  for (const name of [
    'a.tar.gz',
    ' with spaces .tar.gz',
    'with\na newline',
    'back\\slash',
    'with\rreturn',
    'é',
  ]) {
    test(`named ${JSON.stringify(name)} has a checksum that sha256sum accepts, and no other file beside it`, async () => {
      const made = mkdtempSync(join(directory, 'out-'));
      const output = await writeOutput(join(made, name), pieces('one', '', 'two'));
      assert.deepEqual(readdirSync(made).sort(), [name, `${name}.sha256`].sort());
      assert.equal(readFileSync(join(made, name), 'utf8'), 'onetwo');
      await tool('sha256sum', ['--strict', '-c', '--', `${name}.sha256`], { cwd: made });
      const { stdout } = await tool('sha256sum', ['--', name], { cwd: made });
      assert.equal(readFileSync(join(made, `${name}.sha256`), 'utf8'), stdout.toString());
      assert.deepEqual(output, {
        path: join(made, name),
        size: 6,
        sha256: stdout.toString().replace(/^\\/, '').slice(0, 64),
      });
    });
  }

  test('replaces an older output and its checksum', async () => {
    const made = withOlder();
    await writeOutput(join(made, 'a.tar.gz'), pieces('newer'));
    assert.equal(readFileSync(join(made, 'a.tar.gz'), 'utf8'), 'newer');
    await tool('sha256sum', ['--strict', '-c', 'a.tar.gz.sha256'], { cwd: made });
  });

  test('is renamed in an order that never pairs a checksum with another archive', async () => {
    const made = withOlder();
    const changed: (string | null)[] = [];
    const watcher = watch(made, (_, name) => changed.push(name));
    await writeOutput(join(made, 'a.tar.gz'), pieces('newer'));
    const finals = () => changed.filter((name) => !name?.startsWith('.'));
    while (finals().length < 3) await setTimeout(10);
    watcher.close();
    const final = finals();
    assert.deepEqual(final, ['a.tar.gz.sha256', 'a.tar.gz', 'a.tar.gz.sha256']);
  });

  test('has the permissions of any new file', async () => {
    const made = mkdtempSync(join(directory, 'out-'));
    writeFileSync(join(made, 'any'), '');
    await writeOutput(join(made, 'a.tar.gz'), pieces('x'));
    assert.equal(statSync(join(made, 'a.tar.gz')).mode, statSync(join(made, 'any')).mode);
  });

  test('has its checksum on the disk before it is checked', async () => {
    const made = withOlder();
    await writeOutput(join(made, 'a.tar.gz'), pieces('new', 'er'), async () => {
      const [checksum = ''] = temporaries(made).filter((name) => name.startsWith('.a.tar.gz.sha256.'));
      assert.match(readFileSync(join(made, checksum), 'utf8'), /^[0-9a-f]{64} {2}a\.tar\.gz\n$/);
    });
  });

  test('is complete under its temporary name before the older output is replaced', async () => {
    const made = withOlder();
    let checked = '';
    await writeOutput(join(made, 'a.tar.gz'), pieces('new', 'er'), async (temporary) => {
      checked = temporary;
      assert.equal(readFileSync(temporary, 'utf8'), 'newer');
      assert.equal(readFileSync(join(made, 'a.tar.gz'), 'utf8'), 'older');
      assert.equal(readFileSync(join(made, 'a.tar.gz.sha256'), 'utf8'), 'checksum of older');
    });
    assert.equal(dirname(checked), made);
    assert.ok(basename(checked).startsWith('.a.tar.gz.'));
  });
});

describe('only the older output is left, unchanged, if', () => {
  test('the producer fails', async () => {
    const made = withOlder();
    const failure = new Error('the producer broke');
    async function* content(): AsyncGenerator<Buffer> {
      yield Buffer.alloc(1000);
      throw failure;
    }
    await assert.rejects(writeOutput(join(made, 'a.tar.gz'), content()), failure);
    assertOnlyOlder(made);
  });

  test('the check fails', async () => {
    const made = withOlder();
    const failure = new Error('the check failed');
    const output = writeOutput(join(made, 'a.tar.gz'), pieces('x'), () => Promise.reject(failure));
    await assert.rejects(output, failure);
    assertOnlyOlder(made);
  });

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    test(`the process gets ${signal}, and ends by that signal`, async () => {
      const made = withOlder();
      const child = await started(join(made, 'a.tar.gz'));
      assert.equal(temporaries(made).length, 1);
      child.kill(signal);
      assert.deepEqual(await once(child, 'exit'), [null, signal]);
      assertOnlyOlder(made);
    });
  }
});

describe('a process that was killed by SIGKILL', () => {
  test('leaves the older output unchanged, and the next run removes the rest', async () => {
    const made = withOlder();
    const child = await started(join(made, 'a.tar.gz'));
    child.kill('SIGKILL');
    await once(child, 'exit');
    assert.equal(readFileSync(join(made, 'a.tar.gz'), 'utf8'), 'older');
    assert.equal(temporaries(made).length, 1);
    await writeOutput(join(made, 'a.tar.gz'), pieces('newer'));
    assert.deepEqual(readdirSync(made), ['a.tar.gz', 'a.tar.gz.sha256']);
  });

  test('leaves files that a run for another name does not touch', async () => {
    const made = withOlder();
    const child = await started(join(made, 'a.tar.gz'));
    child.kill('SIGKILL');
    await once(child, 'exit');
    const remains = temporaries(made);
    await writeOutput(join(made, 'a.tar'), pieces('x'));
    assert.deepEqual(temporaries(made), remains);
  });
});

test('a process that is killed at any time leaves no half-made archive, and no checksum of another one', async () => {
  const made = mkdtempSync(join(directory, 'out-'));
  await writeOutput(join(made, 'a.tar.gz'), gzip(pieces('older'), { level: 1 }));
  for (let pause = 0; pause < 12; pause++) {
    const child = await started(join(made, 'a.tar.gz'), 3, 1, 'gzip');
    const exit = once(child, 'exit');
    await setTimeout(2 * pause);
    child.kill('SIGKILL');
    await exit;
    assert.notEqual(remainsOf(made, 'a.tar.gz'), 'nothing');
  }
  await writeOutput(join(made, 'a.tar.gz'), pieces('newer'));
  assert.deepEqual(readdirSync(made).sort(), ['a.tar.gz', 'a.tar.gz.sha256']);
});

test('two runs can write the same name at the same time', async () => {
  const made = withOlder();
  const child = await started(join(made, 'a.tar.gz'), 20, 20);
  const output = await writeOutput(join(made, 'a.tar.gz'), pieces('from here'));
  assert.equal(temporaries(made).length, 1);
  assert.equal(readFileSync(output.path, 'utf8'), 'from here');
  assert.deepEqual(await once(child, 'exit'), [0, null]);
  assert.equal(statSync(output.path).size, 20 * 64 * 1024);
  await tool('sha256sum', ['--strict', '-c', 'a.tar.gz.sha256'], { cwd: made });
  assert.deepEqual(temporaries(made), []);
});

test('of runs that end at the same moment, one leaves its file with its checksum', async () => {
  const made = mkdtempSync(join(directory, 'out-'));
  const rounds = 100;
  const rivals = ['one', 'two', 'three'].map((text) => {
    const child = spawn(process.execPath, [rival, join(made, 'a.tar.gz'), text, `${rounds}`], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    return { child, lines: createInterface(child.stdout)[Symbol.asyncIterator]() };
  });
  const answers = () => Promise.all(rivals.map(async ({ lines }) => String((await lines.next()).value)));
  const mismatches: string[] = [];
  for (let round = 0; round < rounds; round++) {
    assert.deepEqual(await answers(), ['ready', 'ready', 'ready']);
    for (const { child } of rivals) child.stdin.write('\n');
    const results = await answers();
    const text = readFileSync(join(made, 'a.tar.gz'));
    const sha256 = createHash('sha256').update(text).digest('hex');
    const checksum = readFileSync(join(made, 'a.tar.gz.sha256'), 'utf8');
    if (checksum !== `${sha256}  a.tar.gz\n`) mismatches.push(`${round}: ${text}, ${results}`);
  }
  assert.deepEqual(mismatches, []);
  await Promise.all(rivals.map(({ child }) => child.exitCode ?? once(child, 'exit')));
  assert.deepEqual(readdirSync(made).sort(), ['a.tar.gz', 'a.tar.gz.sha256']);
});

/** A process that has begun to write to `path`. */
async function started(path: string, count = 10_000, pause = 5, form = 'plain'): Promise<ChildProcess> {
  const child = spawn(process.execPath, [writer, path, String(count), String(pause), form], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  return child;
}

function temporaries(made: string): string[] {
  return readdirSync(made).filter((name) => name.startsWith('.'));
}

interface Refusal {
  name: string;
  /** Prepares the place and returns the path to write to. */
  place: (made: string) => string | Promise<string>;
  message: RegExp;
  /** The command that starts the writer. */
  under?: string[];
}

const refusals: Refusal[] = [
  {
    name: 'a directory that does not exist',
    place: (made) => join(made, 'missing', 'a.tar.gz'),
    message: /cannot write .*missing\/a\.tar\.gz: its directory does not exist/,
  },
  {
    name: 'a path through a file',
    place: (made) => join(made, 'a.tar.gz', 'b.tar.gz'),
    message: /a part of its path is not a directory/,
  },
  {
    name: 'a name that is a directory',
    place: (made) => {
      mkdirSync(join(made, 'd.tar.gz'));
      return join(made, 'd.tar.gz');
    },
    message: /d\.tar\.gz is a directory/,
  },
  {
    name: 'a name whose checksum is a directory',
    place: (made) => {
      mkdirSync(join(made, 'd.tar.gz.sha256'));
      return join(made, 'd.tar.gz');
    },
    message: /d\.tar\.gz\.sha256 is a directory/,
  },
  {
    name: 'a symbolic link, which a rename would replace',
    place: (made) => {
      symlinkSync('/dev/null', join(made, 'null'));
      return join(made, 'null');
    },
    message: /null is a symbolic link/,
  },
  {
    name: 'a name that is too long for its temporary name',
    place: (made) => join(made, 'n'.repeat(240)),
    message: /its name is too long/,
  },
  {
    name: 'a directory without permission to write',
    place: (made) => {
      mkdirSync(join(made, 'sealed'), 0o555);
      return join(made, 'sealed', 'a.tar.gz');
    },
    message: /its directory is not writable/,
    // Without these capabilities, root cannot write everywhere.
    under: ['setpriv', '--bounding-set', '-dac_override,-dac_read_search', '--'],
  },
  {
    name: 'a read-only file system',
    place: (made) => mounted(join(made, 'ro'), 'ro'),
    message: /its file system is read-only/,
  },
  {
    name: 'a full disk',
    place: (made) => mounted(join(made, 'full'), 'size=256k'),
    message: /the disk is full/,
  },
  {
    name: 'a file larger than the process may write',
    place: (made) => join(made, 'b.tar.gz'),
    message: /it is larger than allowed here/,
    under: ['prlimit', '--fsize=100000', '--'],
  },
];

/** Mounts an empty tmpfs until the tests end. Returns the path of a file in it. */
async function mounted(at: string, options: string): Promise<string> {
  mkdirSync(at);
  await tool('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', at]);
  after(() => tool('umount', [at]));
  return join(at, 'a.tar.gz');
}

describe('the error names the cause, and nothing is left behind, for', () => {
  for (const { name, place, message, under = [] } of refusals) {
    test(name, async () => {
      const made = withOlder();
      const path = await place(made);
      const before = readdirSync(made, { recursive: true });
      const [file = process.execPath, ...args] = [...under, process.execPath, writer, path, '16', '0'];
      const { code, stdout, stderr } = await run(file, args);
      assert.equal(code, 1, stderr);
      const [refused = ''] = stdout.toString().split('\n').slice(-2);
      const error: { code: string; message: string; remedy: string } = JSON.parse(refused);
      assert.equal(error.code, 'output');
      assert.match(error.message, message);
      assert.match(error.remedy, /\.$/);
      assert.deepEqual(readdirSync(made, { recursive: true }), before);
      assert.equal(existsSync(join(made, 'a.tar.gz')), true);
    });
  }
});
