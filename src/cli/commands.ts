import { type OptionRow, optionRows } from '../options.ts';

/** A command, as the help shows it. */
interface CommandRow {
  name: string;
  operands: string;
  help: string;
  options: readonly OptionRow[];
}

/** The options of `verify`. */
export const verifyRows: readonly OptionRow[] = [
  {
    name: 'start',
    kind: 'switch',
    default: 'true',
    help: "start the archive's Python and import its modules; --no-start runs nothing from the archive",
  },
];

export const commandRows: readonly CommandRow[] = [
  {
    name: 'pack',
    operands: '[MODULE…]',
    help: 'write the archive, and its checksum beside it as NAME.tar.gz.sha256',
    options: optionRows,
  },
  {
    name: 'plan',
    operands: '[MODULE…]',
    help: 'print what would be packed and why; write nothing',
    options: optionRows,
  },
  {
    name: 'verify',
    operands: 'ARCHIVE',
    help: 'check an archive: its checksum, its files, and that its Python runs',
    options: verifyRows,
  },
];

/** The options of every command. They can only be set, and have no default. */
export const sharedRows = [
  { name: 'json', help: 'print one JSON object on stdout, everything else on stderr' },
  { name: 'quiet', help: 'show no progress' },
  { name: 'debug', help: 'show where an error was thrown' },
  { name: 'version', help: 'print the version of relopack' },
  { name: 'help', short: 'h', help: 'print this text' },
] as const;

export type SharedFlag = (typeof sharedRows)[number]['name'];
