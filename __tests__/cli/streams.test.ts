import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { tool } from '../support/archive/tool.ts';
import { run } from '../support/run.ts';
import { scratch } from '../support/scratch.ts';

const main = join(import.meta.dirname, '../../src/cli/main.ts');

const [stdoutIsFull, stderrIsFull] = ['stdout', 'stderr'].map(
  (name) => `relopack: cannot write to ${name}: the disk is full\nIts output is not complete.\n`,
);
const usage = 'relopack: unknown option --nope\nrelopack --help lists all options.\n';
const usageAsJson =
  '{"error":{"code":"usage","message":"unknown option --nope","remedy":"relopack --help lists all options."}}\n';

/** Commands with redirections; `$full` is a file on a full disk. The result is what the other streams get. */
const cases: {
  name: string;
  words: string;
  code: number;
  stdout?: string | undefined;
  stderr?: string | undefined;
}[] = [
  { name: 'the help, and stdout is full', words: '--help >"$full"', code: 1, stderr: stdoutIsFull },
  { name: 'the help, and stdout is /dev/full', words: '--help >/dev/full', code: 1, stderr: stdoutIsFull },
  { name: 'nothing to a stderr that is full', words: '--version >/dev/null 2>/dev/full', code: 0 },
  { name: 'an error, and stderr is full', words: 'plan --nope 2>"$full"', code: 1, stdout: stderrIsFull },
  { name: 'an error, and stdout is full', words: 'plan --nope >"$full"', code: 2, stderr: usage },
  { name: 'an error, and both are full', words: 'plan --nope >"$full" 2>&1', code: 1 },
  {
    name: 'an error as JSON, and stderr is full',
    words: 'plan --nope --json 2>"$full"',
    code: 1,
    stdout: usageAsJson,
  },
  {
    name: 'an error as JSON, and stdout is full',
    words: 'plan --nope --json >"$full"',
    code: 1,
    stderr: `${usage}${stdoutIsFull}`,
  },
  {
    name: 'the help to a reader that has ended',
    words: '--help | (exec <&-; sleep 0.1)',
    code: 1,
    stderr: 'relopack: cannot write to stdout: its reader has closed it\nIts output is not complete.\n',
  },
  {
    name: 'an error to a reader that has ended',
    words: 'plan --nope 2>&1 >&3 | (exec <&-; sleep 0.1)',
    code: 1,
    stdout: 'relopack: cannot write to stderr: its reader has closed it\nIts output is not complete.\n',
  },
];

describe('relopack says so if it cannot write', () => {
  const disk = join(scratch(), 'disk');
  before(async () => {
    mkdirSync(disk);
    await tool('mount', ['-t', 'tmpfs', '-o', 'size=4k', 'tmpfs', disk]);
    await run('sh', ['-c', 'head -c 10000 /dev/zero >"$0"/zeros', disk]);
  });
  after(() => tool('umount', [disk]));

  for (const { name, words, code, stdout = '', stderr = '' } of cases) {
    it(name, async () => {
      const script = `"$node" "$main" ${words}; exit \${PIPESTATUS[0]}`;
      const env = { PATH: process.env.PATH ?? '', node: process.execPath, main, full: `${disk}/full` };
      const finished = await run('bash', ['-c', `exec 3>&1; ${script}`], { env });
      assert.deepEqual(
        { code: finished.code, stdout: finished.stdout.toString(), stderr: finished.stderr },
        { code, stdout, stderr },
      );
    });
  }
});
