import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { environmentArguments } from '../../../src/common/run/environment.ts';

describe('the arguments of env(1)', () => {
  test('remove what a shell adds', () => {
    assert.deepEqual(environmentArguments({ PATH: '/bin' }), [
      ...['-u', '_', '-u', 'OLDPWD', '-u', 'PWD', '-u', 'SHLVL', '--'],
    ]);
  });

  test('have the variables that a shell changes, and no other, which might be secret', () => {
    const env = { _: 'a', OLDPWD: 'b', PWD: 'c', SHLVL: '1', 'INPUT_A-B': 'd e', TOKEN: 'f', IFS: ' ' };
    assert.deepEqual(environmentArguments(env), [
      ...['--', '_=a', 'OLDPWD=b', 'PWD=c', 'SHLVL=1', 'INPUT_A-B=d e', 'IFS= '],
    ]);
  });
});
