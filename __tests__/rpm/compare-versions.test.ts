import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { compareEvr, compareVersions, parseEvr } from '../../src/rpm/compare-versions.ts';
import { must } from '../support/run.ts';

/** Each list is in ascending order, so every pair in it is a test case. */
// biome-ignore format: lists of versions read best as lines
const ascendingVersions: Record<string, string[]> = {
  'numbers are compared as numbers, and a longer version comes after': [
    '0', '0.0', '0.9', '1', '1.0', '1.0.1', '1.1', '1.9', '1.10', '1.10.0', '2', '2.0', '10', '20101121', '20101122',
  ],
  'numbers may be larger than any machine word': [
    '9007199254740992', '9007199254740993', '18446744073709551615', '18446744073709551616', '100000000000000000000',
  ],
  'letters are compared as ASCII text, capitals first': ['A', 'Z', 'a', 'aa', 'ab', 'b', 'xyz', 'xyz4', 'xyz10', 'xyz10a'],
  'a number comes after letters, and both come after the end': [
    '5.5', '5.5a', '5.5p', '5.5p1', '5.5p1.a', '5.5p2', '5.5p10', '5.5.0', '5.5.1', '5.5.1b', '5.6p1',
  ],
  'a tilde comes before everything, even the end': [
    '~', '1.0~~', '1.0~', '1.0~a', '1.0~rc1~git123', '1.0~rc1', '1.0~rc1.1', '1.0~rc2', '1.0~rc10', '1.0~1', '1.0', '1.0a',
  ],
  'a caret comes after the end and before everything else': [
    '1.0', '1.0^~', '1.0^', '1.0^a', '1.0^git1~pre', '1.0^git1', '1.0^git1^', '1.0^git1^2', '1.0^git1.1', '1.0^git2',
    '1.0^20160101', '1.0^20160102', '1.0a', '1.0.1~', '1.0.1', '1.0.1^',
  ],
  'a tilde and a caret together': ['1.0~rc1~1', '1.0~rc1', '1.0~rc1^git1~1', '1.0~rc1^git1', '1.0~rc1^git2', '1.0'],
  'pre-releases and snapshots of CPython': [
    '2.7.18', '3.6.8', '3.9.16', '3.11.2', '3.12.0~a1', '3.12.0~a7', '3.12.0~b1', '3.12.0~b4', '3.12.0~rc1', '3.12.0',
    '3.12.0^20231003', '3.12.1', '3.13.0', '3.13.0.1', '3.100',
  ],
  'letters of OpenSSL': ['0.9.8', '0.9.8b', '0.9.8zh', '1.0.1e', '1.0.2', '1.0.2k', '1.1.1', '1.1.1g', '1.1.1k', '3.0.7'],
  'an earlier segment decides': ['4.999.9', '5.0', '5.5p2', '5.6p1', '6.5p1', '10a1', '10a2', '10b2'],
  'letters after the same digits come before further segments of digits': ['10xyz', '10.0xyz', '10.1xyz'],
  'letters at the beginning come before any number': ['xyz.4', 'xyz10', 'xyz10.1', '2', '6.0', '6.0.rc1', '6.0.1', '8'],
  'letters and digits may follow each other in a release': ['1b.fc17', '1.fc17', '1g.fc17', '10.0001', '10.0039'],
  'releases of distributions': [
    '1.amzn2', '1.el7', '1.el7_9', '1.el7_9.1', '1.el8', '1.el8.1', '1.el10', '1.fc9', '1.fc38', '1.module_el8', '1.1', '2.el7',
  ],
};

/** Each list has several spellings of one version. */
const equalVersions: Record<string, string[]> = {
  'separators only separate': ['1.0', '1_0', '1+0', '1..0', '1.+_0', '.1.0', '1.0.', '_1.0_'],
  'letters and digits need no separator between them': ['5.5p1', '5.5.p1', '5.5.p.1', '5.5p_1', '5_5p1'],
  'leading zeros are ignored': ['10.1', '10.01', '10.0001', '010.1', '0010.001'],
  'zero is zero': ['0', '00', '0000'],
  'letters and digits of a release': ['fc4', 'fc.4', 'fc04', 'fc_4'],
  'separators around a tilde': ['1.0~rc1', '1.0.~rc1', '1.0~.rc1', '1.0~rc.1', '1.0~rc1.'],
  'separators around a caret': ['1.0^git1', '1.0.^git1', '1.0^_git1', '1.0^git_1'],
  'separators alone are an empty version': ['.', '_', '+', '._+', 'é', 'ü'],
  'letters beyond ASCII are separators': ['1é1', '1.1', '1ü1', '1.é.1'],
};

