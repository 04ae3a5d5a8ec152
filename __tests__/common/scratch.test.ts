import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { withScratch } from '../../src/common/scratch.ts';
import { scratch } from '../support/scratch.ts';

const directory = scratch();
const [ours = ''] = /\d+/.exec(readlinkSync('/proc/self/ns/pid')) ?? [];
/** As another container's would be. */
const theirs = `${Number(ours) + 1}`;

/** The number of a process that has ended, and whose end has been taken note of. */
async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
  await once(child, 'exit');
  return child.pid ?? Number.NaN;
}

describe('a scratch path', () => {
  test('is hidden, new, of that name and in that directory', async () => {
    const made = mkdtempSync(join(directory, 's-'));
    await withScratch(made, 'name', async (path) => {
      assert.equal(dirname(path), made);
      assert.ok(basename(path).startsWith(`.name.${ours}-${process.pid}-`));
      assert.equal(existsSync(path), false);
    });
  });

  test('returns the result of its user, and removes a file', async () => {
    const made = mkdtempSync(join(directory, 's-'));
    const result = await withScratch(made, 'name', async (path) => {
      writeFileSync(path, 'x');
      return 42;
    });
    assert.equal(result, 42);
    assert.deepEqual(readdirSync(made), []);
  });

  test('is removed with its contents when its user fails', async () => {
    const made = mkdtempSync(join(directory, 's-'));
    const failure = new Error('no');
    const used = withScratch(made, 'name', async (path) => {
      mkdirSync(join(path, 'deep', 'er'), { recursive: true });
      writeFileSync(join(path, 'deep', 'file'), '');
      throw failure;
    });
    await assert.rejects(used, failure);
    assert.deepEqual(readdirSync(made), []);
  });

  test('is another one for each of two users at a time, who do not disturb each other', async () => {
    const made = mkdtempSync(join(directory, 's-'));
    await withScratch(made, 'name', async (first) => {
      writeFileSync(first, '');
      await withScratch(made, 'name', async (second) => {
        writeFileSync(second, '');
        assert.deepEqual(readdirSync(made).sort(), [basename(first), basename(second)].sort());
      });
      assert.deepEqual(readdirSync(made), [basename(first)]);
    });
  });

  test('leaves no signal handler behind', async () => {
    const before = process.listenerCount('SIGTERM');
    await withScratch(directory, 'name', async () =>
      assert.equal(process.listenerCount('SIGTERM'), before + 1),
    );
    assert.equal(process.listenerCount('SIGTERM'), before);
  });
});

interface Leftover {
  name: string;
  make: (made: string) => Promise<string> | string;
  removed: boolean;
}

const LEFTOVERS: Leftover[] = [
  {
    name: 'a file of a process that has ended',
    make: async (made) => file(made, `.name.${ours}-${await deadPid()}-0123abcd`),
    removed: true,
  },
  {
    name: 'a directory of a process that has ended',
    make: async (made) => {
      const path = join(made, `.name.${ours}-${await deadPid()}-0123abcd`);
      mkdirSync(join(path, 'inner'), { recursive: true });
      return path;
    },
    removed: true,
  },
  {
    name: 'a link of a process that has ended',
    make: async (made) => {
      const path = join(made, `.name.${ours}-${await deadPid()}-0123abcd`);
      symlinkSync('nowhere', path);
      return path;
    },
    removed: true,
  },
  {
    name: 'a file of an earlier process with our own number, as happens in containers',
    make: (made) => file(made, `.name.${ours}-${process.pid}-0123abcd`),
    removed: true,
  },
  {
    name: 'a file of a process that runs',
    make: (made) => file(made, `.name.${ours}-${process.ppid}-0123abcd`),
    removed: false,
  },
  {
    name: 'a file of a process in another container',
    make: async (made) => file(made, `.name.${theirs}-${await deadPid()}-0123abcd`),
    removed: false,
  },
  {
    name: 'a file of a process in another container, left the day before yesterday',
    make: async (made) => {
      const path = file(made, `.name.${theirs}-${await deadPid()}-0123abcd`);
      utimesSync(path, new Date(), new Date(Date.now() - 48 * 3600 * 1000));
      return path;
    },
    removed: true,
  },
  {
    name: "another user's file",
    make: async (made) => {
      const path = file(made, `.name.${ours}-${await deadPid()}-0123abcd`);
      chownSync(path, 65534, 65534);
      return path;
    },
    removed: false,
  },
  {
    name: 'a file of another name',
    make: async (made) => file(made, `.name.more.${ours}-${await deadPid()}-0123abcd`),
    removed: false,
  },
  {
    name: 'a file that only looks similar',
    make: async (made) => file(made, `.name.${ours}-${await deadPid()}-mine`),
    removed: false,
  },
  { name: 'a file of the name itself', make: (made) => file(made, 'name'), removed: false },
];

function file(made: string, name: string): string {
  writeFileSync(join(made, name), '');
  return join(made, name);
}

describe('among the files of earlier runs', () => {
  for (const { name, make, removed } of LEFTOVERS) {
    test(`${name} is ${removed ? 'removed' : 'left alone'}`, async () => {
      const made = mkdtempSync(join(directory, 's-'));
      const path = await make(made);
      const before = readdirSync(made);
      await withScratch(made, 'name', async () => {
        assert.deepEqual(readdirSync(made), removed ? [] : before);
      });
      assert.deepEqual(readdirSync(made), removed ? [] : [basename(path)]);
    });
  }

  test('a link is removed, but its target is not', async () => {
    const made = mkdtempSync(join(directory, 's-'));
    const kept = mkdtempSync(join(directory, 's-'));
    file(kept, 'kept');
    symlinkSync(kept, join(made, `.name.${ours}-${await deadPid()}-0123abcd`));
    await withScratch(made, 'name', async () => {});
    assert.deepEqual(readdirSync(made), []);
    assert.deepEqual(readdirSync(kept), ['kept']);
  });
});

describe('a directory in use is removed when its process', () => {
  const scratch = new URL('../../src/common/scratch.ts', import.meta.url).href;

  /** Runs a program that has made a scratch directory and then does what is given. */
  function start(made: string, then: string): ChildProcess {
    const program = `
      import { mkdirSync } from 'node:fs';
      import { withScratch } from ${JSON.stringify(scratch)};
      await withScratch(${JSON.stringify(made)}, 'name', async (path) => {
        mkdirSync(path + '/inner', { recursive: true });
        ${then};
        await new Promise((resolve) => setTimeout(resolve, 60_000));
      });`;
    return spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: 'ignore' });
  }

  const ENDS: [name: string, then: string, code: number | null, signal: NodeJS.Signals | null][] = [
    ['calls exit()', 'process.exit(3)', 3, null],
    ['has an error that nobody catches', "setTimeout(() => { throw new Error('no') })", 1, null],
    ['gets SIGTERM', "process.kill(process.pid, 'SIGTERM')", null, 'SIGTERM'],
    ['gets SIGINT', "process.kill(process.pid, 'SIGINT')", null, 'SIGINT'],
  ];
  for (const [name, then, code, signal] of ENDS) {
    test(name, async () => {
      const made = mkdtempSync(join(directory, 's-'));
      assert.deepEqual(await once(start(made, then), 'exit'), [code, signal]);
      assert.deepEqual(readdirSync(made), []);
    });
  }
});
