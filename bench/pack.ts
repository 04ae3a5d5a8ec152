/**
 * Compares `relopack pack` with the same work done by hand: `node bench/pack.ts [MODULE…]`, on the test host.
 *
 * By hand, the list of files is known already. They are copied, patchelf sets their RUNPATH, and tar compresses them
 * with gzip or pigz. That work does not find the needed files, relocate the other files, or check the result.
 * Prints medians and ratios; asserts nothing.
 */
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { rpmHost } from '../__tests__/support/rpm-host/build.ts';
import { must } from '../__tests__/support/run.ts';
import { scratch } from '../__tests__/support/scratch.ts';
import { unpack } from '../src/archive/unpack.ts';
import { megabytes } from '../src/common/format-bytes.ts';
import { isElf } from '../src/elf/identity.ts';
import { readImage } from '../src/elf/image.ts';
import { medians, seconds } from './timing.ts';

const rounds = 5;

const named = process.argv.slice(2);
const modules =
  named.length > 0 ? named : ['pyyaml', 'urwid', 'pyparsing', 'requests', 'pyudev', 'setuptools'];
const host = await rpmHost();
const where = ['--root', host.root, ...(host.dbpath === undefined ? [] : ['--dbpath', host.dbpath])];
const temporary = scratch();

const cli = join(import.meta.dirname, '../dist/cli.js');
const ours = join(temporary, 'ours.tar.gz');
const pack = (...options: string[]) =>
  must(process.execPath, [cli, 'pack', ...where, '-o', ours, ...options, ...modules]);
await pack();

const tree = join(temporary, 'tree');
const copy = join(temporary, 'copy');
const byHand = join(temporary, 'by-hand.sh');
const entries = await unpack(ours, tree);
const patches = entries.flatMap(({ type, path }) => {
  const bytes = type === 'file' ? readFileSync(join(tree, path)) : Buffer.alloc(0);
  const runpath = isElf(bytes) ? readImage(bytes, path).runpath.join(':') : '';
  // The $ in a RUNPATH is for ld.so, not for sh.
  return runpath === '' ? [] : [`patchelf --set-rpath '${runpath}' '${copy}/${path}'`];
});
writeFileSync(byHand, ['set -e', `rm -rf '${copy}'`, `cp -a '${tree}' '${copy}'`, ...patches, ''].join('\n'));
const compress = (program: string) => async () => {
  await must('sh', [byHand]);
  const compressed = `${copy}.tar.gz`;
  await must('tar', ['--sort=name', `--use-compress-program=${program}`, '-cf', compressed, '-C', copy, '.']);
};

const time = await medians(rounds, {
  'relopack pack': () => pack(),
  'relopack pack --no-verify': () => pack('--no-verify'),
  'by hand, with gzip': compress('gzip -6'),
  'by hand, with pigz': compress('pigz -6'),
});
const unpacked = entries.reduce((sum, { size }) => sum + size, 0);
console.log(
  `Python with ${modules.join(', ')}: ${megabytes(unpacked)} unpacked, ${megabytes(statSync(ours).size)} packed`,
);
console.log(`${availableParallelism()} cores, ${process.version}, medians of ${rounds}`);
for (const [name, ms] of Object.entries(time)) {
  const ratio = ms / time['relopack pack'];
  console.log(name.padEnd(28), seconds(ms).padStart(8), ratio.toFixed(2).padStart(6));
}
