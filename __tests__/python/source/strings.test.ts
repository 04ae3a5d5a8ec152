import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { stringConstants } from '../../../src/python/source/strings.ts';

const cases: [sentence: string, source: string, texts: string[]][] = [
  ['texts in both quotation marks', `a = "/x"; b = '/y'`, ['/x', '/y']],
  ['texts with prefixes', `a = b"/x" + r'/y'`, ['/x', '/y']],
  ['texts with the other quotation mark', `a = "it's"; b = '"'`, ["it's", '"']],
  ['no docstrings', `"""has "/x" in it"""\n'''and '/y' '''\na = 1`, []],
  ['no comments', `a = 1 # "/x"`, []],
  ['a hash in a text', `a = "#/x"`, ['#/x']],
  [
    'texts that are joined',
    `os.path.join('/usr/share', "app", 'x.db')`,
    ['/usr/share', 'app', 'x.db', '/usr/share/app/x.db'],
  ],
  [
    'texts that are joined on several lines',
    `join(\n  "/usr/share/",\n  "app",\n)`,
    ['/usr/share/', 'app', '/usr/share/app'],
  ],
  ['no join with a variable', `join("/usr", name, "x")`, ['/usr', 'x']],
];

describe('the texts in a Python source', () => {
  for (const [sentence, source, texts] of cases)
    it(`have ${sentence}`, () => assert.deepEqual(stringConstants(source), texts));
});
