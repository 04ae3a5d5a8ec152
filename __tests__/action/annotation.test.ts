import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { asInput, errorAnnotation } from '../../src/action/annotation.ts';
import { type ErrorCode, RelopackError } from '../../src/common/error.ts';
import { type Message, message, option, spell } from '../../src/common/message.ts';

describe('an annotation', () => {
  const cases: { name: string; code: ErrorCode; remedy: Message; shown: string }[] = [
    {
      name: 'names the input where the command has an option',
      code: 'output',
      remedy: message`Give another path with ${option('output')}.`,
      shown: "It went wrong\nGive another path with 'output'.",
    },
    {
      name: 'writes a negated option as an input',
      code: 'verify-failed',
      remedy: message`Pack with ${option('verify', false)}.`,
      shown: "It went wrong\nPack with 'verify: false'.",
    },
    {
      name: 'leaves the options of other programs as they are',
      code: 'library-missing',
      remedy: 'dnf --refresh install zlib',
      shown: 'It went wrong\ndnf --refresh install zlib',
    },
    {
      name: 'asks for a container if there is no RPM database',
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

describe('in the form of a workflow', () => {
  const cases: { name: string; said: Message; shown: string }[] = [
    {
      name: 'an option with a value is the input with that value',
      said: message`${option('exclude', '/usr/lib64/**')} matches no file`,
      shown: "'exclude: /usr/lib64/**' matches no file",
    },
    {
      name: 'a version is a value too',
      said: message`Pack that Python (${option('python', '3.12')}), or install the module.`,
      shown: "Pack that Python ('python: 3.12'), or install the module.",
    },
    {
      name: 'a switch is true if it is not negated',
      said: message`six: none of its files is packed. Use ${option('tests')} for tests, ${option('include')} for anything else`,
      shown: "six: none of its files is packed. Use 'tests: true' for tests, 'include' for anything else",
    },
    {
      name: 'the word after an option is not its value',
      said: message`${option('exclude')} leaves out /usr/bin/python3.9; ${option('strict', true)} 3 times`,
      shown: "'exclude' leaves out /usr/bin/python3.9; 'strict: true' 3 times",
    },
    {
      name: 'the names of files stay as they are',
      said: '/usr/lib/a--tests and ---include --tests-of-mine',
      shown: '/usr/lib/a--tests and ---include --tests-of-mine',
    },
  ];
  for (const { name, said, shown } of cases) {
    test(name, () => {
      assert.equal(spell(said, asInput), shown);
      assert.match(errorAnnotation(new RelopackError('usage', said, said)).message, /^(.*)\n\1$/);
      assert.ok(errorAnnotation(new RelopackError('usage', said, '')).message.startsWith(shown));
    });
  }
});
