import assert from 'node:assert/strict';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { architectures } from '../../../scripts/native.ts';
import { output } from '../../support/elf/tools.ts';
import { compileInterpreter, identities, makeTree, readReport } from '../../support/launcher/tree.ts';
import { run } from '../../support/run.ts';
import { scratch } from '../../support/scratch.ts';

const directory = scratch();
const source = join(import.meta.dirname, '../../support/launcher/initializer.c');

/** The caller's variables that ld.so must not see, and two others. */
const callers = {
  FIRST: '1',
  LD_LIBRARY_PATH: '/foo:/bar',
  GLIBC_TUNABLES: 'a.b=1:c.d=2',
  LOCPATH: '/l',
  LAST: '2',
};

/** Changes by the initializer of a library, as expressions of C, and the variables that Python then gets. */
const changes: { name: string; expression: string; expected: (all: Record<string, string>) => object }[] = [
  { name: 'does nothing', expression: '0', expected: (all) => all },
  { name: 'adds a variable', expression: 'setenv("OWN", "x", 1)', expected: (all) => ({ ...all, OWN: 'x' }) },
  { name: 'puts a variable', expression: 'putenv("OWN=x")', expected: (all) => ({ ...all, OWN: 'x' }) },
  {
    name: 'changes a variable',
    expression: 'setenv("FIRST", "x", 1)',
    expected: (all) => ({ ...all, FIRST: 'x' }),
  },
  {
    name: 'removes the first variable',
    expression: 'unsetenv("FIRST")',
    expected: ({ FIRST, ...all }) => all,
  },
  {
    name: 'removes some variables, and the one that it was loaded by',
    expression: '(unsetenv("FIRST"), unsetenv("LAST"), unsetenv("LD_PRELOAD"))',
    expected: ({ FIRST, LAST, RELOPACK_LD_PRELOAD, ...all }) => all,
  },
  { name: 'clears the environment', expression: 'clearenv()', expected: () => ({}) },
];

for (const architecture of architectures) {
  describe(`the variables of a caller, on ${architecture}`, () => {
    let program: string;
    before(async () => {
      const programs = await compileInterpreter(directory, architecture, []);
      program = join(
        makeTree(join(directory, architecture), identities[architecture], programs),
        'bin/python3',
      );
    });

    const start = async (env: Record<string, string>) => {
      const [file = '', ...args] = [...(architecture === 'aarch64' ? ['qemu-aarch64-static'] : []), program];
      const { code, stdout, stderr } = await run(file, args, { env, cwd: directory });
      assert.equal(code, 0, stderr);
      return readReport(stdout).env.toSorted();
    };
    const asList = (variables: object) =>
      Object.entries(variables)
        .map(([name, value]) => `${name}=${value}`)
        .toSorted();

    for (const [index, { name, expression, expected }] of changes.entries()) {
      test(`are unchanged, but for what a preloaded library does: it ${name}`, async () => {
        const library = `./${architecture}-${index}.so`;
        const options = ['-shared', '-fPIC', `-DEXPRESSION=${expression}`];
        await output(`${architecture}-linux-gnu-gcc`, ...options, '-o', join(directory, library), source);
        const all = { ...callers, RELOPACK_LD_PRELOAD: library };
        assert.deepEqual(await start(all), asList(expected(all)));
      });
    }

    for (const tunables of ['glibc.malloc.arena_max=1', 'glibc.malloc.arena_max=1:glibc.rtld.nns=8']) {
      for (const env of [{}, { GLIBC_TUNABLES: 'a.b=1:c.d=2' }]) {
        const also = 'GLIBC_TUNABLES' in env ? ', if there are tunables for others too' : '';
        test(`contain the tunables for the packed ld.so as they were${also}: ${tunables}`, async () => {
          const before = { RELOPACK_GLIBC_TUNABLES: tunables, ...env };
          const after = { ...env, RELOPACK_GLIBC_TUNABLES: tunables };
          assert.deepEqual(await start(before), asList(before));
          assert.deepEqual(await start(after), asList(after));
        });
      }
    }
  });
}
