import type { ManifestPackage } from '../manifest/manifest.ts';

/** More slices than this can't be told apart. */
const mostSlices = 9;

/**
 * A pie of what takes the room, as Mermaid code; undefined where nothing does. It sets no theme and no colour, so that
 * GitHub draws it in the reader's own, light or dark.
 */
export function sizeChart(packages: readonly ManifestPackage[]): string | undefined {
  const largest = packages.filter(({ size }) => size > 0).sort((a, b) => b.size - a.size);
  if (largest.length === 0) return undefined;
  const rest = largest.slice(mostSlices);
  const slices: [label: string, bytes: number][] = largest
    .slice(0, mostSlices)
    .map(({ name, size }) => [name, size]);
  if (rest.length > 0) {
    slices.push([`${rest.length} more`, rest.reduce((sum, { size }) => sum + size, 0)]);
  }
  // A slice of nothing is refused by Mermaid's grammar.
  const lines = slices.map(
    ([label, bytes]) => `    "${quoted(label)}" : ${Math.max(bytes / 1e6, 0.01).toFixed(2)}`,
  );
  return ['pie showData', '    title Megabytes, unpacked', ...lines].join('\n');
}

/** Inside the quotes of a label: nothing that ends it, nor the code block. */
function quoted(label: string): string {
  return label.replace(/[^\w .+~:()-]+/g, '?');
}
