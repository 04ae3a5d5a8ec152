import { shellWord } from '../common/shell-word.ts';
import { readWrapper } from '../python/wrapper.ts';
import { topsOf, wayUp } from './script.ts';

/** A path of the host in a wrapper, and its archive path. */
export type WrapperMoves = readonly (readonly [from: string, to: string])[];

/**
 * Makes a script for sh that only starts Python, or another packed program, start that of its tree. `path` is its archive
 * path. bash is not needed, because sh understands all lines that such a script may have. sh does not export the
 * variable for the tree. It is empty if the machine has no readlink, and then nothing is started.
 */
export function relocateWrapper(bytes: Buffer, path: string, moves: WrapperMoves): Buffer {
  const wrapper = readWrapper(bytes);
  if (wrapper === undefined) return bytes;
  const { options, body, python, paths } = wrapper;
  const archivePaths = new Map(moves);
  const changes = [
    ...(python === undefined ? [] : [{ ...python, to: 'bin/python3' }]),
    ...paths.map((word) => ({ ...word, to: archivePaths.get(word.value) })),
  ].sort((a, b) => a.start - b.start);
  let text = '';
  let at = 0;
  for (const { start, end, to } of changes) {
    if (to === undefined) continue;
    text += `${body.slice(at, start)}"\${relopack_tree:?}"/${shellWord(to)}`;
    at = end;
  }
  const [top = ''] = topsOf(path);
  const find = [
    'unset relopack_tree',
    `if [ "\${0#/}" != "$0" ] && [ -e "${top}/libexec/ld.so" ] && [ "${top}"/${shellWord(path)} -ef "$0" ]`,
    `then relopack_tree=${top}`,
    `else relopack_tree=$(readlink -f -- "$(dirname -- "$(readlink -f -- "$0")")/${wayUp(path)}")`,
    'fi',
  ].join('; ');
  return Buffer.from(`#!/bin/sh${options}\n${find}\n${text}${body.slice(at)}`, 'latin1');
}
