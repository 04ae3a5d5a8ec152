import { shellWord } from '../common/shell-word.ts';
import type { LauncherPaths, OwnPaths } from './paths.ts';

/**
 * The launcher of a program that is not Python, in POSIX sh, for machines without a static one. It executes ld.so, and
 * sets no variable. If it is called by its path in the tree, it starts no other program.
 */
export function shellProgram({ loader, program, libraries, argv0 }: LauncherPaths, own: OwnPaths): Buffer {
  const above = partsOf(own.place);
  const top = `\${1%/${partsOf(program)}}`;
  const search = [...own.libraries, ...libraries].map((directory) => `${top}/${directory}`).join(':');
  const start = (path: string) =>
    `exec "${top}/${loader}" --library-path ${path} ${argv0 ? '--argv0 "$0" ' : ''}"$@"`;
  return Buffer.from(`#!/bin/sh
# Starts a program of this tree, and passes on the environment.

# Prints the top directory of the tree, which is above this file with all links followed.
tree() (
  at=$(readlink -f -- "$0")
  printf '%s' "\${at%/${above}}"
)

# The first parameter is the program. Its arguments follow.
if [ "\${0#/}" != "$0" ] && [ ! -h "$0" ] && [ -e "\${0%/${above}}/${loader}" ]; then
  set -- "\${0%/${above}}"/${shellWord(program)} "$@"
else
  set -- "$(tree)"/${shellWord(program)} "$@"
fi
case ${top} in
*[:\\;\\$]*) ${start("''")} ;;
*) ${start(`"${search}"`)} ;;
esac
`);
}

/** A pattern for as many parts as a path has. */
function partsOf(path: string): string {
  return path.replaceAll(/[^/]+/g, '*');
}
