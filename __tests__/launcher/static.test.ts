import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { buildLauncher } from '../../scripts/launcher.ts';
import { programs } from '../../src/launcher/programs.ts';
import { staticLauncher } from '../../src/launcher/static.ts';
import { output } from '../support/elf/tools.ts';
import { identities, paths } from '../support/launcher/tree.ts';

for (const architecture of ['aarch64', 'x86_64'] as const) {
  describe(`the static launcher for ${architecture}`, () => {
    test('is what its source builds', async () => {
      const { compiler, base64 } = programs[architecture];
      const built = await buildLauncher(architecture);
      if (built.bytes.equals(Buffer.from(base64, 'base64'))) return;
      assert.equal(
        built.compiler,
        compiler,
        'The committed launcher comes from another compiler than this machine has, so that nothing can be said of it. Compare on a machine with that one, or build the launcher here: node scripts/launcher.ts',
      );
      assert.fail('launcher.c was changed, and not built: run node scripts/launcher.ts');
    });

    test('is one segment that is not writable, takes pages of 64 kB, and asks for no loader', async () => {
      const directory = mkdtempSync(join(tmpdir(), 'relopack-launcher-'));
      try {
        const bytes = staticLauncher(identities[architecture], paths);
        assert.ok(bytes !== undefined);
        const program = join(directory, 'launcher');
        writeFileSync(program, bytes);
        const headers = await output('readelf', '--file-header', '--program-headers', '--wide', program);
        const size = `0x${bytes.length.toString(16).padStart(6, '0')}`;
        const segments = headers.split('\n').filter((line) => /^ {2}[A-Z_]+ +0x/.test(line));
        assert.deepEqual(
          segments.map((line) => line.trim().split(/ +/)),
          [
            ['LOAD', '0x000000', '0x0000000000400000', '0x0000000000400000', size, size, 'R', 'E', '0x10000'],
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
        assert.match(headers, /Type: +EXEC/);
        assert.match(headers, /Number of section headers: +0/);
      } finally {
        rmSync(directory, { recursive: true });
      }
    });
  });
}

test('there is none for other machines, and for 32 bits', () => {
  assert.equal(staticLauncher(identities.s390x, paths), undefined);
  assert.equal(staticLauncher({ ...identities.x86_64, class: 32 }, paths), undefined);
});
