import assert from 'node:assert/strict';
import { existsSync, mkdirSync, statSync, symlinkSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, it } from 'node:test';
import { withTemporaryDirectory } from '../../src/common/temporary-directory.ts';
import { scratch } from '../support/scratch.ts';

describe('a directory for temporary files', () => {
  const place = scratch();
  mkdirSync(join(place, 'real'));
  symlinkSync('real', join(place, 'link'));
  symlinkSync('nowhere', join(place, 'dangling'));

  /** The parent and the mode of a directory that is made with this TMPDIR. */
  async function made(named: string): Promise<{ in: string; mode: number }> {
    const kept = process.env.TMPDIR;
    process.env.TMPDIR = named;
    try {
      const lent = await withTemporaryDirectory('name', async (directory) => ({
        directory,
        mode: statSync(directory).mode & 0o777,
      }));
      assert.ok(!existsSync(lent.directory), 'it is gone');
      return { in: dirname(lent.directory), mode: lent.mode };
    } finally {
      if (kept === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = kept;
    }
  }

  for (const [name, named] of [
    ['by its own name', join(place, 'real')],
    ['through a link', join(place, 'link')],
    ['by a relative path', relative(process.cwd(), join(place, 'real'))],
  ] as const) {
    it(`has its real path if TMPDIR names it ${name}`, async () => {
      assert.deepEqual(await made(named), { in: join(place, 'real'), mode: 0o700 });
    });
  }

  for (const [name, named] of [
    ['nothing', join(place, 'nothing')],
    ['a link to nothing', join(place, 'dangling')],
    ['a file', '/etc/passwd'],
    ['a directory that nobody can write to', '/proc'],
  ] as const) {
    it(`is refused if TMPDIR is ${name}`, async () => {
      await assert.rejects(made(named), {
        name: 'RelopackError',
        code: 'output',
        message: new RegExp(`^no temporary file can be made in ${named}: `),
        remedy: /^Let TMPDIR name /,
      });
    });
  }
});
