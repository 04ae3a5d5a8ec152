import assert from 'node:assert/strict';
import { readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { type PackedTree, packTree } from '../../support/packed/packed.ts';
import { type ForeignRoots, foreignRoots, type InRoot, inRoot } from '../../support/rpm-host/targets.ts';
import { scratch } from '../../support/scratch.ts';

/** The programs in bin: the launcher, and each Python script of the packed packages or link to one. */
const programs = {
  always: ['pydoc', 'pydoc3', 'pydoc3.11', 'python3', 'python3.11'],
  asked: ['chardet', 'chardetect', 'normalizer'],
  development: ['2to3', '2to3-3.11', 'python', 'python3-config', 'python3.11-config'],
};

const shows = `
import json, os, subprocess, sys
def main():
    environ = subprocess.run(["cat", "/proc/self/environ"], capture_output=True).stdout.decode().split("\\0")[:-1]
    print(json.dumps([sys.argv, sys.executable, sys.prefix, sorted(os.listdir("/proc/self/fd")), sorted(environ)]))
sys.modules["chardet.cli.chardetect"] = type(sys)("shows")
sys.modules["chardet.cli.chardetect"].main = main
`;

/** Variables that a shell sets for its children. */
const ofShells = /^(?:PWD|OLDPWD|SHLVL|_)=/;

describe('console scripts of packed packages', () => {
  const place = '/opt/my python';
  let packed: PackedTree;
  let roots: ForeignRoots;
  /** A directory with links, a wrong Python and a text file. */
  let work: string;

  before(async () => {
    roots = await foreignRoots();
    packed = await packTree(['chardet', 'charset-normalizer', 'python3-devel', 'python-unversioned-command']);
    work = scratch('work-');
    symlinkSync(`${place}/bin/chardetect`, join(work, 'detect'));
    symlinkSync('detect', join(work, 'again'));
    symlinkSync(`${place}/bin`, join(work, 'folder'));
    // A script must not start the Python that is beside a link to the script.
    writeFileSync(join(work, 'python3'), '#!/bin/sh\necho the wrong Python\n', { mode: 0o755 });
    writeFileSync(join(work, 'a text'), 'Zwölf Boxkämpfer jagen Viktor quer über den großen Sylter Deich');
    // It replaces chardetect by a program that prints how it was started.
    writeFileSync(join(work, 'sitecustomize.py'), shows);
  });
  after(() => packed?.remove());

  const enter = (
    root: keyof ForeignRoots,
    argv: string[],
    { env = { PATH: '/usr/bin:/bin' }, cwd }: InRoot = {},
  ) => {
    const binds = { [packed.tree]: place, [work]: '/work' };
    return inRoot(roots[root], argv, { env, binds, ...(cwd === undefined ? {} : { cwd }) });
  };

  test('are in bin beside the launcher, and nothing else is', () => {
    const expected = Object.values(programs).flat().sort();
    assert.deepEqual(readdirSync(join(packed.tree, 'bin')).sort(), expected);
  });

  test('are left out if their packages are, and all of them with --no-scripts', async () => {
    for (const [options, expected] of [
      [[], [...programs.always, ...programs.asked.slice(0, 2)]],
      [['--no-scripts'], ['python3', 'python3.11']],
    ] as const) {
      const other = await packTree(['chardet'], ['--no-verify', ...options]);
      try {
        assert.deepEqual(readdirSync(join(other.tree, 'bin')).sort(), [...expected].sort());
      } finally {
        other.remove();
      }
    }
  });

  const starts: { name: string; argv: string[]; cwd?: string; env?: Record<string, string> }[] = [
    { name: 'by its path', argv: [`${place}/bin/chardetect`] },
    { name: 'by a link in bin', argv: [`${place}/bin/chardet`] },
    { name: 'through a link to it', argv: ['/work/detect'] },
    { name: 'through a link to a link', argv: ['/work/again'] },
    { name: 'through a link to its directory', argv: ['/work/folder/chardetect'] },
    { name: 'through PATH', argv: ['chardetect'], env: { PATH: `/usr/bin:/bin:${place}/bin` } },
    { name: 'by a relative path', argv: ['bin/chardetect'], cwd: place },
    { name: 'from its own directory', argv: ['./chardetect'], cwd: `${place}/bin` },
    { name: 'by sh', argv: ['sh', `${place}/bin/chardetect`] },
    { name: 'by sh and its bare name', argv: ['sh', 'chardetect'], cwd: `${place}/bin` },
    { name: 'by the packed Python', argv: [`${place}/bin/python3`, `${place}/bin/chardetect`] },
    {
      name: 'while a virtual environment is active',
      argv: [`${place}/bin/chardetect`],
      env: { PATH: '/work:/usr/bin:/bin', VIRTUAL_ENV: '/work' },
    },
  ];
  for (const root of ['bullseye', 'bash', 'busybox'] as const) {
    for (const { name, argv, ...options } of starts) {
      test(`one starts ${name}, in ${root}`, async () => {
        const { code, stdout, stderr } = await enter(root, [...argv, '/work/a text'], options);
        assert.equal(code, 0, stderr);
        assert.match(stdout.toString(), /^\/work\/a text: utf-8 with confidence [\d.]+\n$/);
      });
    }

    test(`other scripts of the host start too, in ${root}`, async () => {
      for (const [argv, expected] of [
        [[`${place}/bin/pydoc`, 'chardet'], /^Help on package chardet:/],
        [[`${place}/bin/normalizer`, '--minimal', '/work/a text'], /^utf_8$/m],
        [[`${place}/bin/2to3`, '--help'], /^Usage: 2to3 \[options\]/],
        [
          [`${place}/bin/python`, '-c', 'import sys; print(sys.executable)'],
          /^\/opt\/my python\/bin\/python\n$/,
        ],
      ] as const) {
        const { code, stdout, stderr } = await enter(root, [...argv]);
        assert.equal(code, 0, stderr);
        assert.match(stdout.toString(), expected);
      }
    });

    test(`one has its own path in sys.argv, and only the caller's files and variables, in ${root}`, async () => {
      const env = { PATH: '/usr/bin:/bin', PYTHONPATH: '/work', LC_ALL: 'C.UTF-8', EMPTY: '' };
      const show = async (...argv: string[]) => {
        const { code, stdout, stderr } = await enter(root, argv, { env });
        assert.equal(code, 0, stderr);
        return JSON.parse(stdout.toString());
      };
      const tool = `${place}/bin/chardetect`;
      const [argv, executable, prefix, files, environ] = await show(tool, 'a b', '');
      assert.deepEqual([argv, executable, prefix], [[tool, 'a b', ''], `${place}/bin/python3`, place]);
      const python = ['-c', 'import sitecustomize; sitecustomize.main()'];
      const [, , , filesOfPython, environOfPython] = await show(`${place}/bin/python3`, ...python);
      assert.deepEqual(files, filesOfPython);
      assert.deepEqual(
        environ.filter((variable: string) => !ofShells.test(variable)),
        environOfPython,
      );
    });
  }
});
