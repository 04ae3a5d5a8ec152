import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Manifest } from '../../src/manifest/manifest.ts';
import { type PackedTree, packTree, relopack } from '../support/packed/packed.ts';
import { must } from '../support/run.ts';
import { scratch } from '../support/scratch.ts';

describe('verify', () => {
  let packed: PackedTree;
  const directory = scratch();
  let hostLibrary: string;
  before(async () => {
    packed = await packTree(['pyyaml'], ['--no-verify']);
    const { stdout } = await must('ldd', ['/bin/ls']);
    hostLibrary = /=> (\/\S*libpcre2-\S+)/.exec(stdout.toString())?.[1] ?? '';
  });
  after(() => packed?.remove());

  /** Edits the manifest, like somebody who wants to hide a change. */
  function editManifest(tree: string, edit: (manifest: Manifest) => void): void {
    const path = join(tree, 'manifest.json');
    const manifest: Manifest = JSON.parse(readFileSync(path, 'utf8'));
    edit(manifest);
    writeFileSync(path, JSON.stringify(manifest));
  }

  /** Replaces a file and its digest in the manifest. */
  function replace(tree: string, path: string, content: string): void {
    writeFileSync(join(tree, path), content);
    editManifest(tree, ({ files }) => {
      const file = files.find((one) => one.path === path);
      if (file !== undefined) file.sha256 = createHash('sha256').update(content).digest('hex');
    });
  }

  function drop(tree: string, pattern: RegExp): void {
    editManifest(tree, (manifest) => {
      for (const { path } of manifest.files.filter((file) => pattern.test(file.path)))
        rmSync(join(tree, path));
      manifest.files = manifest.files.filter(({ path }) => !pattern.test(path));
    });
  }

  const yaml = (tree: string): string => {
    const found = readdirSync(tree, { recursive: true })
      .map(String)
      .find((path) => path.endsWith('/yaml/__init__.py'));
    return found ?? assert.fail('no yaml');
  };
  /** Puts a statement into yaml, which runs when it is imported. */
  const inYaml = (tree: string, statement: string) => {
    drop(tree, /\/yaml\/__pycache__\/__init__\./);
    replace(tree, yaml(tree), `${statement}\n`);
  };

  const cases: { name: string; sabotage: (tree: string) => void; problem: () => RegExp }[] = [
    {
      name: 'a file that was changed',
      sabotage: (tree) => appendFileSync(join(tree, yaml(tree)), '\n'),
      problem: () => /yaml\/__init__\.py is not what the manifest says/,
    },
    {
      name: 'a file that was removed',
      sabotage: (tree) => rmSync(join(tree, yaml(tree))),
      problem: () => /yaml\/__init__\.py is missing, though it is in the manifest/,
    },
    {
      name: 'a file that the manifest does not list',
      sabotage: (tree) => writeFileSync(join(tree, 'lib64/extra.py'), ''),
      problem: () => /lib64\/extra\.py is not in the manifest/,
    },
    {
      name: 'a manifest that is not JSON',
      sabotage: (tree) => writeFileSync(join(tree, 'manifest.json'), '{"files": ['),
      problem: () => /relopack did not write its manifest\.json/,
    },
    {
      name: 'a manifest of another program',
      sabotage: (tree) => writeFileSync(join(tree, 'manifest.json'), '{"files": {}, "modules": 3}'),
      problem: () => /relopack did not write its manifest\.json/,
    },
    {
      name: 'a manifest that names a program outside as its Python',
      sabotage: (tree) =>
        editManifest(tree, (manifest) => {
          manifest.python.executable = '../../../../bin/ls';
        }),
      problem: () => /relopack did not write its manifest\.json/,
    },
    {
      name: 'a link that leads elsewhere',
      sabotage: (tree) => {
        const link = join(tree, 'lib64/libyaml-0.so.2');
        rmSync(link);
        symlinkSync('libc.so.6', link);
      },
      problem: () => /lib64\/libyaml-0\.so\.2 is not what the manifest says/,
    },
    {
      name: 'a library that is missing, also in the manifest',
      sabotage: (tree) => drop(tree, /\/libyaml-0\.so/),
      problem: () => /_yaml\S+ needs libyaml-0\.so\.2, which is not in the archive/,
    },
    {
      name: 'a library that ld.so finds in place of the one in the manifest',
      sabotage: (tree) =>
        editManifest(tree, ({ files }) => {
          const module = files.find(({ path }) => /\/_yaml\.[^/]+\.so$/.test(path));
          if (module !== undefined) module.needs = { 'libyaml-0.so.2': 'lib64/libc.so.6' };
        }),
      problem: () =>
        /_yaml\S+ needs libyaml-0\.so\.2: ld\.so finds \S+\/lib64\/libyaml-0\.so\.2, but \S+\/lib64\/libc\.so\.6 was packed for it/,
    },
    {
      name: 'a module that cannot be imported',
      sabotage: (tree) => inYaml(tree, 'raise RuntimeError("broken")'),
      problem: () => /import yaml: RuntimeError: broken/,
    },
    {
      name: 'a module that exits the interpreter',
      sabotage: (tree) => inYaml(tree, 'import os; os._exit(3)'),
      problem: () => /the packed Python exited with code 3/,
    },
    {
      name: 'a module that prints when it is imported, which is allowed',
      sabotage: (tree) => inYaml(tree, 'print("hello")'),
      problem: () => /^$/,
    },
    {
      name: 'a module that makes executable memory, which is allowed',
      sabotage: (tree) =>
        inYaml(
          tree,
          'import mmap, os; f = os.memfd_create("libffi"); os.truncate(f, 4096); m = mmap.mmap(f, 4096, prot=5)',
        ),
      problem: () => /^$/,
    },
    {
      name: 'a module that reads stdin and writes into its home, which is allowed: stdin is empty, and home is temporary',
      sabotage: (tree) =>
        inYaml(
          tree,
          `
import pathlib, sys, tempfile
assert sys.stdin.read() == ""
scratch = pathlib.Path(sys.prefix).parents[1]
(pathlib.Path.home() / "cache").mkdir()
assert scratch in pathlib.Path.home().parents, pathlib.Path.home()
assert scratch in pathlib.Path(tempfile.mkdtemp()).parents`,
        ),
      problem: () => /^$/,
    },
    {
      name: 'a library of this machine that is loaded',
      sabotage: (tree) => inYaml(tree, `import ctypes; ctypes.CDLL("${hostLibrary}")`),
      problem: () => new RegExp(`${basename(hostLibrary).replaceAll('.', '\\.')}`),
    },
    {
      name: 'a path outside the archive on sys.path',
      sabotage: (tree) => inYaml(tree, 'import sys; sys.path.append("/usr/local")'),
      problem: () => /\/usr\/local is outside the archive, but Python uses it/,
    },
    {
      name: 'a line of code in a .pth file that puts a path outside the archive on sys.path',
      sabotage: (tree) => {
        const path = yaml(tree).replace('yaml/__init__.py', 'vendor.pth');
        const line = 'import sys; sys.path.append("/opt/vendor")\n';
        editManifest(tree, ({ files }) =>
          files.push({ path, type: 'file', mode: '0644', reason: 'by the test' }),
        );
        replace(tree, path, line);
      },
      problem: () =>
        /\/opt\/vendor is outside the archive, but this line puts it .*vendor\.pth, line 1: import/,
    },
    {
      name: 'a sys.executable that does not start the packed Python',
      sabotage: (tree) => inYaml(tree, 'import sys; sys.executable = sys.prefix + "/bin/nothing"'),
      problem: () => /a child process started by sys\.executable: FileNotFoundError/,
    },
  ];

  for (const { name, sabotage, problem } of cases) {
    test(`finds ${name}`, async () => {
      const tree = join(directory, 'tree', basename(packed.tree));
      cpSync(packed.tree, tree, { recursive: true, verbatimSymlinks: true });
      sabotage(tree);
      const archive = join(directory, 'sabotaged.tar.gz');
      await must('tar', ['-czf', archive, '--sort=name', '-C', join(directory, 'tree'), basename(tree)]);
      rmSync(join(directory, 'tree'), { recursive: true });
      const { code, stderr } = await relopack(['verify', archive, '--quiet']);
      const expected = problem();
      if (expected.source === '^$') return assert.equal(code, 0, stderr);
      assert.equal(code, 1, stderr);
      assert.match(stderr, /^relopack: the archive failed verification: /);
      assert.match(stderr, expected);
    });
  }

  test('starts nothing with --no-start', async () => {
    const { code, stdout, stderr } = await relopack(['verify', packed.archive, '--no-start', '--json']);
    assert.equal(code, 0, stderr);
    const { checks } = JSON.parse(stdout.toString());
    const names = checks.map(({ name }: { name: string }) => name);
    assert.deepEqual(names, ['checksum', 'files', 'libraries']);
  });

  for (const [name, named] of [
    ['a link', 'link'],
    ['relative', 'real'],
  ] as const) {
    test(`passes if TMPDIR is ${name}`, async () => {
      mkdirSync(join(directory, 'real'), { recursive: true });
      rmSync(join(directory, 'link'), { force: true });
      symlinkSync('real', join(directory, 'link'));
      const env = { TMPDIR: name === 'relative' ? named : join(directory, named) };
      const { code, stderr } = await relopack(['verify', packed.archive, '--quiet'], env, directory);
      assert.equal(code, 0, stderr);
    });
  }

  test('names TMPDIR if it does not exist', async () => {
    const { code, stderr } = await relopack(['verify', packed.archive, '--quiet'], { TMPDIR: '/nowhere' });
    assert.equal(code, 1);
    assert.match(stderr, /^relopack: no temporary file can be made in \/nowhere: .*\nLet TMPDIR name .*\n$/);
  });

  test('names each check that an archive has passed', async () => {
    const { code, stdout } = await relopack(['verify', packed.archive, '--json']);
    assert.equal(code, 0);
    const { checks } = JSON.parse(stdout.toString());
    const names = checks.map(({ name }: { name: string }) => name);
    assert.deepEqual(names, ['checksum', 'files', 'libraries', 'imports', 'children', 'isolation']);
  });

  test('refuses a truncated archive', async () => {
    const cut = join(directory, 'cut.tar.gz');
    cpSync(packed.archive, cut);
    truncateSync(cut, 5_000_000);
    const { code, stderr } = await relopack(['verify', cut, '--quiet']);
    assert.equal(code, 1);
    assert.match(stderr, /the archive is malformed: /);
  });

  test('leaves nothing in the temporary directory', async () => {
    const place = mkdtempSync(join(directory, 'tmp-'));
    for (const [archive, expected] of [
      [packed.archive, 0],
      [join(directory, 'cut.tar.gz'), 1],
    ] as const) {
      assert.equal((await relopack(['verify', archive, '--quiet'], { TMPDIR: place })).code, expected);
      assert.deepEqual(readdirSync(place), []);
    }
  });

  test('ignores the variables of the user', async () => {
    const env = {
      PYTHONPATH: '/nowhere',
      PYTHONHOME: '/nowhere',
      LD_LIBRARY_PATH: '/usr/lib',
      PYTHONSTARTUP: '/x',
    };
    const { code, stderr } = await relopack(['verify', packed.archive, '--quiet'], env);
    assert.equal(code, 0, stderr);
  });
});
