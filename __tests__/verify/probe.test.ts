import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { type Probed, probe } from '../../src/verify/probe.ts';
import { must } from '../support/run.ts';
import { scratch } from '../support/scratch.ts';

const memory = 'mmap.mmap(file, 4096, prot=mmap.PROT_READ | mmap.PROT_EXEC)';

/** Modules, and what the Python of this machine tells of them. */
const cases: { name: string; modules: Record<string, string>; failures?: string[]; unmapped?: RegExp }[] = [
  { name: 'a module imports', modules: { good: '' } },
  { name: 'one that fails is told of', modules: { good: '', bad: '1/0' }, failures: ['bad'] },
  {
    name: 'one that ends Python is told of',
    modules: { ends: 'raise SystemExit' },
    failures: ['ends'],
  },
  {
    name: 'executable memory is not among the loaded files: a memfd',
    modules: {
      memfd: `import mmap, os; file = os.memfd_create("code"); os.truncate(file, 4096); kept = ${memory}`,
    },
    unmapped: /memfd/,
  },
  {
    name: 'executable memory is not among the loaded files: a file that is removed at once',
    modules: {
      removed: `
import mmap, os, tempfile
file, path = tempfile.mkstemp(suffix=".so")
os.unlink(path)
os.truncate(file, 4096)
kept = ${memory}`,
    },
    unmapped: /deleted/,
  },
];

describe('the probe', () => {
  const directory = scratch();

  async function run(index: number, modules: Record<string, string>, names: string[]): Promise<string[]> {
    const [path, cwd] = [join(directory, `${index}`, 'modules'), join(directory, `${index}`, 'current')];
    mkdirSync(path, { recursive: true });
    mkdirSync(join(cwd, 'folder'), { recursive: true });
    writeFileSync(join(cwd, 'beside.py'), '');
    for (const [name, text] of Object.entries(modules)) writeFileSync(join(path, `${name}.py`), `${text}\n`);
    const env = { PATH: process.env.PATH ?? '', PYTHONPATH: path };
    const { stdout } = await must('python3', ['-c', probe, ...names], { env, cwd });
    return stdout.toString().split('\n');
  }

  for (const [index, { name, modules, failures = [], unmapped }] of cases.entries()) {
    it(name, async () => {
      const names = Object.keys(modules);
      const lines = await run(index, modules, names);
      assert.deepEqual(lines.slice(0, -1), [...names, '-']);
      const probed: Probed = JSON.parse(lines.at(-1) ?? '');
      assert.deepEqual(Object.keys(probed.failures), failures);
      assert.ok(probed.mapped.flat().some((path) => /libc\.so\.6|libc-/.test(path)));
      if (unmapped !== undefined) assert.doesNotMatch(probed.mapped.flat().join('\n'), unmapped);
    });
  }

  it('finds no module and no folder in the current directory', async () => {
    const lines = await run(cases.length, {}, ['beside', 'folder']);
    const probed: Probed = JSON.parse(lines.at(-1) ?? '');
    assert.deepEqual(Object.keys(probed.failures), ['beside', 'folder']);
    assert.ok(!probed.path.includes(''));
  });
});
