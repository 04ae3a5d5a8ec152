import assert from 'node:assert/strict';
import { closeSync, fstatSync, openSync, readdirSync, readFileSync, readSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { isElf } from '../../../src/elf/identity.ts';
import { readImage } from '../../../src/elf/image.ts';
import { skim } from '../../../src/elf/parts/skim.ts';
import { output } from '../../support/elf/tools.ts';

/** Skims a file, and counts the bytes that were read. */
function skimFile(path: string): { bytes: Buffer; read: number } {
  const file = openSync(path, 'r');
  let read = 0;
  const bytes = skim(fstatSync(file).size, (into, at) => {
    read += readSync(file, into, 0, into.length, at);
  });
  closeSync(file);
  return { bytes, read };
}

describe('a skimmed ELF file', () => {
  it('has the same image as the file that is read in full, for Node and the libraries of this machine', async () => {
    const libc = realpathSync((await output('gcc', '-print-file-name=libc.so.6')).trim());
    const directory = dirname(libc);
    const libraries = readdirSync(directory).filter((name) => name.includes('.so'));
    const paths = [process.execPath, ...libraries.map((name) => join(directory, name))];
    let compared = 0;
    for (const path of paths) {
      const { bytes } = skimFile(path);
      if (!isElf(bytes)) continue;
      compared++;
      assert.deepEqual(readImage(bytes, path), readImage(readFileSync(path), path), path);
    }
    assert.ok(compared > 20, `${compared} files`);
  });

  it('is read by half at most if it is large', () => {
    const { bytes, read } = skimFile(process.execPath);
    assert.ok(read < bytes.length / 2, `${read} of ${bytes.length} bytes`);
  });

  const whole: [name: string, bytes: Buffer][] = [
    ['it is small', Buffer.from('\x7fELF small', 'latin1')],
    ['it has no section headers', Buffer.alloc(1 << 20, 1).fill(0, 0, 64)],
    ['its section headers are outside of it', Buffer.alloc(1 << 20, 0xff)],
  ];
  for (const [name, file] of whole) {
    it(`is read in full if ${name}`, () => {
      file.write('\x7fELF\x02\x01\x01', 0, 'latin1');
      const bytes = skim(file.length, (into, at) => void file.copy(into, 0, at, at + into.length));
      assert.ok(bytes.equals(file));
    });
  }
});
