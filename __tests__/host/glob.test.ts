import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { filesMatching } from '../../src/host/glob.ts';
import { openRoot } from '../../src/host/root.ts';
import { scratch } from '../support/scratch.ts';

const directory = scratch();
const files = [
  'usr/lib64/engines-3/a.so',
  'usr/lib64/engines-3/deep/b.so',
  'usr/lib64/engines-3/a.txt',
  'usr/lib64/python/engines-3/c.so',
  'usr/lib64/.engines-3/hidden.so',
  'usr/share/zoneinfo/UTC',
  'usr/share/zoneinfo/Europe/Berlin',
  'usr/share/zoneinfo/America/Indiana/Knox',
  'usr/share/zoneinfo/posix/UTC',
  'usr/share/python3.12-wheels/pip.whl',
  'usr/share/python-wheels/pip.whl',
];
for (const file of files) {
  mkdirSync(dirname(join(directory, file)), { recursive: true });
  writeFileSync(join(directory, file), '');
}
symlinkSync('usr/lib64', join(directory, 'lib64'));
symlinkSync('UTC', join(directory, 'usr/share/zoneinfo/Zulu'));
symlinkSync('Europe', join(directory, 'usr/share/zoneinfo/Old'));
symlinkSync('gone', join(directory, 'usr/share/zoneinfo/Nowhere'));

const cases: { name: string; glob: string; found: string[] }[] = [
  { name: 'a path matches itself', glob: '/usr/share/zoneinfo/UTC', found: ['/usr/share/zoneinfo/UTC'] },
  { name: 'an absent path and a directory match nothing', glob: '/usr/share/zoneinfo', found: [] },
  {
    name: 'a star matches within one part',
    glob: '/usr/lib64/engines-*/*.so',
    found: ['/usr/lib64/engines-3/a.so'],
  },
  {
    name: 'a directory that is named may be a link',
    glob: '/lib64/engines-3/*.so',
    found: ['/lib64/engines-3/a.so'],
  },
  {
    name: 'links to files match, and links to directories or to nothing do not',
    glob: '/usr/share/zoneinfo/*',
    found: ['/usr/share/zoneinfo/UTC', '/usr/share/zoneinfo/Zulu'],
  },
  {
    name: 'two stars match everything below, and a part can be excluded',
    glob: '/usr/share/zoneinfo/!(posix|right)/**',
    found: ['/usr/share/zoneinfo/America/Indiana/Knox', '/usr/share/zoneinfo/Europe/Berlin'],
  },
  {
    name: 'braces are alternatives',
    glob: '/usr/{share,lib}/python{,3.[0-9]*}-wheels/*.whl',
    found: ['/usr/share/python-wheels/pip.whl', '/usr/share/python3.12-wheels/pip.whl'],
  },
];

describe('in a glob', () => {
  for (const { name, glob, found } of cases) {
    it(`${name}: ${glob}`, () => assert.deepEqual(filesMatching(openRoot(directory), glob), found));
  }
});
