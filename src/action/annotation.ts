import type { ErrorCode, RelopackError } from '../common/error.ts';
import { optionRows } from '../options.ts';

/** What the page of a workflow run shows for a step that failed. */
export interface Annotation {
  title: string;
  message: string;
}

const titles: Record<ErrorCode, string> = {
  usage: 'An input is wrong',
  'unsupported-host': 'This system cannot be packed from',
  'rpm-missing': 'There is no rpm here',
  'rpm-database': 'The RPM database cannot be read',
  'python-not-found': 'The Python is not installed',
  'module-not-found': 'A module is not installed',
  'module-other-python': 'A module belongs to another Python',
  'library-missing': 'A library is missing',
  'file-missing': 'A file is missing',
  'file-changed': 'A file is not as its package has it',
  'elf-malformed': 'An ELF file is malformed',
  'elf-unsupported': 'An ELF file cannot be relocated',
  'loader-unsupported': 'The loader cannot be closed',
  'archive-malformed': 'The archive is malformed',
  output: 'The archive cannot be written',
  upload: 'The artifact cannot be uploaded',
  'verify-failed': 'The archive did not pass its checks',
};

/** A job without a container runs on Ubuntu, where these are what goes wrong. */
const containerCodes: readonly ErrorCode[] = ['rpm-missing', 'rpm-database'];

const containerRemedy = 'Does the job have a container, such as container: fedora:latest?';

/** Says an error in the words of a workflow. */
export function errorAnnotation({ code, message, remedy }: RelopackError): Annotation {
  const lines = [inInputs(message), inInputs(remedy)];
  if (containerCodes.includes(code)) lines.push(containerRemedy);
  return { title: titles[code], message: lines.join('\n') };
}

/** An option as messages have it: `--output`, `--no-verify`, `--python 3.12`, `--exclude 'GLOB'`. */
const option = /(?<![\w-])--(no-)?([a-z]+(?:-[a-z]+)*)( (\d[\d.]*\d|'[^']*'))?/g;

/** Options of the command, where a message names them, are inputs here: `output`, `verify: no`, `python: 3.12`. */
export function inInputs(text: string): string {
  return text.replace(option, (all, negated?: string, name?: string, rest = '', value?: string) => {
    const kind = optionRows.find((row) => row.name === name)?.kind;
    if (kind === undefined) return all;
    if (kind === 'yes/no') return `'${name}: ${negated === undefined ? 'yes' : 'no'}'${rest}`;
    return value === undefined ? `'${name}'` : `'${name}: ${value.replaceAll("'", '')}'`;
  });
}
