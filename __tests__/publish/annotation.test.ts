import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type ErrorCode, RelopackError } from '../../src/error.ts';
import { errorAnnotation } from '../../src/publish/annotation.ts';

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
