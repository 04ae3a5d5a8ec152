import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { relocateScript } from '../../src/launcher/script.ts';
import { pythonShebang } from '../../src/python/shebang.ts';
import { type ProcessResult, run } from '../support/run.ts';
import { scratch } from '../support/scratch.ts';

interface FirstLine {
  name: string;
  line: string;
  version?: string;
  options?: string[];
  variables?: [string, string][];
}

const firstLines: FirstLine[] = [
  { name: 'Fedora’s, with its flags', line: '#!/usr/bin/python3 -sP', version: '3', options: ['-sP'] },
  { name: 'a full version', line: '#!/usr/bin/python3.11', version: '3.11' },
  { name: 'a space before the interpreter', line: '#! /usr/bin/python3', version: '3' },
  { name: 'spaces after the interpreter', line: '#!/usr/bin/python3  ', version: '3' },
  { name: 'no version', line: '#!/usr/bin/python', version: '' },
  { name: 'EL8’s platform-python', line: '#!/usr/libexec/platform-python -s', version: '', options: ['-s'] },
  { name: 'EL8’s platform-python with a version', line: '#!/usr/libexec/platform-python3.6', version: '3.6' },
  { name: 'a software collection', line: '#!/opt/rh/rh-python38/root/usr/bin/python3.8', version: '3.8' },
  {
    name: 'several flags, which are one argument to the kernel',
    line: '#!/usr/bin/python3 -E -s',
    version: '3',
    options: ['-E -s'],
  },
  { name: 'env', line: '#!/usr/bin/env python3', version: '3' },
  { name: 'env with a path', line: '#!/usr/bin/env /usr/bin/python3', version: '3' },
  { name: 'env that splits', line: '#!/usr/bin/env -S python3 -I  -u', version: '3', options: ['-I', '-u'] },
  { name: 'env that does not split', line: '#!/usr/bin/env python3 -I' },
  {
    name: 'env with variables',
    line: '#!/usr/bin/env -S PYTHONPATH=/x A= python3 -X dev',
    version: '3',
    options: ['-X', 'dev'],
    variables: [
      ['PYTHONPATH', '/x'],
      ['A', ''],
    ],
  },
  { name: 'env with a variable that it does not split off', line: '#!/usr/bin/env A=/bin/python3' },
  { name: 'env with nothing but a variable', line: '#!/usr/bin/env -S A=/bin/python3' },
  { name: 'env with an option of its own', line: '#!/usr/bin/env -S -i python3' },
  { name: 'env with quotes', line: "#!/usr/bin/env -S python3 '-W ignore'" },
  { name: 'sh', line: '#!/bin/sh' },
  { name: 'sh with Python as its argument', line: '#!/bin/sh /usr/bin/python3' },
  { name: 'another implementation', line: '#!/usr/bin/pypy3' },
  { name: 'a debugger for Python', line: '#!/usr/bin/python3-gdb' },
  { name: 'another interpreter in a folder called python3', line: '#!/opt/python3/bin/ruby' },
  { name: 'a program', line: '\x7fELF\x02\x01\x01' },
  { name: 'Python in a comment', line: '# /usr/bin/python3' },
  { name: 'a byte order mark, which the kernel does not skip', line: '\xef\xbb\xbf#!/usr/bin/python3' },
  { name: 'a Windows line end, which the kernel does not accept', line: '#!/usr/bin/python3\r' },
];

describe('the first line of a script', () => {
  for (const { name, line, version, options = [], variables = [] } of firstLines) {
    test(`${version === undefined ? 'does not name Python' : 'names Python'}: ${name}`, () => {
      const expected = version === undefined ? undefined : { version, options, variables };
      assert.deepEqual(pythonShebang(Buffer.from(`${line}\nimport sys\n`, 'latin1')), expected);
    });
  }

  test('must have a line end', () => {
    assert.equal(
      pythonShebang(Buffer.from(`#!/usr/bin/python3${' '.repeat(300)}`).subarray(0, 256)),
      undefined,
    );
    assert.equal(pythonShebang(Buffer.alloc(0)), undefined);
  });
});

const body = `import json, sys
print(json.dumps({"argv": sys.argv, "doc": __doc__, "flags": [sys.flags.isolated, sys.flags.ignore_environment, sys.flags.no_user_site], "line": sys._getframe().f_lineno, "text": "\xe4", "annotations": __annotations__ if "annotations" in globals() else None}))
`;

