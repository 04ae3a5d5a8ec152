import { type OptionRow, optionRows } from '../options.ts';
import { verifyRows } from './arguments.ts';

/** The text of --help. */
export function help(): string {
  return `relopack packs the python3 and the modules that are installed on an RPM host into one archive that
runs elsewhere.

  relopack pack [MODULE…]      writes the archive, and its checksum beside it as NAME.tar.gz.sha256
  relopack plan [MODULE…]      prints what would go in and why; writes nothing
  relopack verify ARCHIVE      checks an archive: its checksum, its files, and that it runs

A MODULE is a package (python3-pyyaml), a capability (python3dist(pyyaml)), a path, or a Python
distribution (pyyaml).

Options of pack and plan:
${optionRows.map(line).join('')}
Options of verify:
${verifyRows.map(line).join('')}
Options of all:
${own.map(([left, right]) => row(left, right)).join('')}
Exit codes: 0 done, 1 failed, 2 wrong usage.
`;
}

const own = [
  ['--json', 'one JSON object on stdout, all else on stderr'],
  ['--quiet', 'no progress'],
  ['--debug', 'where an error came from'],
  ['--version', "relopack's own version"],
  ['--help', 'this text'],
] as const;

function line({ name, kind, short, value, default: standard, help: meaning }: OptionRow): string {
  const flag = kind === 'yes/no' ? `--[no-]${name}` : `--${name} ${value}`;
  return row(
    short === undefined ? flag : `-${short}, ${flag}`,
    standard === '' ? meaning : `${meaning} [${standard}]`,
  );
}

/** Columns that the text takes at most, and the one that explanations begin at. */
const [width, indent] = [100, 31];

function row(left: string, right: string): string {
  const margin = `\n${' '.repeat(indent)}`;
  const begun = left.length > indent - 4 ? `  ${left}${margin}` : `  ${left.padEnd(indent - 2)}`;
  return `${begun}${wrapped(right, width - indent).join(margin)}\n`;
}

function wrapped(text: string, most: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const longer = `${lines.at(-1) ?? ''} ${word}`;
    if (lines.length > 0 && longer.length <= most) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
