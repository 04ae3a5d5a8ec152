import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { must } from '../support/run.ts';

const folder = join(import.meta.dirname, '../../src/action');

/** The lines that a program prints which calls `print`. */
async function printed(call: string): Promise<string[]> {
  const script = `
import { print } from ${JSON.stringify(join(folder, 'print.ts'))};
const hostile = 'a\\n::error::b\\r##[command]c\\u001b[31m\\u202e';
await ${call};
`;
  const { stdout } = await must(process.execPath, ['--input-type=module', '--eval', script]);
  return stdout.toString().split('\n').slice(0, -1);
}

describe('a hostile name in the log of a workflow', () => {
  const cases: { name: string; call: string; lines: string[] }[] = [
    { name: 'in a line', call: 'print.line(hostile)', lines: ['a', ': :error::b?## [command]c?[31m?'] },
    {
      name: 'in an error',
      call: `print.error(hostile, 'Title')`,
      lines: ['::error title=Title::a%0A: :error::b?## [command]c?[31m?'],
    },
    {
      name: 'in a warning',
      call: 'print.warning(hostile)',
      lines: ['::warning title=relopack::a%0A: :error::b?## [command]c?[31m?'],
    },
    {
      name: 'in a line for debugging',
      call: 'print.debug(hostile)',
      lines: ['::debug::a%0A: :error::b?## [command]c?[31m?'],
    },
    {
      name: 'in the name of a group',
      call: `print.group(hostile, () => print.line('in'))`,
      lines: ['::group::a%0A: :error::b?## [command]c?[31m?', 'in', '::endgroup::'],
    },
  ];
  for (const { name, call, lines } of cases)
    test(`is not a command ${name}`, async () => assert.deepEqual(await printed(call), lines));
});

describe('a source file of the action', () => {
  const writes = /\bcore\.(?:info|notice|warning|error|debug|setFailed|group|startGroup)\b|\bconsole\./;
  for (const path of globSync('**/*.ts', { cwd: folder }).sort()) {
    if (path === 'print.ts') continue;
    test(`${path} prints only with print.ts`, () => {
      assert.equal(writes.exec(readFileSync(join(folder, path), 'utf8'))?.[0], undefined);
    });
  }
});
