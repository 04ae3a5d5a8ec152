import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { quotedShellWord, shellWord } from '../../src/common/shell-word.ts';
import { must } from '../support/run.ts';

describe('a word of a shell', () => {
  for (const word of ['-s', 'a=b', '/usr/lib64', 'https://a.b', '3.12,3.13'])
    test(`is not quoted if that is not necessary: ${word}`, () => assert.equal(shellWord(word), word));

  for (const word of ['', 'a b', "it's", "''", '$HOME', '`id`', 'a\\b', '*', '~', '#', 'a;b', 'a\nb', 'ü']) {
    test(`is what the shell reads: ${JSON.stringify(word)}`, async () => {
      for (const written of [shellWord(word), quotedShellWord(word)]) {
        const { stdout } = await must('/bin/sh', ['-c', `printf %s ${written}`]);
        assert.equal(stdout.toString(), word);
      }
      assert.match(shellWord(word), /^'/);
    });
  }
});
