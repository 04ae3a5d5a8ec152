import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { PathFinder } from '../../src/common/absolute-paths.ts';

const finder = new PathFinder(['usr', 'etc', 'lib', 'lib64', 'odd.name']);

const cases: [sentence: string, text: string, paths: string[]][] = [
  ['a path alone', '/usr/share/a.db', ['/usr/share/a.db']],
  ['a path with a slash at the end', '/usr/share/', ['/usr/share']],
  ['a path with dots and doubled slashes', '/usr//lib/../share/./a', ['/usr/share/a']],
  [
    'the paths of a list',
    '/etc/terminfo:/lib/terminfo;/usr/share/terminfo',
    ['/etc/terminfo', '/lib/terminfo', '/usr/share/terminfo'],
  ],
  ['a path after a format for another list', '%s:/usr/lib64/flexiblas', ['/usr/lib64/flexiblas']],
  ['the directory of a format', '/usr/share/app/%s.txt', ['/usr/share/app']],
  ['the directory above a name with a format', '/usr/share/app-%d/x', ['/usr/share']],
  ['the directory of a pattern', '/usr/share/lua/?.lua', ['/usr/share/lua']],
  ['a path in a URL', 'file:///etc/xml/catalog', ['/etc/xml/catalog']],
  ['a path in quotation marks', 'MODULESDIR: "/usr/lib64/ossl"', ['/usr/lib64/ossl']],
  ['a path in a tag', '<dir>/usr/share/fonts</dir>', ['/usr/share/fonts']],
  ['paths between zero bytes', 'a\0/usr/a\0/etc/b\0', ['/usr/a', '/etc/b']],
  ['a name with odd characters', '/odd.name/a+b@c', ['/odd.name/a+b@c']],
  ['no path inside another one', 'prefix/usr/share and ./usr/share and $DIR/usr/share', []],
  ['no path below a name that the root does not have', '/nowhere/usr/a', []],
  ['no longer name that begins as one of the root', '/usrlocal/a /library', []],
  ['no path in another address', 'http://usr/etc', []],
];

describe('in a text', () => {
  for (const [sentence, text, paths] of cases)
    it(`${sentence} is found`.replace(/^no (.*) is found$/, '$1 is not found'), () => {
      assert.deepEqual(finder.find(text), paths);
    });

  it('a million paths are found in a second', () => {
    const text = Array.from({ length: 1_000_000 }, (_, index) => `/usr/share/${index}/data.bin`).join('\0');
    const start = performance.now();
    assert.equal(finder.find(text).length, 1_000_000);
    // The limit is ten times of what it takes.
    assert.ok(performance.now() - start < 10_000);
  });
});
