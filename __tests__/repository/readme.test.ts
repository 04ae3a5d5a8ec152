import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { download } from '../support/action/download.ts';
import { Job } from '../support/action/job.ts';
import { type Results, startResults } from '../support/action/results.ts';
import { blocks, examples, exampleUnder, isRelopack, steps } from '../support/readme.ts';
import { foreignRoots, inRoot } from '../support/rpm-host/targets.ts';

let results: Results;
let job: Job;
before(async () => {
  results = await startResults();
});
after(() => results?.stop());
beforeEach(() => {
  job = new Job(results.url);
});
afterEach(() => job.remove());

test("the README's first job packs", { timeout: 900_000 }, async () => {
  const [first] = examples();
  assert.ok(first !== undefined);
  const packed = await job.relopack(strings(steps(first.workflow).find(isRelopack)?.with));
  assert.equal(packed.code, 0, JSON.stringify(packed.shown));
});

test("the README's first workflow packs, and its outputs are enough to download, check, unpack and start the archive", {
  timeout: 900_000,
}, async () => {
  const { workflow } = exampleUnder('Start');
  const [pack, release] = [workflow.jobs.pack, workflow.jobs.release];
  const step = pack?.steps?.find(isRelopack);
  const packed = await job.relopack(strings(step?.with));
  assert.equal(packed.code, 0, JSON.stringify(packed.shown));

  const outputs = Object.fromEntries(
    Object.entries(pack?.outputs ?? {}).map(([name, value]) => [
      name,
      evaluate(value, `steps.${step?.id}.outputs`, packed.outputs),
    ]),
  );
  const fetching = release?.steps?.find(({ uses }) => uses?.startsWith('actions/download-artifact@'));
  const name = evaluate(strings(fetching?.with).name ?? '', 'needs.pack.outputs', outputs);
  const folder = await download(results, job, name);

  const commands = blocks('sh')[0]?.source ?? '';
  assert.match(commands, /sha256sum -c .*\ntar /);
  const { busybox } = await foreignRoots();
  const { code, stdout, stderr } = await inRoot(busybox, ['/bin/sh', '-e', '-c', commands], {
    cwd: '/down',
    binds: { [folder]: '/down' },
    env: { PATH: '/bin' },
  });
  assert.equal(code, 0, stderr);
  assert.match(stdout.toString(), /^python3-.*: OK\nworks\n$/);
});

/** The values of a step as the runner passes them. */
function strings(given: Record<string, unknown> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, String(value)]));
}

/** The value of `${{ CONTEXT.NAME }}`. */
function evaluate(expression: string, context: string, values: Record<string, string>): string {
  const [, asked = '', name = ''] = /^\$\{\{ ([\w.-]+)\.([\w-]+) \}\}$/.exec(expression) ?? [];
  assert.equal(asked, context);
  const value = values[name];
  assert.ok(value !== undefined, expression);
  return value;
}
