import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Finding, reportFindings } from '../../src/common/finding.ts';
import { asOption, type Message, message, option, spell } from '../../src/common/message.ts';

const findings: Finding[] = [
  { severity: 'warning', message: 'a was changed' },
  { severity: 'remark', message: message`${option('exclude', 'x')} matches no file` },
  { severity: 'warning', message: 'b was changed' },
];

/** A log that keeps the warnings. */
function keeping(warnings: string[]) {
  const warn = (text: Message) => warnings.push(spell(text, asOption));
  return { stage: () => {}, done: () => {}, warn };
}

describe('findings', () => {
  test('are all logged in their order', () => {
    const warnings: string[] = [];
    reportFindings(findings, false, keeping(warnings));
    assert.deepEqual(warnings, ['a was changed', '--exclude x matches no file', 'b was changed']);
  });

  test('with strict are one error that names all warnings, and the remarks are logged', () => {
    const warnings: string[] = [];
    assert.throws(() => reportFindings(findings, true, keeping(warnings)), {
      code: 'file-changed',
      message: 'a was changed; b was changed',
      remedy: 'Reinstall the packages that own these files, or pack without --strict.',
    });
    assert.deepEqual(warnings, ['--exclude x matches no file']);
  });

  test('with strict are no error if all are remarks', () => {
    const warnings: string[] = [];
    reportFindings(findings.slice(1, 2), true, keeping(warnings));
    assert.equal(warnings.length, 1);
  });
});
