import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { type Finished, run } from '../run.ts';

/** The programs that judge our archives, and the Debian packages that bring them. */
const PACKAGES = {
  bsdtar: 'libarchive-tools',
  busybox: 'busybox-static',
  gzip: 'gzip',
  mount: 'mount',
  pigz: 'pigz',
  prlimit: 'util-linux',
  setpriv: 'util-linux',
  sha256sum: 'coreutils',
  tar: 'tar',
  umount: 'mount',
};

/** Runs a program that has to be there and, unless told otherwise, to succeed. */
export async function tool(
  name: keyof typeof PACKAGES,
  args: string[],
  options: { cwd?: string; mayFail?: boolean; locale?: string } = {},
): Promise<Finished> {
  const { cwd = '/', mayFail = false, locale = 'C' } = options;
  const env = { PATH: process.env.PATH ?? '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: locale, TZ: 'UTC' };
  const finished = await run(name, args, { cwd, env }).catch((cause) => {
    throw new Error(`${name} could not be started; apt-get install ${PACKAGES[name]}`, { cause });
  });
  if (!mayFail) assert.equal(finished.code, 0, `${name} ${args.join(' ')}: ${finished.stderr}`);
  return finished;
}

/** A directory of this test file's own, removed when its tests are through. */
export function workspace(): string {
  const directory = mkdtempSync(join(tmpdir(), 'relopack test '));
  after(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** All that an iterable yields, as one. */
export async function whole(pieces: AsyncIterable<Buffer>): Promise<Buffer> {
  const all: Buffer[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all);
}
