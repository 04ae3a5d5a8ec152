import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { UnpackedEntry } from '../../src/archive/write-entry.ts';
import type { ManifestFile } from '../../src/manifest/manifest.ts';
import { checkFiles } from '../../src/verify/files.ts';
import { manifestOf } from '../support/verify/manifest.ts';

function entry(path: string, mode: number, more: Partial<UnpackedEntry> = {}): UnpackedEntry {
  return { type: 'file', path: `top/${path}`, mode, mtime: 0, size: 0, sha256: 'same', target: '', ...more };
}

const listed: ManifestFile = { path: 'bin/x', type: 'file', mode: '0755', sha256: 'same', reason: '' };
const { mode: _, ...unmoded } = listed;
const hardLink: ManifestFile = { path: 'bin/y', type: 'hardlink', mode: '0755', target: 'bin/x', reason: '' };
const link: ManifestFile = { path: 'bin/l', type: 'symlink', target: 'x', reason: '' };

const cases: {
  name: string;
  entry: UnpackedEntry;
  file?: ManifestFile;
  directory?: string;
  problem?: string;
}[] = [
  { name: 'a file has the mode in the manifest', entry: entry('bin/x', 0o755), file: listed },
  ...[0o6755, 0o1755, 0o777, 0o644, 0].map((mode) => {
    const has = mode.toString(8).padStart(4, '0');
    const problem = `bin/x has mode ${has}, and 0755 in the manifest`;
    return { name: `a file has mode ${has}`, entry: entry('bin/x', mode), file: listed, problem };
  }),
  {
    name: 'the manifest has no mode of a file',
    entry: entry('bin/x', 0o755),
    file: unmoded,
    problem: 'bin/x has mode 0755, and none in the manifest',
  },
  {
    name: 'a file has mode 0 in the manifest too',
    entry: entry('bin/x', 0),
    file: { ...listed, mode: '0000' },
    problem: 'bin/x has mode 0000, so its owner cannot read it',
  },
  {
    name: 'a hard link is setuid',
    entry: entry('bin/y', 0o4755, { type: 'hardlink', target: 'top/bin/x' }),
    file: hardLink,
    problem: 'bin/y has mode 4755, and 0755 in the manifest',
  },
  {
    name: 'a symbolic link has any mode',
    entry: entry('bin/l', 0o7000, { type: 'symlink', target: 'x' }),
    file: link,
  },
  {
    name: 'all users may write into a directory',
    entry: entry('bin', 0o777, { type: 'directory' }),
    problem: 'bin has mode 0777, not 0755',
  },
  {
    name: 'an empty directory has the mode in the manifest',
    entry: entry('lib/empty', 0o2775, { type: 'directory' }),
    directory: '2775',
  },
  {
    name: 'the manifest is setuid',
    entry: entry('manifest.json', 0o4644),
    problem: 'manifest.json has mode 4644, not 0644',
  },
];

describe('the check of files', () => {
  for (const { name, entry: found, file, directory, problem } of cases) {
    it(`${problem === undefined ? 'passes' : 'fails'} if ${name}`, () => {
      const directories = directory === undefined ? [] : [{ path: 'lib/empty', mode: directory, reason: '' }];
      const manifest = { ...manifestOf([], {}), files: file === undefined ? [] : [file], directories };
      const entries = [entry('', 0o755, { type: 'directory', path: 'top' }), found];
      assert.deepEqual(checkFiles(entries, manifest).problems, problem === undefined ? [] : [problem]);
    });
  }
});

const directories: { name: string; present: string[]; problems: string[] }[] = [
  { name: 'is there', present: ['lib', 'lib/plugins'], problems: [] },
  {
    name: 'is missing',
    present: ['lib'],
    problems: ['lib/plugins is missing, though it is in the manifest'],
  },
];

describe('an empty directory of the manifest', () => {
  for (const { name, present, problems } of directories) {
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
