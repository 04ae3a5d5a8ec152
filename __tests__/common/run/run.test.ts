import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { type RunOptions, run } from '../../../src/common/run/run.ts';
import { must, run as runTest } from '../../support/run.ts';
import { scratch } from '../../support/scratch.ts';

const source = join(import.meta.dirname, '../../../src/common/run/run.ts');

/** A script for Node that starts a program by `run`, and then does what `then` says. */
function starter(program: string[], then = '', options = {}): string[] {
  const [file, ...args] = program.map((word) => JSON.stringify(word));
  const text = `
    import { run } from ${JSON.stringify(source)};
    await run(${file}, [${args}], ${JSON.stringify(options)});
    ${then}`;
  return ['--input-type=module', '--eval', text];
}

describe('a program', () => {
  it('has a stdin at end of file', async () => {
    const { code, stdout } = await run('/bin/cat', []);
    assert.deepEqual({ code, stdout: stdout.toString() }, { code: 0, stdout: '' });
  });

  it('gets its arguments unchanged, and the given directory and environment', async () => {
    const script = 'printf "%s|" "$@" "$X" "$(pwd)"';
    const { stdout } = await run('/bin/sh', ['-c', script, 'sh', 'a b', '"\\', ''], {
      cwd: '/usr',
      env: { X: '$y', PATH: '/usr/bin:/bin' },
    });
    assert.equal(stdout.toString(), 'a b|"\\||$y|/usr|');
  });

  it('has no variable but the given ones', async () => {
    const { stdout } = await run('/usr/bin/env', [], { env: { X: '1' } });
    assert.equal(stdout.toString(), 'X=1\n');
  });

  /** Variables that bash or dash changes, drops or uses itself. */
  const odd = {
    SHLVL: '7',
    PWD: '/x',
    OLDPWD: '/y',
    IFS: 'z',
    _: 'a',
    PPID: '3',
    'A-B': "c d'",
    code: '9',
    '-u': 'e',
  };
  /** A script for Node that prints which variables of `odd` a program gets. */
  const showsOdd = `
    import { run } from ${JSON.stringify(source)};
    const { stdout } = await run('/usr/bin/env', [], { env: ${JSON.stringify(odd)} });
    process.stdout.write(stdout);`;
  const sorted = Object.entries(odd)
    .map(([name, value]) => `${name}=${value}`)
    .sort();

  it('has the given variables even if a shell would change or drop them', async () => {
    const { stdout } = await must(process.execPath, ['--input-type=module', '--eval', showsOdd]);
    assert.deepEqual(stdout.toString().trimEnd().split('\n').sort(), sorted);
  });

  it('has them also if sh is bash', async () => {
    const mounted = 'mount --bind "$(command -v bash)" "$(readlink -f /bin/sh)" && exec "$@"';
    const script = ['--input-type=module', '--eval', showsOdd];
    const { stdout } = await must('unshare', ['-m', 'bash', '-c', mounted, '', process.execPath, ...script]);
    assert.deepEqual(stdout.toString().trimEnd().split('\n').sort(), sorted);
  });

  it('may have = in its path', async () => {
    const path = join(scratch(), 'a=b');
    writeFileSync(path, '#!/bin/sh\necho "$0 $1"\n', { mode: 0o755 });
    assert.equal((await run(path, ['x=y'])).stdout.toString(), `${path} x=y\n`);
  });

  it('has no open file that a program without a helper would not have', async () => {
    const list = ['-c', 'ls /proc/$$/fd'];
    const { stdout } = await run('/bin/sh', list);
    assert.equal(stdout.toString(), (await runTest('/bin/sh', list)).stdout.toString());
  });

  it('ignores no signal', async () => {
    const { stdout } = await run('grep', ['SigIgn', '/proc/self/status']);
    assert.match(stdout.toString(), /^SigIgn:\s0+$/m);
  });

  it('is looked for on PATH', async () => {
    assert.equal((await run('env', ['echo', 'found'])).stdout.toString(), 'found\n');
  });

  it('has exit code 127 if it is not on PATH', async () => {
    const { code, stdout, stderr } = await run('no-such-program', []);
    assert.deepEqual({ code, stdout: stdout.toString() }, { code: 127, stdout: '' });
    assert.match(stderr, /no-such-program.*not found/);
  });

  it('has exit code 126 if the system refuses to execute it', async () => {
    const { code, stdout, stderr } = await run('/usr', []);
    assert.deepEqual({ code, stdout: stdout.toString() }, { code: 126, stdout: '' });
    assert.match(stderr, /Permission denied/);
  });

  it('returns its exit code and all of both streams', async () => {
    const { code, stdout, stderr } = await run('/bin/sh', [
      '-c',
      'head -c 1000000 /dev/zero; echo no >&2; exit 3',
    ]);
    assert.deepEqual({ code, size: stdout.length, stderr }, { code: 3, size: 1_000_000, stderr: 'no\n' });
  });

  it('returns raw bytes', async () => {
    const { stdout } = await run('/usr/bin/printf', ['\\377\\n\\0\\303']);
    assert.deepEqual(stdout, Buffer.from([0xff, 0x0a, 0, 0xc3]));
  });

  it('returns 30 MB of lines within seconds', async () => {
    const begun = performance.now();
    const { code, stdout } = await run('/bin/sh', ['-c', 'yes "$0" | head -c 30000000', 'x'.repeat(150)]);
    assert.deepEqual({ code, size: stdout.length }, { code: 0, size: 30_000_000 });
    assert.ok(performance.now() - begun < 8000);
  });

  it('starts 300 times without an error', async () => {
    for (let start = 0; start < 300; start++) {
      const { code, stdout, stderr, timedOut } = await run('/bin/true', []);
      assert.deepEqual(
        { code, stdout: stdout.length, stderr, timedOut },
        { code: 0, stdout: 0, stderr: '', timedOut: false },
      );
    }
  });

  for (const [signal, number] of [
    ['HUP', 1],
    ['INT', 2],
    ['QUIT', 3],
    ['KILL', 9],
    ['SEGV', 11],
    ['PIPE', 13],
    ['TERM', 15],
  ] as const) {
    it(`has the exit code of a shell if SIG${signal} ends it, and no word on stderr`, async () => {
      const { code, stderr } = await run('/bin/sh', ['-c', `ulimit -c 0; kill -${signal} $$`]);
      assert.deepEqual({ code, stderr }, { code: 128 + number, stderr: '' });
    });
  }

  it('has ended when it ends, even if a program that it started keeps its streams open', async () => {
    const begun = performance.now();
    const { code, stdout } = await run('/bin/sh', ['-c', 'sleep 60 & echo done']);
    assert.deepEqual({ code, stdout: stdout.toString() }, { code: 0, stdout: 'done\n' });
    assert.ok(performance.now() - begun < 50_000);
  });

  it('is killed if it prints nothing on stdout for longer than allowed', async () => {
    const script = 'echo here; while :; do echo chatter >&2; sleep 0.2; done';
    const { timedOut, code, stdout } = await run('/bin/sh', ['-c', script], { maxSilence: 1000 });
    assert.deepEqual(
      { timedOut, code, stdout: stdout.toString() },
      { timedOut: true, code: 137, stdout: 'here\n' },
    );
  });

  it('is killed even if it ignores every signal that it can', async () => {
    const script = 'trap "" HUP INT QUIT TERM; while :; do sleep 0.2; done';
    const { timedOut, code } = await run('/bin/sh', ['-c', script], { maxSilence: 500 });
    assert.deepEqual({ timedOut, code }, { timedOut: true, code: 137 });
  });

  it('can take longer in total', async () => {
    const script = 'for i in 1 2 3 4; do sleep 0.5; echo $i; done';
    const { timedOut, code } = await run('/bin/sh', ['-c', script], { maxSilence: 1500 });
    assert.deepEqual({ timedOut, code }, { timedOut: false, code: 0 });
  });

  it('is killed if it prints more than allowed', async () => {
    const { overflowed, timedOut, code, stdout } = await run('/usr/bin/yes', ['x'.repeat(100)], {
      maxOutput: 1e6,
    });
    assert.deepEqual({ overflowed, timedOut, code }, { overflowed: true, timedOut: false, code: 137 });
    assert.ok(stdout.length >= 1e6 - 100 && stdout.length < 2e6);
  });

  it('is killed if it prints more into the file for its stderr than allowed', async () => {
    const options = { errorFile: join(scratch(), 'errors'), maxErrors: 1e6 };
    const { exceeded, overflowed, code } = await run('/bin/sh', ['-c', 'exec yes >&2'], options);
    assert.deepEqual({ exceeded, overflowed, code }, { exceeded: 'maxErrors', overflowed: true, code: 137 });
  });

  it('is killed if it takes longer in total than allowed', async () => {
    const script = 'while :; do echo here; sleep 0.1; done';
    const { exceeded, timedOut, code } = await run('/bin/sh', ['-c', script], {
      maxTime: 1000,
      maxSilence: 500,
    });
    assert.deepEqual({ exceeded, timedOut, code }, { exceeded: 'maxTime', timedOut: true, code: 137 });
  });

  it('is not killed because relopack itself was busy', async () => {
    const running = run('/bin/sh', ['-c', 'sleep 0.3; echo here; sleep 1; echo again'], { maxSilence: 1500 });
    await setTimeout(100);
    const begun = performance.now();
    while (performance.now() - begun < 1600);
    const { timedOut, code, stdout } = await running;
    assert.deepEqual(
      { timedOut, code, stdout: stdout.toString() },
      { timedOut: false, code: 0, stdout: 'here\nagain\n' },
    );
  });

  it('can write its stderr into a file, of which the end is returned within seconds', async () => {
    const errorFile = join(scratch(), 'errors');
    const begun = performance.now();
    const script = 'head -c 30000000 /dev/zero >&2; sleep 30 & echo out; echo last >&2; exit 3';
    const { code, stdout, stderr } = await run('/bin/sh', ['-c', script], { errorFile });
    assert.deepEqual({ code, stdout: stdout.toString() }, { code: 3, stdout: 'out\n' });
    assert.deepEqual({ size: stderr.length, end: stderr.slice(-6) }, { size: 64 * 1024, end: '\0last\n' });
    assert.ok(performance.now() - begun < 15_000);
  });

  it('can write its stderr only into a new file', async () => {
    await assert.rejects(run('/bin/true', [], { errorFile: '/etc/passwd' }), /EEXIST/);
  });

  it('is killed if its supervisor is killed', async () => {
    const directory = scratch();
    // The parent of the program is the first half of the supervisor.
    const script = 'echo $$ >pid; kill -KILL $PPID; while :; do sleep 0.1; done';
    const { code } = await run('/bin/sh', ['-c', script], { cwd: directory });
    assert.equal(code, 137);
    await ended(readFileSync(join(directory, 'pid'), 'utf8').trim());
  });

  for (const [name, file, cwd, problem] of [
    ['that does not exist', '/nowhere/program', '/', '/nowhere/program'],
    ['that is not executable', '/etc/passwd', '/', '/etc/passwd'],
    ['in a directory that does not exist', '/bin/true', '/nowhere', '/nowhere'],
  ] as const) {
    it(`${name} is an error, not a result`, async () => {
      await assert.rejects(run(file, [], { cwd }), new RegExp(problem));
    });
  }
});

