import assert from 'node:assert/strict';
import { copyFileSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { isolateLibc } from '../../../src/elf/isolate/libc.ts';
import { compile } from '../../support/elf/tools.ts';
import { run } from '../../support/run.ts';
import { scratch } from '../../support/scratch.ts';

const directory = scratch();
const [libc] = globSync(['/usr/lib/*-linux-gnu*/libc.so.6', '/usr/lib64/libc.so.6']);

/** A program that sets the locale C.UTF-8, opens a converter of iconv, and prints what is mapped. */
const prober = `
  #include <iconv.h>
  #include <locale.h>
  #include <stdio.h>
  int main(void) {
    puts(setlocale(LC_ALL, "C.UTF-8") ? "locale" : "no locale");
    puts(iconv_open("UTF-8", "EUC-JP") != (iconv_t)-1 ? "iconv" : "no iconv");
    char line[4096];
    FILE *maps = fopen("/proc/self/maps", "r");
    while (fgets(line, sizeof line, maps)) fputs(line, stdout);
    return 0;
  }`;

async function probe(program: string, library: string, env: Record<string, string> = {}) {
  writeFileSync(join(directory, 'libc.so.6'), readFileSync(library));
  const { code, stdout, stderr } = await run(program, [], { env: { LD_LIBRARY_PATH: directory, ...env } });
  assert.equal(code, 0, stderr);
  const output = stdout.toString();
  const mapped = [...output.matchAll(/(\/\S*(?:locale|gconv)\S*)$/gm)].map(([path]) => path);
  return { says: output.split('\n').slice(0, 2), mapped: [...new Set(mapped)] };
}

test('an isolated libc maps nothing of the machine, and finds locales by LOCPATH alone', async () => {
  assert.ok(libc !== undefined);
  const program = await compile(directory, 'prober', prober);
  const original = join(directory, 'original');
  copyFileSync(libc, original);
  // The original maps locales and modules, so the test can fail.
  const before = await probe(program, original);
  assert.deepEqual(before.says, ['locale', 'iconv']);
  assert.ok(before.mapped.length > 2, before.mapped.join(' '));

  const bytes = readFileSync(libc);
  const edited = isolateLibc(bytes, libc);
  assert.equal(edited.length, bytes.length);
  const isolated = join(directory, 'isolated');
  writeFileSync(isolated, edited);
  assert.deepEqual(await probe(program, isolated), { says: ['no locale', 'no iconv'], mapped: [] });
  const [locales] = globSync('/usr/lib/locale');
  const { says } = await probe(program, isolated, { LOCPATH: locales ?? '' });
  assert.deepEqual(says, ['locale', 'no iconv']);
  assert.equal(isolateLibc(edited, libc), edited, 'a second run changes nothing');
});

const locale = '\0/usr/lib/locale\0';
const closed = '\0/dev/null/ocale\0';
for (const [before, after] of [
  [locale, closed],
  [`${locale}/usr/lib/locale/locale-archive\0`, `${closed}/dev/null/ocale/locale-archive\0`],
  [`${locale}/usr/share/locale\0`, `${closed}/dev/null//locale\0`],
  [`${locale}/usr/lib64/gconv\0`, `${closed}/dev/null//gconv\0`],
  [
    `${locale}/usr/lib/x86_64-linux-gnu/gconv/gconv-modules.cache\0`,
    `${closed}/dev/null/86_64-linux-gnu/gconv/gconv-modules.cache\0`,
  ],
  [`${locale}/usr/share/locale/%L/%N\0`, `${closed}/usr/share/locale/%L/%N\0`],
  [`${locale}/usr/share/zoneinfo\0`, `${closed}/usr/share/zoneinfo\0`],
] as const) {
  test(`${JSON.stringify(before)} becomes ${JSON.stringify(after)}`, () => {
    const bytes = Buffer.from(before, 'latin1');
    assert.equal(isolateLibc(bytes, 'libc').toString('latin1'), after);
    assert.equal(bytes.toString('latin1'), before, 'the input was changed');
  });
}

test('a library without a directory of locales is refused', () => {
  assert.throws(() => isolateLibc(Buffer.from('\0/etc/passwd\0'), 'libc.musl'), {
    name: 'RelopackError',
    code: 'elf-unsupported',
    message: /libc\.musl .*does not contain \/usr\/lib\/locale/,
  });
});
