import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { hmac } from '../../src/relocate/hmac.ts';
import { must } from '../support/run.ts';

describe("a library's checksum", () => {
  const directory = mkdtempSync(join(tmpdir(), 'checksum-'));
  after(() => rmSync(directory, { recursive: true }));

  for (const end of ['\n', '']) {
    test(`is what openssl says of the edited library, ${end === '' ? 'without' : 'with'} a line end`, async () => {
      const library = Buffer.from('the library as it is in the archive');
      writeFileSync(join(directory, 'library'), library);
      // As the packages do it: openssl.spec of RHEL 8, by fipshmac.
      const command = ['dgst', '-sha256', '-hmac', 'orboDeJITITejsirpADONivirpUkvarP', '-r'];
      const { stdout } = await must('openssl', [...command, join(directory, 'library')]);
      const made = hmac(Buffer.from('0'.repeat(64) + end), library);
      assert.equal(made.toString(), stdout.toString().slice(0, 64) + end);
    });
  }

  test('of another form stays as it is', () => {
    const original = Buffer.from('[global]\nformat-version = 1\n');
    assert.equal(hmac(original, Buffer.from('library')), original);
  });
});
