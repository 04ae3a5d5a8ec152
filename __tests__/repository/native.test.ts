import assert from 'node:assert/strict';
import { test } from 'node:test';
import { architectures, buildNative, natives, readNative } from '../../scripts/native.ts';

for (const native of natives) {
  for (const architecture of architectures) {
    test(`${native} for ${architecture} is what its source builds, byte for byte`, async () => {
      const committed = readNative(native, architecture);
      const built = await buildNative(native, architecture);
      if (built.bytes.equals(committed.bytes)) return;
      assert.equal(
        built.compiler,
        committed.compiler,
        'The committed file comes from another compiler than this machine has, so the two cannot be compared. Compare them on a machine with that compiler, or build all files here: node scripts/native.ts',
      );
      assert.fail('its source was changed after it was built: run node scripts/native.ts');
    });
  }
}
