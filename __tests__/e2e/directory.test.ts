import assert from 'node:assert/strict';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, test } from 'node:test';
import { hostArguments, relopack } from '../support/packed/packed.ts';
import { rpmHost } from '../support/rpm-host/build.ts';
import { newerHost, newerPythons } from '../support/rpm-host/releases/forky.ts';
import { scratch } from '../support/scratch.ts';

/** Modules that Python imports before a program or for it (linecache since 3.13), and that importlib.util imports. */
const names = ['contextlib', 'encodings', 'importlib', 'linecache', 'marshal', 'sys', 'types', 'warnings'];

const pythons = [
  { python: 'python3', host: rpmHost },
  ...(await newerPythons()).map((python) => ({ python, host: newerHost })),
];

describe('the current directory of relopack plan', () => {
  let directory: string;
  beforeEach(() => {
    directory = scratch('directory-');
    for (const name of names) writeFileSync(join(directory, `${name}.py`), `open('ran-${name}', 'w')\n`);
  });

  for (const { python, host } of pythons) {
    test(`gives no modules to ${python} of the host`, async () => {
      const words = ['plan', ...(await hostArguments(await host())), '--python', python, '--json'];
      const before = readdirSync(directory);
      const planned = await relopack(words, {}, directory);
      assert.equal(planned.code, 0, planned.stderr);
      assert.doesNotMatch(planned.stderr, /cannot run the packed Python/);
      assert.deepEqual(readdirSync(directory), before);
      assert.ok(
        planned.stdout.equals((await relopack(words)).stdout),
        'the plan differs in another directory',
      );
    });
  }
});
