import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { escapeWorkflowCommands, stripControls } from '../../src/common/escape.ts';

describe('the text of a package, on a terminal,', () => {
  for (const [what, text, shown] of [
    ['keeps its letters and lines', 'é → 1\nzwei', 'é → 1\nzwei'],
    ['has no escape sequences', 'red \u001b[31m', 'red ?[31m'],
    ['has no sequences of a single character', 'red \u009b31m', 'red ?31m'],
    ['does not overwrite its line', 'good\rbad', 'good?bad'],
  ] as const) {
    test(what, () => assert.equal(stripControls(text), shown));
  }
});

describe('the text of a package, in the log of a workflow,', () => {
  for (const [what, text, shown] of [
    ['has no control characters either', 'é\u001b[31m', 'é?[31m'],
    ['is not a command at the start', '::error::x', ': :error::x'],
    [
      'is not a command in a later line, after blanks',
      'a\n  ::set-output name=x::y',
      'a\n  : :set-output name=x::y',
    ],
    ['is not a command of the old kind in the middle', 'a ##[error]x', 'a ## [error]x'],
    ['keeps colons elsewhere', 'libx.so.1()(64bit) a::b', 'libx.so.1()(64bit) a::b'],
  ] as const) {
    test(what, () => assert.equal(escapeWorkflowCommands(text), shown));
  }
});
