import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { hasFlag, readCall } from '../../src/cli/arguments.ts';
import { RelopackError } from '../../src/common/error.ts';

describe('the command line', () => {
  test('is a command and its modules, which commas separate', () => {
    const { command, operands, options } = readCall(['pack', 'a,b', '/c,d', 'e'], undefined);
    assert.equal(command, 'pack');
    assert.deepEqual(operands, ['a,b', '/c,d', 'e']);
    assert.deepEqual(options.modules, ['a', 'b', '/c,d', 'e']);
  });

  const values: { name: string; words: string[]; read: Record<string, string> }[] = [
    {
      name: 'a value in the next word',
      words: ['--output', 'x', '--python', '3.12'],
      read: { output: 'x', python: '3.12' },
    },
    { name: 'a value after =', words: ['--output=x'], read: { output: 'x' } },
    { name: 'a value after = that looks like an option', words: ['--output=-x'], read: { output: '-x' } },
    { name: 'a value after = that is a dash', words: ['--output=-'], read: { output: '-' } },
    { name: 'a negative number after =', words: ['--prefix=-1'], read: { prefix: '-1' } },
    { name: 'a value with =', words: ['--prefix=a=b'], read: { prefix: 'a=b' } },
    { name: 'a short option', words: ['-o', 'x'], read: { output: 'x' } },
    { name: 'a short option with its value in the same word', words: ['-ox'], read: { output: 'x' } },
    {
      name: 'switches',
      words: ['--tests', '--no-verify', '--no-scripts', '--scripts'],
      read: { tests: 'true', verify: 'false', scripts: 'true' },
    },
    { name: 'an option given twice: the last wins', words: ['-o', 'x', '-o', 'y'], read: { output: 'y' } },
  ];
  for (const { name, words, read } of values) {
    for (const [place, line] of [
      ['after the command', ['pack', ...words]],
      ['before the command', [...words, 'pack']],
    ] as const) {
      test(`can have ${name}, ${place}`, () => {
        const { command, options } = readCall(line, undefined);
        assert.equal(command, 'pack');
        assert.deepEqual(Object.fromEntries(options.values), read);
      });
    }
  }

  test('keeps the order of globs', () => {
    const words = ['plan', '--include', 'a', '--exclude', 'b', '--include=c', '--exclude', 'd'];
    assert.deepEqual(readCall(words, undefined).options.globs, [
      { kind: 'include', pattern: 'a' },
      { kind: 'exclude', pattern: 'b' },
      { kind: 'include', pattern: 'c' },
      { kind: 'exclude', pattern: 'd' },
    ]);
  });

  test('has no option after --', () => {
    const { operands, flags, options } = readCall(['verify', '--quiet', '--', '--json', '-o'], undefined);
    assert.deepEqual(operands, ['--json', '-o']);
    assert.deepEqual([...flags], ['quiet']);
    assert.equal(options.values.size, 0);
    assert.equal(hasFlag(['verify', '--quiet', '--', '--json'], 'quiet'), true);
    assert.equal(hasFlag(['verify', '--quiet', '--', '--json'], 'json'), false);
  });

  test('can have the flags of every command, with any command and without one', () => {
    for (const words of [['-h'], ['pack', '--help'], ['--help', 'verify']])
      assert.ok(readCall(words, undefined).flags.has('help'));
    assert.ok(readCall(['--version'], undefined).flags.has('version'));
  });

  const refused: { words: string[]; message: string; remedy: RegExp }[] = [
    { words: ['pack', '--output'], message: '--output needs a value', remedy: /--help/ },
    { words: ['pack', '--output='], message: '--output needs a value', remedy: /--help/ },
    { words: ['pack', '-o'], message: '--output needs a value', remedy: /--help/ },
    { words: ['pack', '--output', '--quiet'], message: '--output needs a value', remedy: /--help/ },
    { words: ['pack', '--output', '-x'], message: '--output needs a value', remedy: /--help/ },
    { words: ['pack', '--output', '-'], message: '--output needs a value', remedy: /--help/ },
    { words: ['pack', '-o', '-'], message: '--output needs a value', remedy: /--help/ },
    {
      words: ['pack', '--compression-level', '-1'],
      message: '--compression-level needs a value',
      remedy: /--help/,
    },
    { words: ['pack', '-1'], message: 'unknown option -1', remedy: /--help/ },
    { words: ['pack', '--exclude', '--', 'a'], message: '--exclude needs a value', remedy: /--help/ },
    {
      words: ['pack', '--verify=true'],
      message: '--verify cannot have a value',
      remedy: /^Give --verify or --no-verify\.$/,
    },
    {
      words: ['pack', '--no-verify=true'],
      message: '--no-verify cannot have a value',
      remedy: /^Give --verify or --no-verify\.$/,
    },
    { words: ['pack', '--json=1'], message: '--json cannot have a value', remedy: /^Give --json\.$/ },
    {
      words: ['pack', '--ouput', 'x'],
      message: 'unknown option --ouput',
      remedy: /^Did you mean --output\?/,
    },
    { words: ['pack', '--ouput=x'], message: 'unknown option --ouput', remedy: /^Did you mean --output\?/ },
    {
      words: ['--stat', 'verify', 'x'],
      message: 'unknown option --stat',
      remedy: /^Did you mean --start\?/,
    },
    {
      words: ['--foo', 'verify', '--strict'],
      message: 'unknown option --foo',
      remedy: /^relopack --help lists all options\.$/,
    },
    {
      words: ['--stat', 'pack'],
      message: 'unknown option --stat',
      remedy: /^relopack --help lists all options\.$/,
    },
    { words: ['pack', '--no-output'], message: 'unknown option --no-output', remedy: /--help/ },
    { words: ['pack', '--no-json'], message: 'unknown option --no-json', remedy: /--help/ },
    { words: ['pack', '-x'], message: 'unknown option -x', remedy: /--help/ },
    { words: ['verify', '--no-verify'], message: 'verify has no option --no-verify', remedy: /--help/ },
    { words: ['--no-start', 'plan'], message: 'plan has no option --no-start', remedy: /--help/ },
  ];
  for (const { words, message, remedy } of refused) {
    test(`is refused: ${words.join(' ')}`, () => {
      assert.throws(
        () => readCall(words, undefined),
        (error) => {
          assert.ok(error instanceof RelopackError, String(error));
          assert.deepEqual([error.code, error.message], ['usage', message]);
          assert.match(error.remedy, remedy);
          return true;
        },
      );
    });
  }
});
