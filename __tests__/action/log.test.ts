import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { must } from '../support/run.ts';

/** What a step prints that says these warnings, line by line. */
async function printed(warnings: string[]): Promise<string[]> {
  const script = `
import { workflowLog } from ${JSON.stringify(join(import.meta.dirname, '../../src/action/log.ts'))};
const log = workflowLog();
for (const warning of ${JSON.stringify(warnings)}) log.warn(warning);
`;
  const { stdout } = await must(process.execPath, ['--input-type=module', '--eval', script]);
  return stdout.toString().split('\n').slice(0, -1);
}

describe('a warning in the log of a workflow', () => {
  test('speaks of inputs, not of options, whether it is an annotation or a line', async () => {
    const lines = await printed(Array(10).fill("--exclude '/usr/lib64/**' matches no file"));
    assert.equal(lines[0], "::warning title=relopack::'exclude: /usr/lib64/**' matches no file");
    assert.equal(lines[9], "warning: 'exclude: /usr/lib64/**' matches no file");
    assert.match(lines[10] ?? '', /::There are more warnings in the log\.$/);
  });
});
