import assert from 'node:assert/strict';
import { type ProcessResult, run } from '../run.ts';

/** The programs that check our archives, with the Debian package of each. */
const packages = {
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

/** Runs a program that must be installed. It must also succeed, unless it may fail. */
export async function tool(
  name: keyof typeof packages,
  args: string[],
  options: { cwd?: string; mayFail?: boolean; locale?: string } = {},
): Promise<ProcessResult> {
  const { cwd = '/', mayFail = false, locale = 'C' } = options;
  const env = { PATH: process.env.PATH ?? '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: locale, TZ: 'UTC' };
  const finished = await run(name, args, { cwd, env }).catch((cause) => {
    throw new Error(`${name} could not be started: apt-get install ${packages[name]}`, { cause });
  });
  if (!mayFail) assert.equal(finished.code, 0, `${name} ${args.join(' ')}: ${finished.stderr}`);
  return finished;
}

/** All pieces that an iterable yields, as one Buffer. */
export async function whole(pieces: AsyncIterable<Buffer>): Promise<Buffer> {
  const all: Buffer[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all);
}
