import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { RelopackError } from '../../src/common/error.ts';
import { isRich, richOperands } from '../../src/rpm/rich-dependency.ts';
import { dependency } from '../support/plan/values.ts';
import { buildPackages, specFile } from '../support/rpm/packages.ts';
import { must } from '../support/run.ts';
import { scratch } from '../support/scratch.ts';

const wellFormed: [text: string, operands: string[]][] = [
  ['(a)', ['a']],
  ['( a )', ['a']],
  ['(a >= 1.2-3)', ['a >= 1.2-3']],
  ['(a and b)', ['a', 'b']],
  ['(a and b and c and d)', ['a', 'b', 'c', 'd']],
  ['(a or b)', ['a', 'b']],
  ['(a or b or c)', ['a', 'b', 'c']],
  ['(a if b)', ['a', 'b']],
  ['(a if b else c)', ['a', 'b', 'c']],
  ['((a unless b) or c)', ['a', 'b', 'c']],
  ['((a unless b else c) or d)', ['a', 'b', 'c', 'd']],
  ['(a with b)', ['a', 'b']],
  ['(a with b with c)', ['a', 'b', 'c']],
  ['(a without not-a)', ['a']],
  ['(a >= 1 without not-a >= 2)', ['a >= 1']],
  ['(a without (not-a or not-b))', ['a']],
  ['((a without not-a) or b)', ['a', 'b']],
  ['(ranged >= 2 with ranged < 3)', ['ranged >= 2', 'ranged < 3']],
  [
    '(python3.11dist(urllib3) < 2~~ with python3.11dist(urllib3) >= 1.21.1)',
    ['python3.11dist(urllib3) < 2~~', 'python3.11dist(urllib3) >= 1.21.1'],
  ],
  [
    '(python3dist(requests[socks]) or python(abi) = 3.11)',
    ['python3dist(requests[socks])', 'python(abi) = 3.11'],
  ],
  [
    '(libc.so.6()(64bit) or libc.so.6(GLIBC_2.34)(64bit))',
    ['libc.so.6()(64bit)', 'libc.so.6(GLIBC_2.34)(64bit)'],
  ],
  [
    '(glibc-gconv-extra(x86-64) = 2.34-60.el9 if redhat-rpm-config)',
    ['glibc-gconv-extra(x86-64) = 2.34-60.el9', 'redhat-rpm-config'],
  ],
  ['(/usr/bin/a or /usr/bin/b)', ['/usr/bin/a', '/usr/bin/b']],
  ['((a and b) or (c and d))', ['a', 'b', 'c', 'd']],
  ['((a or b) and (c or (d and e)))', ['a', 'b', 'c', 'd', 'e']],
  ['(a and (b if (c or d) else e))', ['a', 'b', 'c', 'd', 'e']],
  ['(a if (b and c))', ['a', 'b', 'c']],
  ['(a   or\tb)', ['a', 'b']],
  ['(a, or b)', ['a', 'b']],
  ['(or or and)', ['or', 'and']],
  ['(a = 1:2-3 or b <= 0:4)', ['a = 1:2-3', 'b <= 0:4']],
];

const malformed: [text: string, why: string][] = [
  ['()', 'it is empty'],
  ['(a', 'it is not closed'],
  ['(a or b', 'it is not closed after an operand'],
  ['(a or (b and c)', 'the outer one is not closed'],
  ['(a b)', 'an operator is missing'],
  ['(a or)', 'the last operand is missing'],
  ['(a xor b)', 'the operator is unknown'],
  ['(a >= 1 2)', 'two versions follow one another'],
  ['(a >= )', 'the version is missing'],
  ['(a and b or c)', 'operators of two kinds follow one another'],
  ['(a if b if c)', 'if does not chain'],
  ['(a without b without c)', 'without does not chain'],
  ['(a and b else c)', 'else follows neither if nor unless'],
  ['(a if b else c else d)', 'there are two elses'],
  ['(a or (b)', 'the end of an inner one is not its end'],
  ['(a >=1)', 'there is no space between comparison and version'],
];

describe('a rich dependency', () => {
  for (const [text, operands] of wellFormed) {
    it(`${text} has the operands ${operands.join(', ')}`, () => {
      assert.deepEqual(
        richOperands(text),
        operands.map((text) => dependency(text)),
      );
    });
  }

  it('is recognized by its opening parenthesis', () => {
    assert.equal(isRich(dependency('(a')), true);
    assert.equal(isRich(dependency('python3dist(a)')), false);
    assert.equal(isRich(dependency('/bin/sh')), false);
  });

  it('may have the older spellings of a comparison', () => {
    assert.deepEqual(
      richOperands('(a => 1 or b =< 2 or c == 3)'),
      ['a >= 1', 'b <= 2', 'c = 3'].map((text) => dependency(text)),
    );
  });
});

describe('a malformed rich dependency is refused', () => {
  for (const [text, why] of malformed) {
    it(`${text}: ${why}`, () => {
      assert.throws(() => richOperands(text), isDatabaseError(text));
    });
  }

  it('if it is not exactly one rich dependency', () => {
    for (const text of ['', 'a', 'a or b', '(a)b', '(a) (b)', '(a))'])
      assert.throws(() => richOperands(text), isDatabaseError(text));
  });

  it('if it is nested so deeply that it must be malicious', () => {
    const text = `${'('.repeat(200_000)}a${')'.repeat(200_000)}`;
    assert.throws(() => richOperands(text), isDatabaseError('nested too deeply'));
  });
});

function isDatabaseError(part: string) {
  return (error: unknown) =>
    error instanceof RelopackError && error.code === 'rpm-database' && error.message.includes(part);
}

describe('the tables of rich dependencies', () => {
  const directory = scratch();

  it('list operands that satisfy rpm, if a package provides nothing else', async () => {
    const rpms = await buildPackages(directory, [
      { name: 'requiring', requires: wellFormed.map(([text]) => text) },
      { name: 'providing', provides: [...new Set(wellFormed.flatMap(([, operands]) => operands))] },
    ]);
    await must('rpm', ['--dbpath', join(directory, 'db'), '-i', '--test', ...rpms]);
  });

  for (const [text] of malformed) {
    it(`list ${text} as malformed, and rpm refuses it in a spec file`, async () => {
      const file = join(directory, 'malformed.spec');
      writeFileSync(file, specFile({ name: 'malformed', requires: [text] }));
      await assert.rejects(must('rpmspec', ['-q', file]), /error:.*Requires/s);
    });
  }
});
