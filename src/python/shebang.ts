import type { Root } from '../host/root.ts';
import type { Interpreter } from './interpreter.ts';

/** How many bytes the kernel reads of a script to find its first line (BINPRM_BUF_SIZE). */
const shebangSize = 256;

/** The shebang of a Python script. */
interface Shebang {
  /** The version in the name of its interpreter: `3.13`, `3`, or empty. */
  version: string;
  /** The arguments that it passes to the interpreter. */
  options: string[];
  /** The variables that env(1) sets: names and values. */
  variables: [string, string][];
}

const line = /^#![ \t]*(?:\S*\/)?([^/\s]+)(?:[ \t]+([^\n]*?))?[ \t]*\n/;
/** `python3.13`, or EL8's `platform-python`. */
const python = /^(?:platform-)?python(\d*|\d\.\d+)$/;
/** env(1) -S splits a text into arguments. A text with quotes, escapes or references to variables is not supported. */
const split = /^(?:-S|--split-string[= ])[ \t]*([^'"\\$#]+)$/;
const assignment = /^([A-Za-z_]\w*)=(.*)$/;

/**
 * Reads the first line of a script as the kernel and env(1) do: all text after the interpreter is one argument. Returns
 * undefined for any other file, such as a script for sh, or a file that begins with a byte order mark.
 */
export function pythonShebang(head: Buffer): Shebang | undefined {
  const [, interpreter = '', argument = ''] = line.exec(head.toString('latin1')) ?? [];
  if (interpreter !== 'env') return shebang(interpreter, argument === '' ? [] : [argument]);
  const words = split
    .exec(argument)?.[1]
    ?.trim()
    .split(/[ \t]+/) ?? [argument];
  const count = words.findIndex((word) => !assignment.test(word));
  if (count === -1) return undefined;
  const [name = '', ...options] = words.slice(count);
  const variables = words.slice(0, count).map((word): [string, string] => {
    const [, key = '', value = ''] = assignment.exec(word) ?? [];
    return [key, value];
  });
  return shebang(name.replace(/.*\//, ''), options, variables);
}

/** The version in the name of a Python, by which a script may start it: `3.13`, `3`, or empty. */
export function namesPython(command: string): string | undefined {
  return python.exec(command.replace(/.*\//, ''))?.[1];
}

/** Whether a version from a name is that of the packed interpreter, as far as it goes. */
export function isVersionOf(asked: string | undefined, { version }: Interpreter): boolean {
  return asked === '' || (asked !== undefined && `${version}.`.startsWith(`${asked}.`));
}

function shebang(
  interpreter: string,
  options: string[],
  variables: [string, string][] = [],
): Shebang | undefined {
  const version = namesPython(interpreter);
  return version === undefined ? undefined : { version, options, variables };
}

/** The name of the program in the first line of a script: `perl`, or that which env(1) gets. Undefined for other files. */
export function scriptInterpreter(root: Root, host: string): string | undefined {
  const [, interpreter, argument = ''] = line.exec(root.head(host, shebangSize).toString('latin1')) ?? [];
  return interpreter === 'env' && argument !== '' ? argument : interpreter;
}

/** Whether a file is a Python script that runs on the packed interpreter. A link is not a script. */
export function isPythonScript(root: Root, interpreter: Interpreter, host: string): boolean {
  if (!root.lstat(host)?.isFile()) return false;
  return isVersionOf(pythonShebang(root.head(host, shebangSize))?.version, interpreter);
}
