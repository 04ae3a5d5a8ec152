import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { type Message, option } from '../../src/common/message.ts';
import { must } from '../support/run.ts';

/** The lines that a step prints which gives these warnings. */
async function printed(warnings: Message[]): Promise<string[]> {
  const script = `
import { workflowLog } from ${JSON.stringify(join(import.meta.dirname, '../../src/action/log.ts'))};
const log = workflowLog();
for (const warning of ${JSON.stringify(warnings)}) log.warn(warning);
`;
  const { stdout } = await must(process.execPath, ['--input-type=module', '--eval', script]);
  return stdout.toString().split('\n').slice(0, -1);
}

describe('a warning in the log of a workflow', () => {
  test('names inputs, not options, in an annotation and in a line', async () => {
    const lines = await printed(Array(10).fill([option('exclude', '/usr/lib64/**'), ' matches no file']));
    assert.equal(lines[0], "::warning title=relopack::'exclude: /usr/lib64/**' matches no file");
    assert.equal(lines[9], "warning: 'exclude: /usr/lib64/**' matches no file");
    assert.match(lines[10] ?? '', /::The log has more warnings\.$/);
  });
});
