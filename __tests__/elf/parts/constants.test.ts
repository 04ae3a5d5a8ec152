import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { readConstants } from '../../../src/elf/parts/constants.ts';
import { must } from '../../support/run.ts';
import { scratch } from '../../support/scratch.ts';

const source = `
const char *constant(void) { return "a constant text"; }
char variable[] = "a variable text";
__asm__(".text\\n.asciz \\"a text beside code\\"\\n.section .comment\\n.asciz \\"a text that is not loaded\\"\\n");
`;

function constants(bytes: Buffer): string {
  const read = (into: Buffer, at: number) => void bytes.copy(into, 0, at);
  return Buffer.concat(readConstants(bytes.length, read)).toString('latin1');
}

describe('the constants of an ELF file', () => {
  let library: Buffer;
  before(async () => {
    const directory = scratch();
    writeFileSync(join(directory, 'a.c'), source);
    await must('gcc', ['-shared', '-fPIC', '-o', join(directory, 'a.so'), join(directory, 'a.c')]);
    library = readFileSync(join(directory, 'a.so'));
  });

  const texts = [
    ['have the texts of read-only data', 'a constant text', true],
    ['have the texts of variables', 'a variable text', true],
    ['have no texts beside code', 'a text beside code', false],
    ['have no texts that are not loaded', 'a text that is not loaded', false],
  ] as const;
  for (const [sentence, text, expected] of texts)
    it(sentence, () => {
      assert.ok(library.includes(text));
      assert.equal(constants(library).includes(text), expected);
    });

  it('are the whole file if it has no section headers', () => {
    const stripped = Buffer.from(library);
    stripped.writeUInt16LE(0, 60);
    assert.equal(constants(stripped).length, stripped.length);
  });

  it('are the whole file if its section headers are outside', () => {
    const damaged = Buffer.from(library);
    damaged.writeBigUInt64LE(BigInt(damaged.length), 40);
    assert.ok(constants(damaged).includes('a constant text'));
  });
});
