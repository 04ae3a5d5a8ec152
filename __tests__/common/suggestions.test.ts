import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nearest } from '../../src/common/suggestions.ts';

const names = ['python3-pyyaml', 'pyyaml', 'python3-requests', 'requests', 'urwid', 'python3-lxml', 'six'];

const cases: { name: string; word: string; first: string | undefined }[] = [
  { name: 'a letter too many is forgiven', word: 'pyyamll', first: 'pyyaml' },
  { name: 'two letters in the wrong order are forgiven', word: 'reqeusts', first: 'requests' },
  { name: 'case does not count', word: 'PyYAML', first: 'pyyaml' },
  { name: 'a part of a name finds the whole', word: 'yaml', first: 'pyyaml' },
  { name: 'a word like nothing finds nothing', word: 'kubernetes', first: undefined },
  { name: 'a short word needs to be near', word: 'sox', first: 'six' },
  { name: 'a short word that is far finds nothing', word: 'abc', first: undefined },
];

for (const { name, word, first } of cases) {
  test(name, () => assert.equal(nearest(word, names)[0], first));
}

test('at most as many names as asked for come back', () => {
  assert.equal(nearest('yaml', names, 1).length, 1);
});
