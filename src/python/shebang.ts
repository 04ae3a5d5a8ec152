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
}

const line = /^#![ \t]*(?:\S*\/)?([^/\s]+)(?:[ \t]+([^\n]*?))?[ \t]*\n/;
/** `python3.13`, or EL8's `platform-python`. */
const python = /^(?:platform-)?python(\d*|\d\.\d+)$/;
/** env(1) -S splits a text into arguments. A text with quotes, escapes or variables is not supported. */
const split = /^(?:-S|--split-string[= ])[ \t]*([^'"\\$#=]+)$/;

/**
 * Reads the first line of a script as the kernel and env(1) do: all text after the interpreter is one argument. Returns
 * undefined for any other file, such as a script for sh, or a file that begins with a byte order mark.
 */
export function pythonShebang(head: Buffer): Shebang | undefined {
  const [, interpreter = '', argument = ''] = line.exec(head.toString('latin1')) ?? [];
  if (interpreter !== 'env') return shebang(interpreter, argument === '' ? [] : [argument]);
  const [name = '', ...options] = split
    .exec(argument)?.[1]
    ?.trim()
    .split(/[ \t]+/) ?? [argument];
  return shebang(name.replace(/.*\//, ''), options);
}

function shebang(interpreter: string, options: string[]): Shebang | undefined {
  const version = python.exec(interpreter)?.[1];
  return version === undefined ? undefined : { version, options };
}

/** Whether a file is a Python script that runs on the packed interpreter. A link is not a script. */
export function isPythonScript(root: Root, { version }: Interpreter, host: string): boolean {
  if (!root.lstat(host)?.isFile()) return false;
  const asked = pythonShebang(root.head(host, shebangSize))?.version;
  return asked === '' || (asked !== undefined && `${version}.`.startsWith(`${asked}.`));
}