/** Starts processes that leave the session, the group and the family of the program, and writes their numbers. */
const daemons = `
  for i in 1 2 3; do (setsid sh -c 'trap "" HUP INT TERM; echo $$ >>pids; while :; do sleep 0.1; done' &); done
  while [ "$(cat pids 2>/dev/null | wc -l)" -lt 3 ]; do sleep 0.05; done
  mv pids ready`;

describe('the daemons that a program has started', () => {
  const ends: { name: string; last: string; options: RunOptions; exceeded?: string }[] = [
    { name: 'has ended', last: 'exit 0', options: {} },
    { name: 'was killed', last: 'kill -KILL $$', options: {} },
    { name: 'took too long', last: 'sleep 60', options: { maxSilence: 2000 }, exceeded: 'maxSilence' },
    { name: 'printed too much', last: 'exec yes', options: { maxOutput: 1e6 }, exceeded: 'maxOutput' },
  ];
  for (const { name, last, options, exceeded } of ends) {
    it(`are killed when it ${name}`, async () => {
      const cwd = scratch();
      const own = { ...options, cwd, endsDescendants: true };
      assert.equal((await run('/bin/sh', ['-c', `${daemons}\n${last}`], own)).exceeded, exceeded);
      for (const pid of readFileSync(join(cwd, 'ready'), 'utf8').trim().split('\n')) await ended(pid);
    });
  }

  for (const signal of ['SIGINT', 'SIGTERM', 'SIGKILL'] as const) {
    it(`are killed when ${signal} ends the process that runs it`, async () => {
      const cwd = scratch();
      const script = ['/bin/sh', '-c', `${daemons}\nsleep 60`];
      const child = spawn(process.execPath, starter(script, '', { cwd, endsDescendants: true }), {
        stdio: 'ignore',
      });
      while (!existsSync(join(cwd, 'ready'))) await setTimeout(20);
      child.kill(signal);
      await once(child, 'exit');
      for (const pid of readFileSync(join(cwd, 'ready'), 'utf8').trim().split('\n')) await ended(pid);
    });
  }

  it('are left if the program is not to end them, as other programs are', async () => {
    const cwd = scratch();
    const other = spawn('sleep', ['60']);
    await run('/bin/sh', ['-c', daemons], { cwd });
    await run('/bin/true', [], { cwd, endsDescendants: true });
    const pids = readFileSync(join(cwd, 'ready'), 'utf8').trim().split('\n');
    const left = [`${other.pid}`, ...pids].filter(isAlive);
    for (const pid of left) process.kill(Number(pid), 'SIGKILL');
    assert.equal(left.length, 4);
  });
});

