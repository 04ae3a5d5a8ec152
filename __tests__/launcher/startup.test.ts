import assert from 'node:assert/strict';
import { cpSync, globSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { startupPackage } from '../../src/launcher/startup.ts';
import { certificateFiles } from '../../src/plan/libraries/certificates.ts';
import { must } from '../support/run.ts';
import { scratch } from '../support/scratch.ts';

const support = join(import.meta.dirname, '../support/launcher');
const cases = join(import.meta.dirname, 'startup');

/** A tree with the start-up code in it, as the code expects it: TREE/lib/pythonX.Y/_relopack. */
const packages = join(scratch(), 'tree/lib/python3');
mkdirSync(packages, { recursive: true });
cpSync(join(import.meta.dirname, '../../src/launcher/startup'), join(packages, startupPackage), {
  recursive: true,
});

/** Runs a Python of this machine that finds the start-up code. Returns what it prints. */
async function python(...args: string[]): Promise<string> {
  const env = { PATH: '/usr/bin:/bin', PYTHONPATH: `${packages}:${support}`, PYTHONDONTWRITEBYTECODE: '1' };
  return (await must('/usr/bin/python3', args, { env })).stdout.toString();
}

/** What run_cases.py prints of one case. */
interface Result {
  name: string;
  failure: string | null;
}

for (const file of globSync('**/test_*.py', { cwd: cases }).sort()) {
  test(`the start-up code passes ${file}`, async (t) => {
    const lines = (await python(join(support, 'run_cases.py'), join(cases, file))).split('\n').slice(0, -1);
    const results: Result[] = lines.map((line) => JSON.parse(line));
    assert.notEqual(results.length, 0);
    for (const { name, failure } of results)
      await t.test(name, () => {
        if (failure !== null) assert.fail(failure);
      });
  });
}

test('the start-up code and the plan know the same files of certificates, in the same order', async () => {
  const script = 'import json; from _relopack.certificates import files; print(json.dumps(files))';
  assert.deepEqual(JSON.parse(await python('-c', script)), certificateFiles);
});

test('each patch has unit tests', () => {
  const names = (folder: string, pattern: string) =>
    globSync(pattern, { cwd: folder }).map((path) => path.replace('test_', ''));
  assert.deepEqual(
    names(join(cases, 'patches'), 'test_*.py').sort(),
    names(join(packages, startupPackage, 'patches'), '*.py')
      .map((name) => (name === '__init__.py' ? 'loader.py' : name))
      .sort(),
  );
});
