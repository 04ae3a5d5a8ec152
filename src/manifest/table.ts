import type { Manifest } from './manifest.ts';

/** What a plan takes and leaves, as columns for a terminal. */
export function planTable(manifest: Manifest): string {
  const total = manifest.packages.reduce((sum, { size }) => sum + size, 0);
  const width = Math.max(...manifest.packages.map(({ nevra }) => nevra.length));
  const rows = [...manifest.packages]
    .sort((a, b) => b.size - a.size)
    .map(({ nevra, size, reason }) => `${nevra.padEnd(width)}  ${megabytes(size)}  ${reason}`);
  const left = manifest.leftOut.map(
    ({ package: pkg, chain }) => `${pkg.padEnd(width)}  ${chain.join(' → ')}`,
  );
  return [
    `Python ${manifest.python.release} of ${manifest.builtOn}, ${manifest.arch}`,
    '',
    ...rows,
    '',
    `${manifest.packages.length} packages, ${manifest.files.length} files, ${megabytes(total).trim()} unpacked`,
    ...(left.length === 0 ? [] : ['', 'Left out, though a Requires leads to it:', ...left]),
    '',
  ].join('\n');
}

/** One under the other, point under point. */
function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(2)} MB`.padStart(9);
}
