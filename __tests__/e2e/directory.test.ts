import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { hostArguments, relopack } from '../support/packed/packed.ts';
import { rpmHost } from '../support/rpm-host/build.ts';
import { newerHost, newerPythons } from '../support/rpm-host/forky.ts';

/** What a Python imports before a program, for it (linecache since 3.13), and what importlib.util asks for. */
const names = ['contextlib', 'encodings', 'importlib', 'linecache', 'marshal', 'sys', 'types', 'warnings'];

const pythons = [
  { python: 'python3', host: rpmHost },
  ...(await newerPythons()).map((python) => ({ python, host: newerHost })),
];

describe('the directory that planning is started in', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'relopack-directory-'));
    for (const name of names) writeFileSync(join(directory, `${name}.py`), `open('ran-${name}', 'w')\n`);
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  for (const { python, host } of pythons) {
    test(`is not where ${python} of the host takes its modules from`, async () => {
      const words = ['plan', ...(await hostArguments(await host())), '--python', python, '--json'];
      const before = readdirSync(directory);
      const planned = await relopack(words, {}, directory);
      assert.equal(planned.code, 0, planned.stderr);
      assert.doesNotMatch(planned.stderr, /cannot run the packed Python/);
      assert.deepEqual(readdirSync(directory), before);
      assert.ok(planned.stdout.equals((await relopack(words)).stdout), 'elsewhere the plan is another');
    });
  }
});