const ascendingEvrs: Record<string, string[]> = {
  'no release comes before any release': ['1', '1-0', '1-1', '1-1.1', '1-2', '1-10', '1.1', '1.1-0'],
  'the epoch decides first': ['9-9', '1:0', '1:0-1', '1:0.5-1', '1:1', '2:0~1', '2:0', '10:0-0'],
  'the last dash begins the release': ['1-1-1', '1-1-2', '1-2-1'],
  'a tilde may be in the version and in the release': ['1~1-2', '1~1-3', '1-0~1', '1-0', '1-0^1', '1-0.1'],
};

const equalEvrs: Record<string, string[]> = {
  'no epoch is epoch zero': ['1-1', '0:1-1', ':1-1', '00:1-1'],
  'leading zeros are ignored': ['2:3-4', '02:3-4', '2:03-04'],
};

/** All pairs of versions in each list, both ways round, with the expected order. */
function pairs(ascending: Record<string, string[]>, equal: Record<string, string[]>) {
  const inOrder = Object.entries(ascending).flatMap(([rule, versions]) =>
    versions.flatMap((a, i) => versions.map((b, j) => ({ rule, a, b, order: Math.sign(i - j) }))),
  );
  const alike = Object.entries(equal).flatMap(([rule, versions]) =>
    versions.flatMap((a) => versions.map((b) => ({ rule, a, b, order: 0 }))),
  );
  return [...inOrder, ...alike];
}

const versionPairs = pairs(ascendingVersions, equalVersions);
const evrPairs = pairs(ascendingEvrs, equalEvrs);

describe('the order of versions', () => {
  for (const rule of new Set(versionPairs.map((pair) => pair.rule))) {
    it(rule, () => {
      for (const { a, b, order } of versionPairs.filter((pair) => pair.rule === rule)) {
        assert.equal(Math.sign(compareVersions(a, b)), order, `${a} against ${b}`);
      }
    });
  }
});

describe('the order of versions with epoch and release', () => {
  for (const rule of new Set(evrPairs.map((pair) => pair.rule))) {
    it(rule, () => {
      for (const { a, b, order } of evrPairs.filter((pair) => pair.rule === rule)) {
        assert.equal(Math.sign(compareEvr(a, b)), order, `${a} against ${b}`);
      }
    });
  }

  it('splits a version into its parts', () => {
    assert.deepEqual(parseEvr('4:1.2-3.el9'), { epoch: '4', version: '1.2', release: '3.el9' });
    assert.deepEqual(parseEvr('1.2'), { epoch: undefined, version: '1.2', release: undefined });
    assert.deepEqual(parseEvr(':1-2-3'), { epoch: '0', version: '1-2', release: '3' });
    assert.deepEqual(parseEvr('a:1'), { epoch: undefined, version: 'a:1', release: undefined });
  });
});

describe('the tables', () => {
  let verdicts: number[];
  const all = [...versionPairs, ...evrPairs];

  before(async () => {
    const rows = all.map(({ a, b }) => `{${JSON.stringify(a)},${JSON.stringify(b)}}`).join(',');
    const script = `local said = {} for i, row in ipairs({${rows}}) do said[i] = rpm.vercmp(row[1], row[2]) end`;
    const { stdout } = await must('rpm', ['--eval', `%{lua: ${script} print(table.concat(said, ' '))}`]);
    verdicts = stdout.toString().trim().split(' ').map(Number);
  });

  it('agree with rpm itself', () => {
    assert.equal(verdicts.length, all.length);
    for (const [i, { a, b, order }] of all.entries()) assert.equal(verdicts[i], order, `${a} against ${b}`);
  });
});
