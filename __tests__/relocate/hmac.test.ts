import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { hmac } from '../../src/relocate/hmac.ts';
import { must } from '../support/run.ts';
import { scratch } from '../support/scratch.ts';

describe("a library's checksum", () => {
  const directory = scratch();

  for (const end of ['\n', '']) {
    test(`is the one that openssl computes for the edited library, ${end === '' ? 'without' : 'with'} a line end`, async () => {
      const library = Buffer.from('the library as it is in the archive');
      writeFileSync(join(directory, 'library'), library);
      // The packages compute it the same way: openssl.spec of RHEL 8 runs fipshmac.
      const command = ['dgst', '-sha256', '-hmac', 'orboDeJITITejsirpADONivirpUkvarP', '-r'];
      const { stdout } = await must('openssl', [...command, join(directory, 'library')]);
      const made = hmac(Buffer.from('0'.repeat(64) + end), library);
      assert.equal(made.toString(), stdout.toString().slice(0, 64) + end);
    });
  }

  test('is left as it is if it has another form', () => {
    const original = Buffer.from('[global]\nformat-version = 1\n');
    assert.equal(hmac(original, Buffer.from('library')), original);
  });
});
