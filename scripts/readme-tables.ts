import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { metadata } from '../__tests__/support/action/job.ts';

export const readmePath = join(import.meta.dirname, '../README.md');

/** The README, with its tables of inputs and outputs made from action.yml. */
export function withTables(readme: string): string {
  const inputs = Object.entries(metadata.inputs).map(([name, { description, default: standard }]) => [
    `\`${name}\``,
    standard === undefined ? '' : `\`${standard}\``,
    description,
  ]);
  const outputs = Object.entries(metadata.outputs).map(([name, { description }]) => [
    `\`${name}\``,
    description,
  ]);
  const withInputs = fill(readme, 'inputs', table(['input', 'default', 'means'], inputs));
  return fill(withInputs, 'outputs', table(['output', 'is'], outputs));
}

/** A Markdown table, with columns as wide as a formatter makes them. */
function table(head: string[], rows: string[][]): string[] {
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)];
}

function fill(readme: string, mark: string, lines: string[]): string {
  const [begin, end] = [`<!-- ${mark} -->`, `<!-- /${mark} -->`];
  const [from, to] = [readme.indexOf(begin), readme.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`The README has no marks for the ${mark}: ${begin} … ${end}`);
  return `${readme.slice(0, from + begin.length)}\n\n${lines.join('\n')}\n\n${readme.slice(to)}`;
}

if (import.meta.main && process.argv[2] === '--write') {
  writeFileSync(readmePath, withTables(readFileSync(readmePath, 'utf8')));
}
