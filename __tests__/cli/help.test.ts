import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { commandRows, sharedRows, verifyRows } from '../../src/cli/commands.ts';
import { help } from '../../src/cli/help.ts';
import { optionRows } from '../../src/options.ts';

describe('the help', () => {
  const lines = help().split('\n');
  /** The text without its line breaks, as a wrapped explanation is looked for. */
  const flat = help().replace(/\s+/g, ' ');

  test('is at most 100 columns wide, and ends with one line feed', () => {
    for (const line of lines) assert.ok(line.length <= 100, line);
    assert.match(help(), /\S\n$/);
  });

  test('explains every command', () => {
    for (const { name, operands, help: text } of commandRows)
      assert.ok(flat.includes(`relopack ${name} ${operands} ${text}`), name);
  });

  test('explains every option, with its default', () => {
    for (const { name, help: text, default: standard } of [...optionRows, ...verifyRows]) {
      assert.match(flat, new RegExp(`--(?:\\[no-\\])?${name}\\b`));
      assert.ok(flat.includes(standard === '' ? text : `${text} [${standard}]`), name);
    }
    for (const { name, help: text } of sharedRows) assert.ok(flat.includes(`--${name} ${text}`), name);
  });

  test('names the exit codes', () => {
    assert.match(flat, /Exit codes: 0 done, 1 failed, 2 wrong usage\. $/);
  });
});
