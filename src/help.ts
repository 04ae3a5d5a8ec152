import { type OptionRow, optionRows } from './options.ts';

/** The text of --help. */
export function help(): string {
  return `relopack packs the python3 and the modules that are installed on an RPM host into one archive that runs elsewhere.

  relopack pack [MODULE…]      writes the archive, and its checksum beside it as NAME.tar.gz.sha256
  relopack plan [MODULE…]      prints what would go in and why; writes nothing
  relopack verify ARCHIVE      unpacks an archive into a temporary directory and checks it

A MODULE is a package (python3-pyyaml), a capability (python3dist(pyyaml)), a path, or a Python distribution (pyyaml).

Options of pack and plan:
${optionRows.map(line).join('')}
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

function row(left: string, right: string): string {
  return left.length > 27 ? `  ${left}\n${' '.repeat(31)}${right}\n` : `  ${left.padEnd(29)}${right}\n`;
}
