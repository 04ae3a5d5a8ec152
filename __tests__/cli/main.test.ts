import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { must, run } from '../support/run.ts';
import { scratch } from '../support/scratch.ts';

const main = join(import.meta.dirname, '../../src/cli/main.ts');

/** An archive whose Python is a shell script, as the manifest says. */
async function archive(script: string): Promise<string> {
  const directory = scratch();
  mkdirSync(join(directory, 'top/bin'), { recursive: true });
  writeFileSync(join(directory, 'top/bin/python3'), script, { mode: 0o755 });
  const sha256 = createHash('sha256').update(script).digest('hex');
  const manifest = {
    python: { version: '3.12', executable: 'bin/python3' },
    arch: 'x86_64',
    modules: [{ word: 'x', package: 'x', imports: ['first'] }],
    files: [{ path: 'bin/python3', type: 'file', mode: '0755', sha256 }],
  };
  writeFileSync(join(directory, 'top/manifest.json'), JSON.stringify(manifest));
  await must('tar', ['--format=ustar', '-czf', join(directory, 'a.tar.gz'), '-C', directory, 'top']);
  return join(directory, 'a.tar.gz');
}

describe('the command', () => {
  test('ends although a program of the archive keeps running with its streams', async () => {
    const path = await archive('#!/bin/sh\nsleep 120 &\necho first; exit 3\n');
    const begun = performance.now();
    const { code, stderr } = await run(process.execPath, [main, 'verify', path]);
    assert.equal(code, 1);
    assert.match(stderr, /import first: the packed Python exited with code 3/);
    assert.ok(performance.now() - begun < 60_000);
  });

  for (const option of ['--json', '--debug'])
    test(`prints no control characters and no characters for directions with ${option}`, async () => {
      const path = 'a\u001b[31m\u009b31m\u202eb##[error]c\n::error::d';
      const { code, stdout, stderr } = await run(process.execPath, [main, 'verify', option, path]);
      assert.equal(code, 1);
      assert.doesNotMatch(`${stdout}${stderr}`, /(?!\n)[\p{Cc}\p{Bidi_Control}]|##\[|^::/mu);
      assert.match(stderr, /a\?\[31m\?31m\?b## \[error\]c\n: :error::d/);
      if (option === '--json') assert.ok(JSON.parse(stdout.toString()).error.message.includes(path));
    });

  test('refuses an output whose name is not UTF-8, as Node cannot write a file of that name', async () => {
    const { code, stderr } = await run('sh', [
      ...['-c', '"$0" "$1" pack -o "$(printf "a\\377")"', process.execPath, main],
    ]);
    assert.equal(code, 2);
    assert.equal(stderr, "relopack: --output is 'a\ufffd'\nAllowed value: the path of a file, in UTF-8.\n");
  });

  test('prints all of a long result into a pipe before it ends', async () => {
    const { code, stdout } = await run('sh', [
      '-c',
      '"$0" "$1" --help | (sleep 1; cat)',
      process.execPath,
      main,
    ]);
    assert.equal(code, 0);
    assert.match(stdout.toString(), /^relopack packs [\s\S]* 2 wrong usage\.\n$/);
  });
});
