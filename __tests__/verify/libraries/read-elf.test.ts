import assert from 'node:assert/strict';
import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { readElf } from '../../../src/verify/libraries/read-elf.ts';
import { scratch } from '../../support/scratch.ts';
import { hostileElf } from '../../support/verify/hostile-elf.ts';

const gigabyte = 1024 ** 3;

const refused: { name: string; bytes: Buffer; size?: number; message: RegExp }[] = [
  {
    name: 'of more than 2 GiB without sections',
    bytes: hostileElf({}),
    size: 3 * gigabyte,
    message: /^top\/x\.so cannot be checked: more than 134217728 bytes of it are outside of its sections$/,
  },
  {
    name: 'whose entries share one long string',
    bytes: hostileElf({ needed: { name: 'n'.repeat(16_000), count: 16_000, stepped: true } }),
    message: /top\/x\.so is not a valid ELF file: its dynamic entries share their strings/,
  },
];

describe('an ELF file', () => {
  for (const [index, { name, bytes, size, message }] of refused.entries()) {
    it(`${name} is refused within a second of processor time`, () => {
      const path = join(scratch(), `${index}`);
      writeFileSync(path, bytes);
      // The file is sparse: it has no blocks on the disk.
      if (size !== undefined) truncateSync(path, size);
      const begun = process.cpuUsage();
      assert.throws(() => readElf(path, 'top/x.so'), { name: 'RelopackError', message });
      const { user, system } = process.cpuUsage(begun);
      assert.ok(user + system < 1e6);
    });
  }

  it('that needs nothing, with any number of sections, is read', () => {
    const path = join(scratch(), 'x.so');
    writeFileSync(path, hostileElf({ soname: 'x.so', sections: 65_000 }));
    assert.deepEqual(readElf(path, 'x.so').needed, []);
  });
});
