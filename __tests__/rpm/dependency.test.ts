import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { type Dependency, isFollowed, overlaps, Sense } from '../../src/rpm/dependency.ts';
import { buildPackages } from '../support/rpm/packages.ts';
import { run } from '../support/run.ts';
import { scratch } from '../support/scratch.ts';

const senses = {
  '<': Sense.less,
  '<=': Sense.less | Sense.equal,
  '=': Sense.equal,
  '>=': Sense.greater | Sense.equal,
  '>': Sense.greater,
} as const;

type Comparison = keyof typeof senses;
const comparisons: Comparison[] = ['<', '<=', '=', '>=', '>'];

interface Relation {
  rule: string;
  /** Pairs of versions A and B that are in this relation. */
  versions: [a: string, b: string][];
  /** A row for each comparison of A, with a letter for each comparison of B: whether the two ranges overlap. */
  overlap: Record<Comparison, string>;
}

const relations: Relation[] = [
  {
    rule: 'overlap if A is lower and either A reaches up or B reaches down',
    versions: [
      ['1', '2'],
      ['1-1', '1-2'],
      ['1-9', '2-1'],
      ['1-9', '2'],
      ['1', '2-1'],
      ['1.0~rc1', '1.0'],
      ['1.0', '1.0^git1'],
      ['9', '1:0'],
      ['0:9-1', '1:0-1'],
      ['1:9', '2:0'],
    ],
    overlap: {
      '<': 'yynnn',
      '<=': 'yynnn',
      '=': 'yynnn',
      '>=': 'yyyyy',
      '>': 'yyyyy',
    },
  },
  {
    rule: 'overlap if both are equal and share a direction or the version itself',
    versions: [
      ['1', '1'],
      ['1-1', '1-1'],
      ['0:1', '1'],
      ['1', '0:1'],
      ['2:1-1', '2:1-1'],
      ['1.0-1', '1_0-01'],
    ],
    overlap: {
      '<': 'yynnn',
      '<=': 'yyyyn',
      '=': 'nyyyn',
      '>=': 'nyyyy',
      '>': 'nnnyy',
    },
  },
  {
    rule: 'overlap if A is higher and either A reaches down or B reaches up',
    versions: [
      ['2', '1'],
      ['1-2', '1-1'],
      ['2-1', '1-9'],
      ['1:0', '9'],
      ['1.0', '1.0~rc1'],
      ['1:0-1', '9-1'],
    ],
    overlap: {
      '<': 'yyyyy',
      '<=': 'yyyyy',
      '=': 'nnnyy',
      '>=': 'nnnyy',
      '>': 'nnnyy',
    },
  },
  {
    rule: 'overlap in every release of a version if A includes the version without a release',
    versions: [
      ['1', '1-1'],
      ['0:1', '1-5'],
      ['3:1', '3:1-2'],
    ],
    overlap: {
      '<': 'yynnn',
      '<=': 'yyyyy',
      '=': 'yyyyy',
      '>=': 'yyyyy',
      '>': 'nnnyy',
    },
  },
  {
    rule: 'overlap in every release of a version if B includes the version without a release',
    versions: [
      ['1-1', '1'],
      ['1-5', '0:1'],
      ['3:1-2', '3:1'],
    ],
    overlap: {
      '<': 'yyyyn',
      '<=': 'yyyyn',
      '=': 'nyyyn',
      '>=': 'nyyyy',
      '>': 'nyyyy',
    },
  },
];

interface Row {
  rule: string;
  a: { sense: Comparison; evr: string };
  b: { sense: Comparison; evr: string };
  meet: boolean;
}

const rows: Row[] = relations.flatMap(({ rule, versions, overlap }) =>
  versions.flatMap(([a, b]) =>
    comparisons.flatMap((left) =>
      comparisons.map((right, column) => ({
        rule,
        a: { sense: left, evr: a },
        b: { sense: right, evr: b },
        meet: overlap[left][column] === 'y',
      })),
    ),
  ),
);

function dependency(name: string, { sense, evr }: Row['a']): Dependency {
  return { name, flags: senses[sense], evr };
}

