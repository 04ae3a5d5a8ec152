import assert from 'node:assert/strict';
import { chmodSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { installedIn, installedPackage } from '../support/plan/values.ts';

describe('the owner of a file, for a user who may not read every directory,', () => {
  const secret = installedPackage('audit', { files: ['/etc/audit/rules.d/audit.rules'] });
  const open = installedPackage('open', { files: ['/usr/share/open/data'] });

  it('is found; only a question about an unreadable directory is an error', () => {
    const installed = installedIn([secret, open]);
    const { path } = installed.root;
    for (const open of [path, dirname(path)]) chmodSync(open, 0o755);
    chmodSync(join(path, 'etc/audit'), 0o700);
    const { geteuid, seteuid } = process;
    assert.ok(geteuid?.() === 0 && seteuid !== undefined, 'these tests need root');
    seteuid(65534);
    try {
      assert.equal(installed.owner('/usr/share/open/data')?.package, open);
      assert.throws(() => installed.owner('/etc/audit/rules.d/audit.rules'), {
        code: 'file-missing',
        message: /^\/etc\/audit\/rules\.d cannot be read from the host: .*permission denied/i,
        remedy: 'Run as a user who may read it.',
      });
    } finally {
      seteuid(0);
    }
  });
});
