import type { Root } from '../host/root.ts';
import type { Interpreter } from './interpreter.ts';

/** Bytes that the kernel reads of a file to find the first line of a script (BINPRM_BUF_SIZE). */
export const shebangSize = 256;

/** What the first line of a Python script asks for. */
export interface Shebang {
  /** `3.13`, `3`, or empty: as much as its interpreter's name says. */
  version: string;
  /** What it gives to the interpreter, each an argument. */
  options: string[];
}

const line = /^#![ \t]*(?:\S*\/)?([^/\s]+)(?:[ \t]+([^\n]*?))?[ \t]*\n/;
/** `python3.13`, or EL8's `platform-python`. */
const python = /^(?:platform-)?python(\d*|\d\.\d+)$/;
/** env(1): what it splits is taken where nothing in it is quoted, escaped or a variable. */
const split = /^(?:-S|--split-string[= ])[ \t]*([^'"\\$#=]+)$/;

/**
 * Reads the first line of a script as the kernel and env do: what follows the interpreter is one argument, whatever
 * it is. Undefined for what is no Python script: a program, a script for sh, a file that begins with a byte order mark.
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

/** Whether the file, no link, is a Python script that the packed interpreter would run on the host. */
export function isPythonScript(root: Root, { version }: Interpreter, host: string): boolean {
  if (!root.lstat(host)?.isFile()) return false;
  const asked = pythonShebang(root.head(host, shebangSize))?.version;
  return asked === '' || (asked !== undefined && `${version}.`.startsWith(`${asked}.`));
}
