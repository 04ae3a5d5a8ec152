import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { errorAnnotation, inInputs } from '../../src/action/annotation.ts';
import { type ErrorCode, RelopackError } from '../../src/common/error.ts';

describe('an annotation', () => {
  const cases: { name: string; code: ErrorCode; remedy: string; shown: string }[] = [
    {
      name: 'speaks of the input where the command has an option',
      code: 'output',
      remedy: 'Give another path with --output.',
      shown: "It went wrong\nGive another path with 'output'.",
    },
    {
      name: 'says how a negated option is written as an input',
      code: 'verify-failed',
      remedy: 'Pack with --no-verify.',
      shown: "It went wrong\nPack with 'verify: no'.",
    },
    {
      name: 'leaves the options of other programs as they are',
      code: 'library-missing',
      remedy: 'dnf --refresh install zlib',
      shown: 'It went wrong\ndnf --refresh install zlib',
    },
    {
      name: 'asks for a container where there is no RPM database',
      code: 'rpm-missing',
      remedy: 'Install rpm.',
      shown: 'It went wrong\nInstall rpm.\nDoes the job have a container, such as container: fedora:latest?',
    },
  ];
  for (const { name, code, remedy, shown } of cases) {
    test(name, () => {
      const { title, message } = errorAnnotation(new RelopackError(code, 'It went wrong', remedy));
      assert.equal(message, shown);
      assert.match(title, /^\S.+\S$/);
    });
  }
});

describe('in the words of a workflow', () => {
  const cases: { name: string; said: string; shown: string }[] = [
    {
      name: 'an option with a value is the input with that value',
      said: "--exclude '/usr/lib64/**' matches no file",
      shown: "'exclude: /usr/lib64/**' matches no file",
    },
    {
      name: 'a version is a value too',
      said: 'Pack that Python (--python 3.12), or install the module.',
      shown: "Pack that Python ('python: 3.12'), or install the module.",
    },
    {
      name: 'what is yes or no is yes where it is not negated',
      said: 'six: no file of it goes in. Tests do with --tests, anything else with --include',
      shown: "six: no file of it goes in. Tests do with 'tests: yes', anything else with 'include'",
    },
    {
      name: 'a word that follows is no value',
      said: '--exclude leaves out /usr/bin/python3.9; --strict 3 times',
      shown: "'exclude' leaves out /usr/bin/python3.9; 'strict: yes' 3 times",
    },
    {
      name: 'names of files stay what they are',
      said: '/usr/lib/a--tests and ---include --tests-of-mine',
      shown: '/usr/lib/a--tests and ---include --tests-of-mine',
    },
  ];
  for (const { name, said, shown } of cases) {
    test(name, () => {
      assert.equal(inInputs(said), shown);
      assert.match(errorAnnotation(new RelopackError('usage', said, said)).message, /^(.*)\n\1$/);
      assert.ok(errorAnnotation(new RelopackError('usage', said, '')).message.startsWith(shown));
    });
  }
});
