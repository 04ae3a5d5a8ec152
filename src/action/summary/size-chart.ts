import type { ManifestPackage } from '../../manifest/manifest.ts';

/** More slices cannot be told apart. */
const maxSlices = 9;

/**
 * A pie chart of the packages' sizes, as Mermaid code; undefined if all are empty. It sets no theme and no color, so
 * that GitHub draws it in the reader's theme, light or dark.
 */
export function sizeChart(packages: readonly ManifestPackage[]): string | undefined {
  const largest = packages.filter(({ size }) => size > 0).sort((a, b) => b.size - a.size);
  if (largest.length === 0) return undefined;
  const rest = largest.slice(maxSlices);
  const slices: [label: string, bytes: number][] = largest
    .slice(0, maxSlices)
    .map(({ name, size }) => [name, size]);
  if (rest.length > 0) {
    slices.push([`${rest.length} more`, rest.reduce((sum, { size }) => sum + size, 0)]);
  }
  // Mermaid's grammar refuses a slice of size 0.
  const lines = slices.map(
    ([label, bytes]) => `    "${quoted(label)}" : ${Math.max(bytes / 1e6, 0.01).toFixed(2)}`,
  );
  return ['pie showData', '    title Megabytes, unpacked', ...lines].join('\n');
}

/** Replaces the characters that could end the label or the code block. */
function quoted(label: string): string {
  return label.replace(/[^\w .+~:()-]+/g, '?');
}