interface Said {
  argv: string[];
  doc: string | null;
  flags: number[];
  line: number;
  text: string;
}

/** Scripts, and what must not change about each. */
const scripts: { name: string; text: string; expected: Partial<Said> }[] = [
  {
    name: 'with the encoding in the second line, and line numbers stay',
    text: `#!/usr/bin/python3\n# -*- coding: latin-1 -*-\n${body}`,
    expected: { text: 'ä', line: 4, doc: null },
  },
  {
    name: 'with a docstring and from __future__',
    text: `#!/usr/bin/python3\n# vim: set fileencoding=latin-1 :\n"""What it does."""\nfrom __future__ import annotations\nx: y = 1\n${body}`,
    expected: { doc: 'What it does.', line: 7 },
  },
  {
    name: 'with a docstring in its second line',
    text: `#!/usr/bin/python3\n"""It's "quoted"."""\n${body.replace('\xe4', '')}`,
    expected: { doc: 'It\'s "quoted".', line: 5 },
  },
  {
    name: 'whose second line is empty',
    text: `#!/usr/bin/python3\n\n${body.replace('\xe4', '')}`,
    expected: { line: 4 },
  },
  {
    name: 'with the flags that Fedora uses',
    text: `#!/usr/bin/python3 -sE\n# coding: latin-1\n${body}`,
    expected: { flags: [0, 1, 1] },
  },
  {
    name: 'with flags that env splits',
    text: `#!/usr/bin/env -S python3 -I -u\n# coding: latin-1\n${body}`,
    expected: { flags: [1, 1, 1] },
  },
  {
    name: 'with a flag that a shell would split',
    text: `#!/usr/bin/python3 -Wignore:it's $HOME\n# coding: latin-1\n${body}`,
    expected: {},
  },
];

const shells = [['dash'], ['bash', '--posix'], ['busybox', 'sh']];

describe('a relocated script', () => {
  const directory = scratch();
  const bin = join(directory, 'tr$ee/bin');
  mkdirSync(bin, { recursive: true });
  symlinkSync('/usr/bin/python3', join(bin, 'python3'));
  symlinkSync(join(bin, 'tool'), join(directory, 'link'));
  symlinkSync('link', join(directory, 'again'));
  symlinkSync(bin, join(directory, 'folder'));
  // The directory of the links contains another Python.
  writeFileSync(join(directory, 'python3'), '#!/bin/sh\necho wrong\n', { mode: 0o755 });

  const write = (text: string) => {
    writeFileSync(join(bin, 'tool'), relocateScript(Buffer.from(text, 'latin1')));
    chmodSync(join(bin, 'tool'), 0o755);
  };
  const said = ({ code, stdout, stderr }: ProcessResult): Said => {
    assert.equal(code, 0, stderr);
    assert.equal(stderr, '');
    return JSON.parse(stdout.toString());
  };
  const env = { PATH: '/usr/bin:/bin' };

  for (const [shell = '', ...options] of shells) {
    for (const { name, text, expected } of scripts) {
      test(`works ${name}: ${shell}`, async () => {
        write(text);
        const tool = join(bin, 'tool');
        const found = said(await run(shell, [...options, tool, 'two words', '', '-c', '$HOME'], { env }));
        assert.deepEqual(found.argv, [tool, 'two words', '', '-c', '$HOME']);
        assert.deepEqual({ ...found, ...expected }, found);
      });
    }

    for (const { name, argv, cwd } of [
      { name: 'through a link to it', argv: 'link' },
      { name: 'through a link to a link', argv: './again' },
      { name: 'through a link to its directory', argv: 'folder/tool' },
      { name: 'by a relative path', argv: 'tr$ee/bin/tool' },
      { name: 'by its bare name', argv: 'tool', cwd: 'tr$ee/bin' },
    ]) {
      test(`starts ${name}, and has that name in sys.argv: ${shell}`, async () => {
        write(scripts[0]?.text ?? '');
        const options_ = { env, cwd: join(directory, cwd ?? '') };
        assert.deepEqual(said(await run(shell, [...options, argv, '-x'], options_)).argv, [argv, '-x']);
      });
    }
  }

  test('is started by the kernel through PATH', async () => {
    write(scripts[0]?.text ?? '');
    const found = said(await run('/usr/bin/env', ['tool'], { env: { PATH: `${bin}:/usr/bin:/bin` } }));
    assert.deepEqual(found.argv, [join(bin, 'tool')]);
  });

  test('is still a Python script if Python runs it', async () => {
    write(scripts[1]?.text ?? '');
    const found = said(await run('/usr/bin/python3', [join(bin, 'tool')], { env }));
    assert.equal(found.doc, 'What it does.');
  });

  test('has the same bytes after its first lines', () => {
    const rest = Buffer.from(Array.from({ length: 256 }, (_, index) => index));
    const script = Buffer.concat([Buffer.from('#!/usr/bin/python3\nimport x\n'), rest]);
    const relocated = relocateScript(script);
    assert.ok(relocated.subarray(relocated.length - rest.length).equals(rest));
  });
});

