import { megabytes } from '../../common/format-bytes.ts';
import { type Manifest, type ManifestPackage, manifestName } from '../../manifest/manifest.ts';
import type { Packed } from '../../pack.ts';
import type { Artifact } from '../artifact.ts';
import { cell, code } from './markdown.ts';
import { sizeChart } from './size-chart.ts';

/** GitHub shows no summary at all if a step's is over 1 MiB. The tables stop before it. */
const maxBytes = 1024 * 1024;

/** Bytes that a table leaves free for the text after it. */
const reserve = 8 * 1024;

/** The job summary, as Markdown: what was packed and why. It is never over 1 MiB. */
export function summary(packed: Packed, file: string, artifact: Artifact | undefined): string {
  const { manifest } = packed;
  const chart = sizeChart(manifest.packages);
  const head = [
    `## ${code(file)}`,
    '',
    ...facts(packed, artifact),
    '',
    ...(chart === undefined ? [] : ['### Size by package', '', '```mermaid', chart, '```', '']),
  ].join('\n');
  const left = leftOut(manifest, (maxBytes - Buffer.byteLength(head)) / 4);
  const packages = packageTable(
    manifest.packages,
    maxBytes - Buffer.byteLength(head) - Buffer.byteLength(left) - reserve,
  );
  return [head, packages, left].join('\n');
}

function facts({ manifest, ...packed }: Packed, artifact: Artifact | undefined): string[] {
  const { python, needs, arch } = manifest;
  const kernel = needs.kernel === undefined ? [] : [`Linux ${needs.kernel} or later`];
  const level = needs.isaLevel === undefined ? [] : [`x86-64-v${needs.isaLevel} or better`];
  const rows: [string, string][] = [
    ['Python', cell(`${python.release} of ${manifest.builtOn}, ${arch}`)],
    ['Runs on', ['any distribution', ...kernel, ...level].join(', ')],
    ['Size', `${megabytes(packed.size)}, unpacked ${megabytes(packed.unpackedSize)}`],
    ['SHA-256', `<code>${packed.sha256}</code>`],
    ...packed.checks.map(({ name, detail }): [string, string] => [`✓ ${name}`, cell(detail)]),
  ];
  if (packed.checks.length === 0) rows.push(['Checks', 'none (verify: false)']);
  if (artifact !== undefined) rows.push(['Download', `[${cell(artifact.name)}](${artifact.url})`]);
  return ['| | |', '|---|---|', ...rows.map(([name, value]) => `| ${name} | ${value} |`)];
}

function packageTable(packages: readonly ManifestPackage[], room: number): string {
  return details(
    `${packages.length} packages, and why each is packed`,
    ['| Package | Unpacked | License | Reason |', '|---|--:|---|---|'],
    [...packages].sort((a, b) => b.size - a.size),
    ({ nevra, size, license, reason }) =>
      `| ${cell(nevra)} | ${megabytes(size)} | ${cell(license)} | ${cell(reason)} |`,
    room,
  );
}

function leftOut({ leftOut: left }: Manifest, room: number): string {
  if (left.length === 0) return '';
  return details(
    `${left.length} packages left out, although a Requires leads to them`,
    ['| Package | Chain of Requires |', '|---|---|'],
    left,
    ({ package: pkg, chain }) => `| ${cell(pkg)} | ${cell(chain.join(' → '))} |`,
    room,
  );
}

/** A folded table, with as many rows as fit into `room` bytes. */
function details<T>(
  title: string,
  head: string[],
  items: readonly T[],
  row: (item: T) => string,
  room: number,
): string {
  const shown: string[] = [];
  let size = Buffer.byteLength(title) + Buffer.byteLength(head.join('\n')) + 256;
  for (const item of items) {
    const line = row(item);
    size += Buffer.byteLength(line) + 1;
    if (size > room) break;
    shown.push(line);
  }
  const rest = items.length - shown.length;
  const more = rest === 0 ? [] : ['', `and ${rest} more; ${manifestName} in the archive lists all.`];
  return [`<details><summary>${title}</summary>`, '', ...head, ...shown, ...more, '', '</details>', ''].join(
    '\n',
  );
}