describe('the process that runs a program', () => {
  it('prints nothing itself', async () => {
    const { code, stdout, stderr } = await runTest(
      process.execPath,
      starter(['/bin/sh', '-c', 'echo out; echo err >&2; kill -KILL $$']),
    );
    assert.deepEqual({ code, stdout: stdout.toString(), stderr }, { code: 0, stdout: '', stderr: '' });
  });

  const directory = scratch();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGKILL'] as const) {
    it(`leaves no program behind if ${signal} ends it`, async () => {
      const file = join(directory, signal);
      const script = `trap "" HUP INT TERM; echo $$ >'${file}.new'; mv '${file}.new' '${file}'; while :; do sleep 0.1; done`;
      const child = spawn(process.execPath, starter(['/bin/sh', '-c', script]), { stdio: 'ignore' });
      while (!existsSync(file)) await setTimeout(20);
      const pid = readFileSync(file, 'utf8').trim();
      assert.ok(isAlive(pid));
      child.kill(signal);
      await once(child, 'exit');
      await ended(pid);
    });
  }

  it('leaves no helper of its own behind', async () => {
    const { stdout } = await runTest(process.execPath, starter(['/bin/echo', 'unmistakable-word']));
    assert.equal(stdout.toString(), '');
    const { stdout: processes } = await runTest('ps', ['-ef']);
    assert.doesNotMatch(processes.toString(), /unmistakable-word/);
  });
});

/** Waits for the end of a process, for five seconds at most. */
async function ended(pid: string): Promise<void> {
  for (let tries = 0; isAlive(pid) && tries < 100; tries++) await setTimeout(50);
  assert.ok(!isAlive(pid));
}

/** Whether a process runs. One that has ended and that nobody has waited for does not. */
function isAlive(pid: string): boolean {
  try {
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
