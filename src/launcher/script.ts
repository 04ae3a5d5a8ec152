import { posix } from 'node:path';
import { shellWord } from '../common/shell-word.ts';
import { pythonShebang } from '../python/shebang.ts';

/** A second line that can be replaced: it is empty, or a comment. */
const free = /^[ \t\f\r]*(?:#|$)/;

/**
 * Makes a Python script start with the python3 of its tree, wherever the tree is. `path` is its archive path. sh runs the
 * second line. To Python that line is a comment, so docstring, `from __future__` and sys.argv stay as they were.
 *
 * The line begins with a form feed, which Python ignores there (Language Reference, Indentation). In sh it is the first
 * letter of a command that does not exist, so `#` does not begin a comment. No variable is set, except those of the
 * first line (`env -S NAME=value python3`).
 *
 * A comment in the second line stays in it, because it may name the encoding (PEP 263). The bytes must be those of a
 * script that `pythonShebang` recognizes.
 */
export function relocateScript(bytes: Buffer, path = 'bin/script'): Buffer {
  const text = bytes.toString('latin1');
  const { options = [], variables = [] } = pythonShebang(bytes) ?? {};
  const rest = [...options.map(shellWord), '"$0" "$@"'].join(' ');
  const start = [
    '\f# 2>/dev/null',
    ...variables.map(([name, value]) => `export ${name}=${shellWord(value)}`),
    ...(posix.dirname(path) === 'bin' ? startBeside(rest) : startInTree(path, rest)),
    'fi',
  ].join('; ');
  // The new lines replace the first line, and the second if it is empty or a comment: lines then keep their numbers.
  const [first = '', second = ''] = text.split('\n', 2);
  const isFree = free.test(second);
  const comment = isFree && second.trim() !== '' ? ` ${second.trim()}` : '';
  const others = text.slice(first.length + 1 + (isFree ? second.length + 1 : 0));
  return Buffer.from(`#!/bin/sh\n${start}${comment}\n${others}`, 'latin1');
}

/** Whether `relocateScript` moves the lines after the first, so that bytecode of the script has other line numbers. */
export function movesLines(script: Buffer): boolean {
  return !free.test(script.toString('latin1').split('\n', 2)[1] ?? '');
}

/**
 * Starts the python3 beside a script in bin. If the script is started through a link, that is the one beside the script
 * itself, not one beside the link.
 */
function startBeside(rest: string): string[] {
  return [
    `if [ -h "$0" ] || [ "\${0%/*}" = "$0" ]`,
    `then exec "$(dirname -- "$(readlink -f -- "$0")")/python3" ${rest}`,
    `else exec "\${0%/*}/python3" ${rest}`,
  ];
}

/**
 * Starts the python3 of the tree that a script is in. $0 is usually the script's path in the tree, or a link to it in
 * bin. Each can be told by ld.so of the tree, and by the script's file: a link may lead here from anywhere, for example
 * from /usr/share, and /usr/bin/python3 would be another Python. Otherwise all links are followed.
 *
 * If there is no readlink, its output is empty, and no program is executed.
 */
function startInTree(path: string, rest: string): string[] {
  return [
    ...topsOf(path).flatMap((top, index) => [
      `${index === 0 ? 'if' : 'elif'} [ -e "${top}/libexec/ld.so" ] && [ "${top}"/${shellWord(path)} -ef "$0" ]`,
      `then exec "${top}/bin/python3" ${rest}`,
    ]),
    `else exec "$(readlink -f -- "$(dirname -- "$(readlink -f -- "$0")")/${wayUp(path)}bin/python3")" ${rest}`,
  ];
}

/** The top of the tree for sh, if $0 is a path of the tree, or if it is a link in bin. */
export function topsOf(path: string): string[] {
  return [`/${path.replaceAll(/[^/]+/g, '*')}`, '/*/*'].map((above) => `\${0%${above}}`);
}

/** The way from the directory of an archive path to the top of the tree. */
export function wayUp(path: string): string {
  return '../'.repeat(path.split('/').length - 1);
}
