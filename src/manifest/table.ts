import { megabytes } from '../common/format-bytes.ts';
import type { Manifest } from './manifest.ts';

/** The packages of a plan, and those that it leaves out, as a table for a terminal. `more` are lines about other things. */
export function planTable(manifest: Manifest, more: readonly string[] = []): string {
  const total = manifest.packages.reduce((sum, { size }) => sum + size, 0);
  const width = Math.max(...manifest.packages.map(({ nevra }) => nevra.length));
  const rows = [...manifest.packages]
    .sort((a, b) => b.size - a.size)
    .map(({ nevra, size, reason }) => `${nevra.padEnd(width)}  ${megabytes(size, 2).padStart(9)}  ${reason}`);
  const left = manifest.leftOut.map(
    ({ package: pkg, chain }) => `${pkg.padEnd(width)}  ${chain.join(' → ')}`,
  );
  return [
    `Python ${manifest.python.release} of ${manifest.builtOn}, ${manifest.arch}`,
    '',
    ...rows,
    '',
    `${manifest.packages.length} packages, ${manifest.files.length} files, ${megabytes(total, 2)} unpacked`,
    ...(left.length === 0 ? [] : ['', 'Left out, although a Requires leads to it:', ...left]),
    ...(more.length === 0 ? [] : ['', ...more]),
    '',
  ].join('\n');
}
