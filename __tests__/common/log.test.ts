import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { StageTimer } from '../../src/common/log.ts';

describe('the timer of stages', () => {
  test('runs from the beginning of a stage to its end', () => {
    const timer = new StageTimer();
    assert.equal(timer.running, false);
    timer.begin('Planning');
    assert.equal(timer.running, true);
    timer.end('done');
    assert.equal(timer.running, false);
  });

  test('writes the line of each stage, with the time of this stage alone', (context) => {
    const times = [1000, 3500, 10_000, 10_100];
    context.mock.method(performance, 'now', () => times.shift());
    const timer = new StageTimer();
    timer.begin('Planning');
    assert.equal(timer.end('12 packages'), 'Planning: 12 packages (2.5 s)');
    timer.begin('Packing');
    assert.equal(timer.end('failed'), 'Packing: failed (0.1 s)');
  });
});
