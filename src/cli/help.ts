import { Help } from 'commander';
import { type OptionRow, optionRows } from '../options.ts';
import { commandRows, sharedRows, verifyRows } from './commands.ts';

/** Columns of the text, and of the terms at the left. */
const [width, termWidth] = [100, 27];

const intro = `relopack packs the python3 and the modules that are installed on an RPM host into one archive that
runs elsewhere.`;

const modules = `A MODULE is a package (python3-pyyaml), a capability (python3dist(pyyaml)), a path, or a Python
distribution (pyyaml).`;

/** The text of --help. */
export function help(): string {
  return [
    intro,
    section(
      'Commands',
      commandRows.map((row) => [`relopack ${row.name} ${row.operands}`, row.help]),
    ),
    modules,
    section('Options of pack and plan', optionRows.map(optionItem)),
    section('Options of verify', verifyRows.map(optionItem)),
    section('Options of every command', sharedRows.map(sharedItem)),
    'Exit codes: 0 done, 1 failed, 2 wrong usage.\n',
  ].join('\n\n');
}

/** A term and its explanation. */
type Item = [term: string, explanation: string];

function section(title: string, items: readonly Item[]): string {
  const layout = new Help();
  layout.prepareContext({ helpWidth: width });
  const lines = items.map(([term, text]) => layout.formatItem(term, termWidth, text, layout));
  return [`${title}:`, ...lines].join('\n');
}

function optionItem({ name, kind, short, value, default: standard, help: text }: OptionRow): Item {
  const long = kind === 'switch' ? `--[no-]${name}` : `--${name} ${value}`;
  return [
    short === undefined ? long : `-${short}, ${long}`,
    standard === '' ? text : `${text} [${standard}]`,
  ];
}

function sharedItem(row: (typeof sharedRows)[number]): Item {
  return ['short' in row ? `-${row.short}, --${row.name}` : `--${row.name}`, row.help];
}
