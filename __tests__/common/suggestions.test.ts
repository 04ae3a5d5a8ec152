import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nearest } from '../../src/common/suggestions.ts';

const names = ['python3-pyyaml', 'pyyaml', 'python3-requests', 'requests', 'urwid', 'python3-lxml', 'six'];

const cases: { name: string; word: string; first: string | undefined }[] = [
  { name: 'a name with one letter less is similar', word: 'pyyamll', first: 'pyyaml' },
  { name: 'a name with two letters swapped is similar', word: 'reqeusts', first: 'requests' },
  { name: 'case is ignored', word: 'PyYAML', first: 'pyyaml' },
  { name: 'a part of a name finds the name', word: 'yaml', first: 'pyyaml' },
  { name: 'a word without similar names finds nothing', word: 'kubernetes', first: undefined },
  { name: 'a short word finds a name that is one edit away', word: 'sox', first: 'six' },
  { name: 'a short word finds no name that is more edits away', word: 'abc', first: undefined },
];

for (const { name, word, first } of cases) {
  test(name, () => assert.equal(nearest(word, names)[0], first));
}

test('the number of names is limited', () => {
  assert.equal(nearest('yaml', names, 1).length, 1);
});
