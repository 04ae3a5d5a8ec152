import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { WriteStream } from 'node:tty';
import { terminalLog } from '../../src/cli/log.ts';
import { message, option } from '../../src/common/message.ts';

/** The text that a log writes if its stream is not a terminal. */
function written(quiet: boolean): string {
  const chunks: string[] = [];
  const stream: NodeJS.WriteStream = Object.create(WriteStream.prototype, {
    isTTY: { value: false },
    write: { value: (text: string) => chunks.push(text) },
  });
  const log = terminalLog(stream, quiet);
  log.stage('Planning');
  log.warn(message`${option('exclude', '/a/**')} matches no file \x1b[31m`);
  log.done('12 packages\x1b[31m');
  log.abandon();
  return chunks.join('');
}

describe('the log of the command, if stderr is not a terminal,', () => {
  test('has a line for each stage with its time, and for each warning, without control characters', () => {
    assert.match(
      written(false),
      /^warning: --exclude '\/a\/\*\*' matches no file \?\[31m\nPlanning: 12 packages\?\[31m \(\d+\.\d s\)\n$/,
    );
  });

  test('has only warnings if it is quiet', () => {
    assert.equal(written(true), "warning: --exclude '/a/**' matches no file ?[31m\n");
  });
});
