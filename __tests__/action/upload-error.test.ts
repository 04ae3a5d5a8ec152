import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdirSync, readdirSync, watch } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { Job, type Step } from '../support/action/job.ts';
import { type Fault, type Results, startResults } from '../support/action/results.ts';
import { must } from '../support/run.ts';

/** As little as there is to pack. */
const quick = { 'compression-level': '1', verify: 'false', 'artifact-zip': 'false' };

let results: Results;
let job: Job;
before(async () => {
  results = await startResults();
});
after(() => results?.stop());

/** What the step left in RUNNER_TEMP, without what is the runner's own. */
function left(): string[] {
  return readdirSync(job.temp)
    .filter((file) => !file.startsWith('_'))
    .sort();
}

async function mustWork(): Promise<Step> {
  const step = await job.relopack(quick);
  assert.equal(step.code, 0, step.log.join('\n'));
  assert.equal(results.names(job.run).length, 1);
  return step;
}

describe('between the action and the blob store', { timeout: 900_000 }, () => {
  const survived: { name: string; faults: Fault[] }[] = [
    { name: 'two answers of 503 are survived', faults: [{ status: 503 }, { status: 503 }] },
    { name: 'a dropped connection is survived', faults: ['drop'] },
  ];
  for (const { name, faults } of survived) {
    test(name, async () => {
      job = new Job(results.url);
      try {
        results.faults.push(...faults);
        await mustWork();
        assert.deepEqual(results.faults, []);
      } finally {
        job.remove();
      }
    });
  }

  test('a store that keeps answering 503 fails the step, and the next run works', async () => {
    job = new Job(results.url);
    try {
      results.faults.push(...Array.from({ length: 100 }, () => ({ status: 503 })));
      const step = await job.relopack(quick);
      results.faults.length = 0;
      assert.equal(step.code, 1);
      assert.deepEqual(step.shown, [
        {
          level: 'error',
          title: 'The artifact cannot be uploaded',
          message: `cannot upload artifact '${left()[1]}': the service is out of order (blob store: HTTP 503)\nLook at https://www.githubstatus.com and run the job again later.`,
        },
      ]);
      assert.equal(step.outputs['artifact-id'], undefined);
      assert.deepEqual(results.names(job.run), []);
      await mustWork();
    } finally {
      job.remove();
    }
  });
});

describe('in the container', { timeout: 900_000 }, () => {
  test('a disk that gets full fails the step, leaves nothing, and the next run with room works', async () => {
    job = new Job(results.url);
    const disk = join(job.work, 'disk');
    mkdirSync(disk);
    await must('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', disk]);
    try {
      const output = '/small/python.tar.gz';
      const binds = { [disk]: '/small' };
      const step = await job.relopack({ ...quick, output }, { binds });
      assert.equal(step.code, 1);
      assert.deepEqual(step.shown, [
        {
          level: 'error',
          title: 'The archive cannot be written',
          message: `cannot write ${output}: the disk is full\nFree some room, or give a directory on another disk with 'output'.`,
        },
      ]);
      assert.deepEqual(readdirSync(disk), []);
      await must('mount', ['-o', 'remount,size=100m', disk]);
      const again = await job.relopack({ ...quick, output }, { binds });
      assert.equal(again.code, 0, again.log.join('\n'));
      assert.deepEqual(readdirSync(disk).sort(), [
        'python.manifest.json',
        'python.tar.gz',
        'python.tar.gz.sha256',
      ]);
    } finally {
      await must('umount', [disk]);
      job.remove();
    }
  });

  for (const { signal, code, leaves } of [
    { signal: 'SIGTERM', code: 143, leaves: 0 },
    { signal: 'SIGINT', code: 130, leaves: 0 },
    { signal: 'SIGKILL', code: 137, leaves: 1 },
  ] as const) {
    test(`a job that is cancelled by ${signal} while it packs leaves nothing under a final name, and runs again`, async () => {
      job = new Job(results.url);
      try {
        const watcher = watch(job.temp);
        const running = job.relopack(quick);
        // The first file to appear that is not the pre-flight's is the unfinished archive.
        for (let name = ''; !/^\.python3-.*\.tar\.gz\.\d/.test(name); )
          [, name] = await once(watcher, 'change');
        watcher.close();
        await setTimeout(100);
        const pid = await job.process();
        assert.ok(pid !== undefined);
        process.kill(pid, signal);
        const step = await running;
        assert.equal(step.code, code);
        assert.deepEqual(step.outputs, {});
        assert.ok(left().length === 0 || leaves === 1, left().join(' '));
        assert.deepEqual(
          left().filter((name) => !name.startsWith('.')),
          [],
        );
        assert.deepEqual(results.names(job.run), []);
        const { outputs } = await mustWork();
        const name = (outputs.path ?? '').replace(/.*\/|\.tar\.gz$/g, '');
        assert.deepEqual(left(), [`${name}.manifest.json`, `${name}.tar.gz`, `${name}.tar.gz.sha256`]);
      } finally {
        job.remove();
      }
    });
  }

  test('a job that is cancelled while it uploads leaves no artifact, and runs again', async () => {
    job = new Job(results.url);
    try {
      results.requests.length = 0;
      results.faults.push(...Array.from({ length: 100 }, () => ({ status: 503 })));
      const running = job.relopack(quick);
      while (results.requests.length === 0) await setTimeout(50);
      const pid = await job.process();
      assert.ok(pid !== undefined);
      process.kill(pid, 'SIGTERM');
      const step = await running;
      results.faults.length = 0;
      assert.equal(step.code, 143);
      assert.deepEqual(results.names(job.run), []);
      await mustWork();
    } finally {
      job.remove();
    }
  });
});
