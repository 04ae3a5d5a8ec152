import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { UnpackedEntry } from '../../src/archive/write-entry.ts';
import { checkFiles } from '../../src/verify/files.ts';
import { manifestOf } from '../support/verify/manifest.ts';

const cases: { name: string; present: string[]; problems: string[] }[] = [
  { name: 'is there', present: ['lib', 'lib/plugins'], problems: [] },
  {
    name: 'is missing',
    present: ['lib'],
    problems: ['lib/plugins is missing, though it is in the manifest'],
  },
];

describe('an empty directory of the manifest', () => {
  for (const { name, present, problems } of cases) {
    it(name, () => {
      const entries = present.map((path): UnpackedEntry => {
        const none = { mode: 0o755, mtime: 0, size: 0, sha256: '', target: '' };
        return { type: 'directory', path: `top/${path}`, ...none };
      });
      const manifest = { ...manifestOf([], {}), directories: [{ path: 'lib/plugins', reason: '' }] };
      assert.deepEqual(checkFiles(entries, manifest).problems, problems);
    });
  }
});
