import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { relocateWrapper, type WrapperMoves } from '../../src/launcher/wrapper.ts';
import { readWrapper } from '../../src/python/wrapper.ts';
import { run } from '../support/run.ts';
import { scratch } from '../support/scratch.ts';

const moves: WrapperMoves = [
  ['/usr/share/app/main.py', 'share/app/main.py'],
  ['/usr/share/app', 'share/app'],
];

/** Wrappers, and the arguments and the variable A of the Python that they start. TREE is the tree. */
const wrappers: { name: string; text: string; argv: string[]; a?: string }[] = [
  {
    name: 'a script by its path',
    text: '#!/bin/sh\nexec /usr/bin/python3 /usr/share/app/main.py "$@"\n',
    argv: ['TREE/share/app/main.py', 'two words', ''],
  },
  {
    name: 'a module, with options and comments',
    text: '#!/bin/bash -e\n# Starts the app.\n\nset -u\nexec python3 -s -m app sub $@ # all\n',
    argv: ['-s', '-m', 'app', 'sub', 'two', 'words'],
  },
  {
    name: 'a module without exec and without a final newline',
    text: '#!/usr/bin/env bash\npython3 -m app "$@"',
    argv: ['-m', 'app', 'two words', ''],
  },
  {
    name: 'a script with variables, by env',
    text: `#! /usr/bin/sh\nB='x y'\nexport A="/usr/share/app"\nexec /usr/bin/env python3 '/usr/share/app/main.py' --b=1 \${1+"$@"}\n`,
    argv: ['TREE/share/app/main.py', '--b=1', 'two words', ''],
    a: 'TREE/share/app',
  },
  {
    name: 'a script with a variable for it alone',
    text: '#!/bin/dash\nA=/usr/share/app python3 /usr/share/app/main.py\n',
    argv: ['TREE/share/app/main.py'],
    a: 'TREE/share/app',
  },
  {
    name: 'with a file of the machine',
    text: '#!/bin/sh\nexport A=/etc/app.conf\nexec python3 -m app /etc/app.conf\n',
    argv: ['-m', 'app', '/etc/app.conf'],
    a: '/etc/app.conf',
  },
];

/** Scripts whose meaning is not certain. */
const others: { name: string; text: string }[] = [
  { name: 'for another interpreter', text: '#!/usr/bin/perl\nexec python3 -m app\n' },
  { name: 'with two commands', text: '#!/bin/sh\numask 022\nexec python3 -m app\n' },
  { name: 'that changes its directory', text: '#!/bin/sh\ncd /usr/share/app && exec python3 main.py\n' },
  { name: 'with a condition', text: '#!/bin/sh\nif true\nthen exec python3 -m app\nfi\n' },
  { name: 'with a variable of the caller', text: '#!/bin/sh\nexec python3 $APP/main.py\n' },
  { name: 'with a list of paths', text: '#!/bin/sh\nPYTHONPATH=/usr/a:/usr/b python3 -m app\n' },
  { name: 'with a path after an option', text: '#!/bin/sh\npython3 -m app --dir=/usr/share/app\n' },
  { name: 'with a command in quotes that looks like a variable', text: '#!/bin/sh\n"A=1"\npython3 -m app\n' },
  { name: 'with a pipe', text: '#!/bin/sh\npython3 -m app | cat\n' },
  { name: 'with the output of a command', text: '#!/bin/sh\npython3 -m app `pwd`\n' },
  { name: 'with a continued line', text: '#!/bin/sh\nexec python3 \\\n  -m app\n' },
  { name: 'that sources a file', text: '#!/bin/sh\n. /usr/share/app/env\npython3 -m app\n' },
  { name: 'that exports all variables', text: '#!/bin/sh\nset -a\npython3 -m app\n' },
  { name: 'without a command', text: '#!/bin/sh\n# python3 -m app\n' },
  { name: 'whose command is in PATH', text: '#!/bin/sh\nexec app "$@"\n' },
  { name: 'that sets a variable after the command', text: '#!/bin/sh\npython3 -m app\nA=1\n' },
];

describe('a script for sh that starts Python', () => {
  const directory = scratch();
  const tree = join(directory, 'a $tree');
  for (const folder of ['bin', 'libexec', 'sub/folder']) mkdirSync(join(tree, folder), { recursive: true });
  writeFileSync(join(tree, 'libexec/ld.so'), '');
  const report =
    '#!/bin/sh\nprintf \'%s\\n\' "$A" "$@"\nexport -p | grep -q relopack_tree && echo exported\n:\n';
  writeFileSync(join(tree, 'bin/python3'), report, { mode: 0o755 });
  const env = { PATH: '/usr/bin:/bin' };

  for (const shell of ['dash', 'bash', 'busybox']) {
    for (const { name, text, argv, a = '' } of wrappers) {
      test(`works in the tree: ${name}, ${shell}`, async () => {
        for (const path of ['bin/app', 'sub/folder/app']) {
          const wrapper = join(tree, path);
          writeFileSync(wrapper, relocateWrapper(Buffer.from(text), path, moves), { mode: 0o755 });
          const link = join(
            directory,
            `link ${path.replaceAll('/', ' ')} ${shell} ${wrappers.findIndex((one) => one.name === name)}`,
          );
          symlinkSync(wrapper, link);
          for (const [called, cwd] of [
            [wrapper],
            [link],
            ['./app', dirname(wrapper)],
            ['app', dirname(wrapper)],
          ] as const) {
            const options = shell === 'busybox' ? ['sh'] : [];
            const { code, stdout, stderr } = await run(shell, [...options, called, 'two words', ''], {
              env,
              cwd: cwd ?? '/',
            });
            assert.equal(code, 0, stderr);
            assert.equal(stderr, '');
            const expected = [a, ...argv].map((one) => one.replace('TREE', tree));
            assert.deepEqual(stdout.toString().split('\n').slice(0, -1), expected);
          }
        }
      });
    }
  }

  for (const { name, text } of others) {
    test(`is not changed ${name}`, () => {
      assert.equal(readWrapper(Buffer.from(text)), undefined);
      assert.equal(relocateWrapper(Buffer.from(text), 'bin/app', moves).toString(), text);
    });
  }
});
