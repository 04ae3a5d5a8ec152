import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { verifyRows } from '../../src/cli/commands.ts';
import { asOption, type Message, message, option, spell } from '../../src/common/message.ts';
import { optionRows } from '../../src/options.ts';

describe('a message, in the form of the command,', () => {
  const cases: { name: string; said: Message; shown: string }[] = [
    { name: 'is its text', said: 'plain', shown: 'plain' },
    { name: 'has an option', said: message`use ${option('exclude')}.`, shown: 'use --exclude.' },
    { name: 'has a switch that is on', said: message`${option('strict', true)}`, shown: '--strict' },
    { name: 'has a switch that is off', said: message`${option('verify', false)}`, shown: '--no-verify' },
    { name: 'has a value', said: message`(${option('python', '3.12')})`, shown: '(--python 3.12)' },
    { name: 'quotes a glob', said: message`${option('exclude', '**')}`, shown: "--exclude '**'" },
    { name: 'contains numbers and messages', said: message`${3}: ${message`a ${'b'}`}`, shown: '3: a b' },
  ];
  for (const { name, said, shown } of cases) test(name, () => assert.equal(spell(said, asOption), shown));
});

describe('a source file', () => {
  const folder = join(import.meta.dirname, '../../src');
  const names = [...optionRows, ...verifyRows].map((row) => row.name).join('|');
  /** An option of relopack in a string. Those of rpm have a value behind them that is a variable. */
  const option = new RegExp(`--(?:no-)?(?:${names})\\b(?!')`);
  const sources = globSync('**/*.ts', { cwd: folder }).filter((path) => !path.startsWith('cli/'));

  for (const path of sources.sort()) {
    test(`${path} names no option in the form of the command: option() makes a token of it`, () => {
      const code = readFileSync(join(folder, path), 'utf8').replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
      assert.equal(option.exec(code)?.[0], undefined);
    });
  }
});
