import { shellWord } from '../common/shell-word.ts';
import { pythonShebang } from '../python/shebang.ts';

/**
 * Makes a Python script start with the python3 beside it, wherever the tree is. sh runs the second line. To Python that
 * line is a comment, so docstring, `from __future__` and sys.argv stay as they were.
 *
 * The line begins with a form feed, which Python ignores there (Language Reference, Indentation). In sh it is the first
 * letter of a command that does not exist, so `#` does not begin a comment. If the script is started through a link,
 * the python3 beside the script itself is used, not one beside the link. No variable is set.
 *
 * A comment in the second line stays in it, because it may name the encoding (PEP 263). The bytes must be those of a
 * script that `pythonShebang` recognizes.
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
  // The new lines replace the first line, and the second if it is empty or a comment: lines then keep their numbers.
  const [first = '', second = ''] = text.split('\n', 2);
  const isFree = /^[ \t\f\r]*(?:#|$)/.test(second);
  const comment = isFree && second.trim() !== '' ? ` ${second.trim()}` : '';
  const others = text.slice(first.length + 1 + (isFree ? second.length + 1 : 0));
  return Buffer.from(`#!/bin/sh\n${start}${comment}\n${others}`, 'latin1');
}
