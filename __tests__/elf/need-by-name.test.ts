import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { readImage } from '../../src/elf/image.ts';
import { needByName } from '../../src/elf/need-by-name.ts';
import { setRunpath } from '../../src/elf/set-runpath/set-runpath.ts';
import { compile } from '../support/elf/tools.ts';
import { run } from '../support/run.ts';
import { scratch } from '../support/scratch.ts';

const cases: { name: string; flags: string[] }[] = [
  { name: 'without a soname', flags: [] },
  { name: 'with versions, which name the library too', flags: ['-Wl,--version-script=versions'] },
];

describe('a program that needs a library by its path', () => {
  const directory = scratch();
  for (const [index, { name, flags }] of cases.entries()) {
    it(`finds the moved library by its name: ${name}`, async () => {
      const at = join(directory, `${index}`);
      for (const folder of [at, join(at, 'built'), join(at, 'moved')]) mkdirSync(folder);
      const versions = join(at, 'versions');
      writeFileSync(versions, 'V1 { global: answer; local: *; };\n');
      const library = await compile(
        join(at, 'built'),
        'libanswer.so',
        'int answer(void) { return 42; }',
        '-shared',
        '-fPIC',
        ...flags.map((flag) => flag.replace('=versions', `=${versions}`)),
      );
      const program = await compile(
        at,
        'program',
        'int answer(void); int main(void) { return answer(); }',
        library,
      );
      const original = readFileSync(program);
      assert.ok(readImage(original, program).needed.includes(library));

      const edited = needByName(original, program);

      assert.equal(edited.length, original.length);
      assert.ok(readImage(edited, program).needed.includes('libanswer.so'));
      assert.equal(needByName(edited, program), edited, 'a second run changes nothing');
      renameSync(library, join(at, 'moved/libanswer.so'));
      writeFileSync(program, setRunpath(edited, '$ORIGIN/moved', program));
      assert.equal((await run(program, [])).code, 42);
    });
  }
});
