import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { architectures } from '../../scripts/native.ts';
import { staticLauncher } from '../../src/launcher/static-launcher.ts';
import { output } from '../support/elf/tools.ts';
import { identities, paths } from '../support/launcher/tree.ts';
import { scratch } from '../support/scratch.ts';

for (const architecture of architectures) {
  describe(`the static launcher for ${architecture}`, () => {
    test('is one segment that is not writable and has no fixed address, for pages of 64 kB, and names no loader', async () => {
      const bytes = staticLauncher(identities[architecture], paths);
      assert.ok(bytes !== undefined);
      const program = join(scratch(), 'launcher');
      writeFileSync(program, bytes);
      const headers = await output('readelf', '--file-header', '--program-headers', '--wide', program);
      const size = `0x${bytes.length.toString(16).padStart(6, '0')}`;
      const segments = headers.split('\n').filter((line) => /^ {2}[A-Z_]+ +0x/.test(line));
      assert.deepEqual(
        segments.map((line) => line.trim().split(/ +/)),
        [
          ['LOAD', '0x000000', ...Array(2).fill(`0x${'0'.repeat(16)}`), size, size, 'R', 'E', '0x10000'],
          [
            'GNU_STACK',
            '0x000000',
            ...Array(2).fill(`0x${'0'.repeat(16)}`),
            '0x000000',
            '0x000000',
            'RW',
            '0x8',
          ],
        ],
      );
      assert.match(headers, /Type: +DYN/);
      assert.match(headers, /Number of section headers: +0/);
    });
  });
}

test('there is no static launcher for other machines, nor for 32 bits', () => {
  assert.equal(staticLauncher(identities.s390x, paths), undefined);
  assert.equal(staticLauncher({ ...identities.x86_64, class: 32 }, paths), undefined);
});
