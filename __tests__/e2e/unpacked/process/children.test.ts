import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { childEnvironment, childScript, packedChild } from '../../../support/packed/children.ts';
import { type PackedTree, packTree } from '../../../support/packed/packed.ts';
import { rpmHost } from '../../../support/rpm-host/build.ts';
import { foreignRoots, inRoot } from '../../../support/rpm-host/targets.ts';

/** Ways to start a child: keys of WAYS in children.py. */
const ways = [
  'subprocess',
  'subprocess, executable and another argv[0]',
  'os.execv',
  'os.execve of an inherited descriptor',
  'os.execve of a descriptor that is closed',
  'os.posix_spawn',
  'os.spawnv',
  'asyncio',
  'multiprocessing, fork',
  'multiprocessing, spawn',
  'multiprocessing, forkserver',
  'concurrent.futures',
];

const env = childEnvironment;
const variables = Object.entries(env).map(([name, value]) => `${name}=${value}`);

describe('a child of the packed Python', () => {
  const place = '/opt/my python';
  let packed: PackedTree;
  let roots: Record<'bullseye' | 'busybox' | 'rpm', string>;

  before(async () => {
    roots = { ...(await foreignRoots()), rpm: (await rpmHost()).root };
    packed = await packTree([]);
  });
  after(() => packed?.remove());

  async function report(root: keyof typeof roots, way: string, variables: Record<string, string> = env) {
    const binds = {
      [packed.tree]: place,
      [join(import.meta.dirname, '../../../support/packed/children.py')]: childScript,
    };
    const argv = [`${place}/bin/python3`, childScript, way];
    const { code, stdout, stderr } = await inRoot(roots[root], argv, { env: variables, binds });
    assert.equal(code, 0, stderr);
    assert.equal(stderr, '');
    return JSON.parse(stdout.toString());
  }

  for (const root of ['bullseye', 'busybox'] as const) {
    for (const way of ways) {
      test(`is the packed Python, and sees the environment unchanged: ${way}, in ${root}`, async () => {
        assert.deepEqual(await report(root, way), packedChild(place));
      });
    }
  }

  test('gets an empty environment if the caller has none', async () => {
    const { environ, executable } = await report('busybox', 'multiprocessing, spawn', {});
    assert.equal(executable, `${place}/bin/python3`);
    // CPython sets LC_CTYPE for its children if the locale is C (PEP 538).
    assert.deepEqual(
      environ.filter((variable: string) => variable !== 'LC_CTYPE=C.UTF-8'),
      [],
    );
  });

  test('that a shell of the target starts has every variable that the shell passes on', async () => {
    const { environ, outside } = await report('bullseye', 'subprocess, a shell');
    const kept = variables.filter((variable) => /^\w+=/.test(variable) && !variable.startsWith('PWD='));
    assert.deepEqual(
      environ.filter((variable: string) => !variable.startsWith('PWD=')),
      kept.toSorted(),
    );
    assert.deepEqual(outside, []);
  });

  test('can be the Python of the host, which gets no library and no variable of the packed one', async () => {
    const own = Object.fromEntries(Object.entries(env).filter(([name]) => name !== 'LD_LIBRARY_PATH'));
    const { executable, prefix, environ, outside } = await report('rpm', 'the host', own);
    assert.deepEqual([executable, prefix], ['/usr/bin/python3', '/usr']);
    assert.deepEqual(
      environ,
      Object.entries(own)
        .map(([name, value]) => `${name}=${value}`)
        .toSorted(),
    );
    assert.deepEqual(outside, []);
  });
});
