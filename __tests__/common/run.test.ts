import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { run } from '../../src/common/run.ts';

describe('a program that is run', () => {
  it('finds its stdin at the end, and does not wait for whoever runs it', async () => {
    const { code, stdout } = await run('/bin/cat', []);
    assert.deepEqual({ code, stdout: stdout.toString() }, { code: 0, stdout: '' });
  });

  it('gets its words as they are, and has the directory and the environment that it was given', async () => {
    const script = 'printf "%s|" "$@" "$X" "$(pwd)"';
    const { stdout } = await run('/bin/sh', ['-c', script, 'sh', 'a b', '"\\', ''], {
      cwd: '/usr',
      env: { X: '$y', PATH: '/usr/bin:/bin' },
    });
    assert.equal(stdout.toString(), 'a b|"\\||$y|/usr|');
  });

  it('is looked for on PATH', async () => {
    assert.equal((await run('env', ['echo', 'found'])).stdout.toString(), 'found\n');
  });

  it('leaves its exit code and all of both streams', async () => {
    const { code, stdout, stderr } = await run('/bin/sh', [
      '-c',
      'head -c 1000000 /dev/zero; echo no >&2; exit 3',
    ]);
    assert.deepEqual({ code, size: stdout.length, stderr }, { code: 3, size: 1_000_000, stderr: 'no\n' });
  });

  it('has the exit code that a shell gives it where a signal ends it', async () => {
    assert.equal((await run('/bin/sh', ['-c', 'kill -KILL $$'])).code, 128 + 9);
  });

  it('is over when it has ended, whatever it left running with its streams', async () => {
    const begun = performance.now();
    const { code, stdout } = await run('/bin/sh', ['-c', 'sleep 60 & echo done']);
    assert.deepEqual({ code, stdout: stdout.toString() }, { code: 0, stdout: 'done\n' });
    assert.ok(performance.now() - begun < 50_000);
  });

  it('is killed where it says nothing on stdout for longer than it may', async () => {
    const script = 'echo here; while :; do echo chatter >&2; sleep 0.2; done';
    const { silent, code, stdout } = await run('/bin/sh', ['-c', script], { silence: 1000 });
    assert.deepEqual(
      { silent, code, stdout: stdout.toString() },
      { silent: true, code: 137, stdout: 'here\n' },
    );
  });

  it('may take longer as a whole', async () => {
    const script = 'for i in 1 2 3 4; do sleep 0.5; echo $i; done';
    const { silent, code } = await run('/bin/sh', ['-c', script], { silence: 1500 });
    assert.deepEqual({ silent, code }, { silent: false, code: 0 });
  });

  for (const [name, file, cwd] of [
    ['that is not there', '/nowhere/program', '/'],
    ['that is no program', '/etc/passwd', '/'],
    ['in a directory that is not there', '/bin/true', '/nowhere'],
  ] as const) {
    it(`${name} is an error, not a result`, async () => {
      await assert.rejects(run(file, [], { cwd }), new RegExp(`spawn ${file} `));
    });
  }
});
