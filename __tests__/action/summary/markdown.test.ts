import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { cell, code } from '../../../src/action/summary/markdown.ts';

describe('a text as code', () => {
  for (const [what, text, shown] of [
    ['makes no link of an address', 'see www.example.com', '`see www.example.com`'],
    ['makes no mention, reference to an issue, or commit', '@all #1 GH-2 0123abc', '`@all #1 GH-2 0123abc`'],
    ['keeps what would be Markdown or HTML', '*a* <b> &amp; [c](d)', '`*a* <b> &amp; [c](d)`'],
    ['is one line', 'a\n\n# b\n c', '`a # b c`'],
    ['has longer ticks around its own', 'a `` b ` c', '```a `` b ` c```'],
    ['has a space before a tick at its end', '`a`', '`` `a` ``'],
    ['keeps its own spaces', ' a', '`  a `'],
    ['has no control characters', 'a\u001b\u202e', '`a??`'],
    ['is nothing if it is empty', '', ''],
  ] as const)
    test(what, () => assert.equal(code(text), shown));

  for (const [what, text, shown] of [
    ['does not end at a bar', 'a | b', '`a \\| b`'],
    ['does not end at a bar after backslashes', 'a \\\\| b', '`a \\| b`'],
    ['keeps other backslashes', 'a \\ b', '`a \\ b`'],
  ] as const)
    test(`in a table ${what}`, () => assert.equal(cell(text), shown));
});
