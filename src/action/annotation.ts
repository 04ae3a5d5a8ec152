import type { ErrorCode, RelopackError } from '../common/error.ts';
import type { Spelling } from '../common/message.ts';
import { optionRows } from '../options.ts';

/** The annotation of a failed step, which the page of the workflow run shows. */
interface Annotation {
  title: string;
  message: string;
}

const titles: Record<ErrorCode, string> = {
  usage: 'An input is wrong',
  'unsupported-host': 'relopack cannot run on this system',
  'rpm-missing': 'The program rpm is missing',
  'rpm-database': 'The RPM database cannot be read',
  'python-not-found': 'The Python is not installed',
  'module-not-found': 'A module is not installed',
  'module-other-python': 'A module belongs to another Python',
  'library-missing': 'A library is missing',
  'file-missing': 'A file is missing',
  'file-changed': 'A file was changed since installation',
  'elf-malformed': 'An ELF file is malformed',
  'elf-unsupported': 'An ELF file cannot be relocated',
  'loader-unsupported': 'The loader cannot be isolated from the host',
  'archive-malformed': 'The archive is malformed',
  output: 'The archive cannot be written',
  upload: 'The artifact cannot be uploaded',
  'verify-failed': 'The archive failed verification',
};

/** The codes of errors that are typical for a job without a container. It runs on Ubuntu, which has no RPM database. */
const containerCodes: readonly ErrorCode[] = ['rpm-missing', 'rpm-database'];

const containerRemedy = 'Does the job have a container, such as container: fedora:latest?';

/** Turns an error into its annotation. It names inputs instead of the options of the command. */
export function errorAnnotation(error: RelopackError): Annotation {
  const { message, remedy } = error.spelled(asInput);
  const lines = [message, remedy];
  if (containerCodes.includes(error.code)) lines.push(containerRemedy);
  return { title: titles[error.code], message: lines.join('\n') };
}

/** Writes an option as the input of a workflow: `'verify: false'`, `'python: 3.12'`, `'exclude'`. */
export const asInput: Spelling = ({ option: name, value }) => {
  if (value !== undefined) return `'${name}: ${value}'`;
  const isSwitch = optionRows.some((row) => row.name === name && row.kind === 'switch');
  return isSwitch ? `'${name}: true'` : `'${name}'`;
};
