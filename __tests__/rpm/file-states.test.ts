import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { correctStates } from '../../src/rpm/file-states.ts';
import { Installed } from '../../src/rpm/installed.ts';
import { FileFlag, type InstalledFile } from '../../src/rpm/package.ts';
import { installedIn, installedPackage } from '../support/plan/values.ts';

const path = '/usr/lib/a/data';
/** The content of every file of `installedIn`. */
const content = { size: 4, digest: createHash('sha256').update('file').digest('hex') };

/** The state of the file after the correction, and the warnings. */
function corrected(file: Partial<InstalledFile>, others: Partial<InstalledFile>[] = []) {
  const packages = [
    installedPackage('a', { files: [{ path, ...content, ...file }] }),
    ...others.map((other, index) =>
      installedPackage(`b${index}`, { files: [{ path, ...content, ...other }] }),
    ),
  ];
  const { installed, findings } = correctStates(installedIn(packages));
  return {
    state: installed.packages[0]?.files[0]?.state,
    owner: installed.owner(path)?.package.name,
    warnings: findings.map(({ message }) => message),
  };
}

const warning =
  'according to the RPM database, /usr/lib/a/data of a-1-1.noarch was not installed, but the disk has the packaged content; relopack uses it';

describe('a file that rpm did not install, according to its state,', () => {
  for (const state of [1, 2, 4]) {
    it(`is used with a warning if the disk has it as its package does: state ${state}`, () => {
      assert.deepEqual(corrected({ state }), { state: 0, owner: 'a', warnings: [warning] });
    });
  }

  const left: [why: string, file: Partial<InstalledFile>, others?: Partial<InstalledFile>[]][] = [
    ['the file on the disk has another size', { size: 5 }],
    ['the file on the disk has another content', { digest: '00' }],
    ['the disk has a file of another type', { mode: 0o120777 }],
    ['another package owns the same file', {}, [{ state: 0 }]],
    ['it is a %ghost', { flags: FileFlag.ghost }],
  ];
  for (const [why, file, others] of left) {
    it(`stays out if ${why}`, () => {
      const { state, warnings } = corrected({ state: 2, ...file }, others);
      assert.deepEqual([state, warnings], [2, []]);
    });
  }

  it('is used with a warning if it is a link', () => {
    const installed = installedIn([installedPackage('a', { files: [{ path, state: 0 }] })]);
    symlinkSync('data', join(installed.root.path, 'usr/lib/a/link'));
    const file = { path: '/usr/lib/a/link', mode: 0o120777, size: 4, state: 2 };
    const linked = correctStates(new Installed(installed.root, [installedPackage('a', { files: [file] })]));
    assert.equal(linked.installed.packages[0]?.files[0]?.state, 0);
    assert.equal(linked.findings.length, 1);
  });

  it('is used without a warning if it is a directory', () => {
    const installed = installedIn([]);
    mkdirSync(join(installed.root.path, 'folder'));
    const file = { path: '/folder', mode: 0o040755, state: 2 };
    const { findings, installed: after } = correctStates(
      new Installed(installed.root, [installedPackage('a', { files: [file] })]),
    );
    assert.deepEqual([after.packages[0]?.files[0]?.state, findings], [0, []]);
  });

  it('is counted with the others of its package', () => {
    const files = ['/x', '/y', '/z'].map((name) => ({ path: name, ...content, state: 2 }));
    const { findings } = correctStates(installedIn([installedPackage('a', { files })]));
    assert.match(String(findings[0]?.message), /, \/x and 2 more files of a-1-1\.noarch were not installed,/);
    assert.equal(findings.length, 1);
  });
});
