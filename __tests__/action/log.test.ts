import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { type Message, option } from '../../src/common/message.ts';
import { must } from '../support/run.ts';

/** The lines that a step prints which gives these warnings. */
function printed(warnings: Message[]): Promise<string[]> {
  return printedBy(`for (const warning of ${JSON.stringify(warnings)}) log.warn(warning);`);
}

/** The lines that a step prints which calls its log. */
async function printedBy(calls: string): Promise<string[]> {
  const script = `
import { workflowLog } from ${JSON.stringify(join(import.meta.dirname, '../../src/action/log.ts'))};
const log = workflowLog();
${calls}
`;
  const { stdout } = await must(process.execPath, ['--input-type=module', '--eval', script]);
  return stdout.toString().split('\n').slice(0, -1);
}

describe('a stage in the log of a workflow', () => {
  test('is not a command to the runner, whatever its name is', async () => {
    const lines = await printedBy(`log.stage('::error::x ##[command]y'); log.done('##[command]z');
log.stage('::error::x'); log.abandon();`);
    assert.match(lines[0] ?? '', /^: :error::x ## \[command\]y: ## \[command\]z \(0\.\d s\)$/);
    assert.match(lines[1] ?? '', /^: :error::x: failed \(0\.\d s\)$/);
  });
});

describe('a warning in the log of a workflow', () => {
  test('names inputs, not options, in an annotation and in a line', async () => {
    const lines = await printed(Array(10).fill([option('exclude', '/usr/lib64/**'), ' matches no file']));
    assert.equal(lines[0], "::warning title=relopack::'exclude: /usr/lib64/**' matches no file");
    assert.equal(lines[9], "warning: 'exclude: /usr/lib64/**' matches no file");
    assert.match(lines[10] ?? '', /::The log has more warnings\.$/);
  });
});