describe('a relocated script in another directory than bin', () => {
  const directory = scratch();
  const path = "share/an app's/main";
  const tree = join(directory, 'a tree');
  for (const folder of [
    'tree/bin',
    'tree/libexec',
    "tree/share/an app's",
    'usr/share',
    'usr/bin',
    'other/bin',
  ])
    mkdirSync(join(directory, folder.replace(/^tree/, 'a tree')), { recursive: true });
  mkdirSync(join(directory, 'other/libexec'));
  const script = `#!/usr/bin/env -S A=1 python3 -I\nimport json, os, sys\nprint(json.dumps({"argv": sys.argv, "a": os.environ["A"], "isolated": sys.flags.isolated}))`;
  writeFileSync(join(tree, path), relocateScript(Buffer.from(script), path), { mode: 0o755 });
  symlinkSync('/usr/bin/python3', join(tree, 'bin/python3'));
  symlinkSync(`../${path}`, join(tree, 'bin/tool'));
  for (const top of [tree, join(directory, 'other')]) writeFileSync(join(top, 'libexec/ld.so'), '');
  // Another Python is where the links would lead to.
  for (const other of ['usr/bin/python3', 'other/bin/python3'])
    writeFileSync(join(directory, other), '#!/bin/sh\necho wrong\n', { mode: 0o755 });
  symlinkSync('../../a tree/bin/tool', join(directory, 'usr/bin/tool'));
  symlinkSync('../../a tree/bin/tool', join(directory, 'other/bin/tool'));
  symlinkSync(join(tree, "share/an app's"), join(directory, "usr/share/an app's"));
  const env = { PATH: '/usr/bin:/bin' };

  for (const [shell = '', ...options] of shells) {
    for (const { name, argv, cwd = '' } of [
      { name: 'by its path', argv: join(tree, path) },
      { name: 'by a relative path', argv: `a tree/${path}` },
      { name: 'from its own directory', argv: './main', cwd: `a tree/${dirname(path)}` },
      { name: 'by its bare name', argv: 'main', cwd: `a tree/${dirname(path)}` },
      { name: 'by a path with dots', argv: `a tree/share/../${path}` },
      { name: 'through a link in bin', argv: join(tree, 'bin/tool') },
      { name: 'through a link in bin, from there', argv: './tool', cwd: 'a tree/bin' },
      { name: 'through a link to a link, beside another Python', argv: 'usr/bin/tool' },
      { name: 'through a link in another tree', argv: 'other/bin/tool' },
      { name: 'through a link to its directory, beside another Python', argv: `usr/${path}` },
    ]) {
      test(`starts ${name}: ${shell}`, async () => {
        const where = { env, cwd: join(directory, cwd) };
        const { code, stdout, stderr } = await run(shell, [...options, argv, 'two words'], where);
        assert.equal(code, 0, stderr);
        assert.equal(stderr, '');
        assert.deepEqual(JSON.parse(stdout.toString()), { argv: [argv, 'two words'], a: '1', isolated: 1 });
      });
    }

    test(`starts by its path and by a link in bin without any other program: ${shell}`, async () => {
      for (const argv of [join(tree, path), join(tree, 'bin/tool')]) {
        const { code, stderr } = await run(
          shell === 'busybox' ? '/bin/busybox' : `/bin/${shell}`,
          [...options, argv],
          {
            env: { PATH: '/nowhere' },
          },
        );
        assert.equal(code, 0, stderr);
      }
    });

    test(`does not start any program if it needs readlink and the machine has none: ${shell}`, async () => {
      if (shell === 'busybox') return;
      const { code, stdout } = await run(`/bin/${shell}`, [...options, join(directory, 'usr/bin/tool')], {
        env: { PATH: '/nowhere' },
      });
      assert.notEqual(code, 0);
      assert.equal(stdout.toString(), '');
    });
  }
});