function show({ a, b }: Row): string {
  return `${a.sense} ${a.evr} against ${b.sense} ${b.evr}`;
}

describe('two ranges', () => {
  for (const { rule } of relations) {
    it(rule, () => {
      for (const row of rows.filter((candidate) => candidate.rule === rule)) {
        assert.equal(overlaps(dependency('x', row.a), dependency('x', row.b)), row.meet, show(row));
      }
    });
  }

  it('of other names never overlap', () => {
    const flags = Sense.equal;
    assert.equal(overlaps({ name: 'x', flags, evr: '1' }, { name: 'y', flags, evr: '1' }), false);
    assert.equal(overlaps({ name: 'x', flags: 0, evr: '' }, { name: 'X', flags: 0, evr: '' }), false);
  });

  it('always overlap if one has no version', () => {
    const any = { name: 'x', flags: 0, evr: '' };
    const one = { name: 'x', flags: Sense.less, evr: '0' };
    assert.deepEqual([overlaps(any, one), overlaps(one, any), overlaps(any, any)], [true, true, true]);
  });

  it('are compared by their senses only, whatever other flags they have', () => {
    const required = { name: 'x', flags: Sense.greater | Sense.post, evr: '2' };
    const found = { name: 'x', flags: Sense.equal | (1 << 15), evr: '1' };
    assert.equal(overlaps(required, found), false);
  });
});

describe('the table of ranges', () => {
  const directory = scratch();

  it('agrees with rpm itself, if one package requires all of A and another provides all of B', async () => {
    const requires = rows.map(({ a }, i) => `row${i} ${a.sense} ${a.evr}`);
    const provides = rows.map(({ b }, i) => `row${i} ${b.sense} ${b.evr}`);
    const rpms = await buildPackages(directory, [
      { name: 'requiring', requires },
      { name: 'providing', provides },
    ]);
    const { stderr } = await run('rpm', ['--dbpath', join(directory, 'db'), '-i', '--test', ...rpms]);
    assert.match(stderr, /^error: Failed dependencies:$/m);
    const failed = new Set(
      [...stderr.matchAll(/^\trow(\d+) .* is needed by requiring-1-1\.noarch$/gm)].map(([, row]) =>
        Number(row),
      ),
    );
    for (const [i, row] of rows.entries()) assert.equal(!failed.has(i), row.meet, show(row));
  });
});

describe('a Requires', () => {
  const cases: [name: string, flags: number, followed: boolean, why: string][] = [
    ['python3-libs(x86-64)', Sense.equal, true, 'of a package is followed'],
    ['libc.so.6(GLIBC_2.34)(64bit)', 1 << 14, true, 'that rpmbuild found in a file is followed'],
    ['/usr/bin/python3', 1 << 14, true, 'of the interpreter of a script is followed'],
    ['(python3-six if python3-foo)', 0, true, 'of several packages is followed'],
    ['config-manager', 0, true, 'with a name that only begins like a special one is followed'],
    ['/bin/sh', Sense.interpreter | Sense.post, false, 'of the interpreter of a scriptlet is not'],
    ['systemd', Sense.preun | Sense.postun, false, 'of scriptlets is not'],
    ['ca-certificates', Sense.pre, false, 'of one scriptlet is not'],
    ['glibc', Sense.posttrans, false, 'of a scriptlet of the transaction is not'],
    [
      'rpmlib(CompressedFileNames)',
      Sense.rpmlib | Sense.less | Sense.equal,
      false,
      'of a feature of rpm is not',
    ],
    ['rpmlib(FileDigests)', 0, false, 'of a feature of rpm is not, whatever its flags are'],
    ['config(python3)', Sense.config | Sense.equal, false, 'of configuration files is not'],
    ['rtld(GNU_HASH)', 1 << 14, false, 'of a feature of ld.so is not'],
  ];
  for (const [name, flags, followed, why] of cases) {
    it(`${why}: ${name}`, () => assert.equal(isFollowed({ name, flags, evr: '' }), followed));
  }
});
