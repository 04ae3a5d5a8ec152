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

/**
 * Makes a Python script start by the python3 that stands beside it, wherever that is: sh runs the second line, and
 * for Python it is a comment, so that docstring, `from __future__` and sys.argv stay what they were.
 *
 * The line begins with a form feed, which Python passes over there (Language Reference, Indentation). In sh it is the
 * first letter of a command that nobody has, so that `#` begins no comment. What stands beside a link is not asked for:
 * then the place of the script itself is found. No variable is set.
 *
 * A comment in the second line stays in it: it may name the encoding (PEP 263). The bytes have to be those of a script
 * that `pythonShebang` knows.
 */
export function relocateScript(bytes: Buffer): Buffer {
  const text = bytes.toString('latin1');
  const options = (pythonShebang(bytes)?.options ?? []).map((option) => `${shellWord(option)} `).join('');
  const rest = `${options}"$0" "$@"`;
  const start = [
    '\f# 2>/dev/null',
    `if [ -h "$0" ] || [ "\${0%/*}" = "$0" ]`,
    `then exec "$(dirname -- "$(readlink -f -- "$0")")/python3" ${rest}`,
    `else exec "\${0%/*}/python3" ${rest}`,
    'fi',
  ].join('; ');
  // The first line goes, and the second is used where it is empty or a comment: lines then keep their numbers.
  const [first = '', second = ''] = text.split('\n', 2);
  const isFree = /^[ \t\f\r]*(?:#|$)/.test(second);
  const comment = isFree && second.trim() !== '' ? ` ${second.trim()}` : '';
  const others = text.slice(first.length + 1 + (isFree ? second.length + 1 : 0));
  return Buffer.from(`#!/bin/sh\n${start}${comment}\n${others}`, 'latin1');
}

function shellWord(word: string): string {
  return /^[\w=.,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
