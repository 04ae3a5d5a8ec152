import assert from 'node:assert/strict';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { compileInterpreter, identities, makeTree, readReport } from '../../support/launcher/tree.ts';
import { run } from '../../support/run.ts';
import { scratch } from '../../support/scratch.ts';

const directory = scratch();
const support = join(import.meta.dirname, '../../support/launcher');

/** Ways to start the tree $T, as commands for bash in an empty directory, and the arguments that Python gets. */
const ways: { name: string; command: string; expected: (at: string, tree: string) => (string | RegExp)[] }[] =
  [
    {
      name: 'by its name in a relative directory of PATH',
      command: 'cd "$T"; PATH=bin:/bin exec python3 x',
      expected: (_, tree) => [`${tree}/bin/python3`, 'x'],
    },
    {
      name: 'by its name in an empty entry of PATH',
      command: 'cd "$T/bin"; PATH=:/bin exec python3 x',
      expected: (_, tree) => [`${tree}/bin/python3`, 'x'],
    },
    {
      name: 'by the kernel, for files that begin in a certain way (binfmt_misc)',
      command:
        'printf "certain bytes" >file; chmod +x file; export T; exec unshare -mUr bash -c \'mount -t binfmt_misc none /proc/sys/fs/binfmt_misc && echo ":relopack:M::certain::$T/bin/python3:" >/proc/sys/fs/binfmt_misc/register && exec ./file x\'',
      expected: (at, tree) => [`${tree}/bin/python3`, `${at}/file`, 'x'],
    },
    {
      name: 'in the root of another process, such as that of a container',
      command: `exec /usr/bin/python3 ${support}/other_root.py "$T/.." /tree/bin/python3 x`,
      expected: () => [/^\/proc\/\d+\/root\/tree\/bin\/python3$/, 'x'],
    },
    {
      name: 'from a directory that was removed',
      command: 'mkdir gone; cd gone; rmdir ../gone; ../../tree/bin/python3 x',
      expected: (_, tree) => [`${tree}/bin/python3`, 'x'],
    },
    ...[269, 267, 79].map((number) => ({
      name: `in a sandbox that refuses the system call ${number}`,
      command: `exec /usr/bin/python3 ${support}/refuse.py ${number} "$T/bin/python3" x`,
      expected: (_: string, tree: string) => [`${tree}/bin/python3`, 'x'],
    })),
  ];

describe('the launcher finds its tree', () => {
  const tree = join(directory, 'tree');
  before(async () => makeTree(tree, identities.x86_64, await compileInterpreter(directory, 'x86_64', [])));

  for (const { name, command, expected } of ways) {
    test(`if it is started ${name}`, async () => {
      const at = join(directory, 'at');
      rmSync(at, { recursive: true, force: true });
      mkdirSync(at);
      const env = { PATH: process.env.PATH ?? '', T: tree };
      const { code, stdout, stderr } = await run('bash', ['-c', command], { cwd: at, env });
      assert.equal(code, 0, stderr);
      const { argv } = readReport(stdout);
      const wanted = expected(at, tree);
      assert.equal(argv.length, wanted.length, argv.join(' '));
      for (const [index, argument] of wanted.entries()) {
        if (typeof argument === 'string') assert.equal(argv[index], argument);
        else assert.match(argv[index] ?? '', argument);
      }
    });
  }
});
