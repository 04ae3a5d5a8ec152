import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { inTurn } from '../../src/archive/turn.ts';
import { scratch } from '../support/scratch.ts';

const [namespace = ''] = /\d+/.exec(readlinkSync('/proc/self/ns/pid')) ?? [];

describe('a turn', () => {
  it('is given at once if nobody else has one, and leaves nothing', async () => {
    const directory = scratch();
    const seen = await inTurn(join(directory, 'a'), () => readdirSync(directory));
    assert.equal(seen.length, 1);
    assert.deepEqual(readdirSync(directory), []);
  });

  it('is not prevented by a turn for another file', async () => {
    const directory = scratch();
    writeFileSync(join(directory, `.a.lock.${namespace}-1-00000000`), '');
    assert.equal(await inTurn(join(directory, 'b'), () => 'done'), 'done');
  });

  it('waits for another run, until that ends or is killed', async () => {
    const directory = scratch();
    const other = spawn('sleep', ['60'], { stdio: 'ignore' });
    writeFileSync(join(directory, `.a.lock.${namespace}-${other.pid}-00000000`), '');
    const turn = inTurn(join(directory, 'a'), () => 'done');
    assert.equal(await Promise.race([turn, setTimeout(1000, 'waits')]), 'waits');
    other.kill('SIGKILL');
    await once(other, 'exit');
    assert.equal(await turn, 'done');
    assert.deepEqual(readdirSync(directory), []);
  });

  it('is refused if another run does not end', async () => {
    const directory = scratch();
    writeFileSync(join(directory, `.a.lock.${namespace}-1-00000000`), '');
    const refused = {
      code: 'output',
      message: /^cannot write .*\/a: another run is writing it$/,
      remedy: /^Wait /,
    };
    await assert.rejects(
      inTurn(join(directory, 'a'), () => assert.fail('not its turn')),
      refused,
    );
  });
});
