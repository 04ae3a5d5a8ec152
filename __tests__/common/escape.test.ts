import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { printable, printableJson } from '../../src/common/escape.ts';

describe('the text of a package, on a terminal,', () => {
  for (const [what, text, shown] of [
    ['keeps its letters and lines', 'é → 1\nzwei', 'é → 1\nzwei'],
    ['has no escape sequences', 'red \u001b[31m', 'red ?[31m'],
    ['has no sequences of a single character', 'red \u009b31m', 'red ?31m'],
    ['does not overwrite its line', 'good\rbad', 'good?bad'],
    ['does not turn the direction of the rest of its line', 'gpj.\u202eexe', 'gpj.?exe'],
    ['has no other character for directions', '\u200e\u200f\u061c\u2066\u2069', '?????'],
    ['has no ends of lines but newlines', 'a\u2028b\u2029c\u0085d\vd', 'a?b?c?d?d'],
  ] as const) {
    test(what, () => assert.equal(printable(text), shown));
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
    ['is not a command after a carriage return', 'a\r::error::x', 'a?::error::x'],
    ['is not a command after blanks of any kind', '\u00a0\u3000::error::x', '\u00a0\u3000: :error::x'],
    ['is not a command after a byte order mark', '\ufeff::error::x', '\ufeff: :error::x'],
    ['is not a command after characters without width', '\u200b\u00ad::error::x', '\u200b\u00ad: :error::x'],
    ['is not a command after a colon', ':::error::x', ': ::error::x'],
    ['is not a command of the old kind in the middle', 'a ##[error]x', 'a ## [error]x'],
    ['is not a command of the old kind after a number sign', '###[error]x', '### [error]x'],
    ['keeps colons elsewhere', 'libx.so.1()(64bit) a::b', 'libx.so.1()(64bit) a::b'],
  ] as const) {
    test(what, () => assert.equal(printable(text), shown));
  }
});

describe('the text of a package, in JSON,', () => {
  const text = 'é "quoted"\n\u0000\u001b[31m\u007f\u009b31m \u202e \u2028 ##[error]x \ud800';

  test('is the same for the reader', () => {
    assert.deepEqual(JSON.parse(printableJson({ text: [text], [text]: 1 })), { text: [text], [text]: 1 });
  });

  test('is one line without characters that control a terminal or a job', () => {
    assert.equal(
      printableJson([text]),
      String.raw`["é \"quoted\"\n\u0000\u001b[31m\u007f\u009b31m \u202e \u2028 ##\u005berror]x \ud800"]`,
    );
  });
});
