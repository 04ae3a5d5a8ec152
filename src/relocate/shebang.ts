import { shellWord } from '../common/shell-word.ts';
import { pythonShebang } from '../python/shebang.ts';

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
