import type { LauncherPaths } from './paths.ts';

/**
 * The launcher in POSIX sh, for machines without a static one. launcher.ts says what it does.
 *
 * It keeps its state in the positional parameters, so it sets no variable of its own. It never changes the directory.
 * If it is called by its path in the tree, it starts no other program. No sh passes on a whole environment: variables
 * whose names are not identifiers are lost, and PWD is set.
 */
export function shellLauncher(paths: LauncherPaths): Buffer {
  const { loader, program, libraries, argv0 } = paths;
  // The number of the positional parameter that is the interpreter, when Python is started.
  const at = argv0 ? 2 : 1;
  const top = `\${${at}%/${program}}`;
  const search = libraries.map((directory) => `${top}/${directory}`).join(':');
  const start = (path: string) =>
    `exec "${top}/${loader}" --library-path ${path} ${argv0 ? '--argv0 ' : ''}"$@"`;
  return Buffer.from(`#!/bin/sh
# Starts the Python of this tree, and passes on the environment.

# Prints the top directory of the tree. This file, with all links followed, is in bin/ of the tree. Or it is a copy in a
# virtual environment: then pyvenv.cfg names the directory of the Python that made it.
tree() (
  at=$(readlink -f -- "$0")
  at=\${at%/*/*}
  while [ ! -e "$at/${loader}" ] && [ -e "$at/pyvenv.cfg" ]; do
    while IFS='= ' read -r key value; do
      [ "$key" != home ] || at=$(readlink -f -- "$value/..")
    done <"$at/pyvenv.cfg"
  done
  printf '%s' "$at"
)

# The first parameter is the name that Python gets. The interpreter and its arguments follow.
if [ "\${0#/}" != "$0" ] && [ ! -h "$0" ] && [ -e "\${0%/*/*}/${loader}" ]; then
  set -- "$0" "\${0%/*/*}/${program}" "$@"
elif [ -e "\${0%/*}/pyvenv.cfg" ] || [ -e "\${0%/*}/../pyvenv.cfg" ]; then
  set -- "$0" "$(tree)/${program}" "$@"
else
  set -- "$(tree)/bin/python3" "$(tree)/${program}" "$@"
fi

unset RELOPACK_CALLED RELOPACK_LOCPATH RELOPACK_ARGV0 RELOPACK_PYTHONHOME RELOPACK_PYTHONPLATLIBDIR
[ -z "\${PYTHONHOME+set}" ] || export RELOPACK_PYTHONHOME="$PYTHONHOME"
[ -z "\${PYTHONPLATLIBDIR+set}" ] || export RELOPACK_PYTHONPLATLIBDIR="$PYTHONPLATLIBDIR"
unset PYTHONHOME PYTHONPLATLIBDIR
${[...(argv0 ? [] : ['export RELOPACK_ARGV0="$1"', 'shift']), ...exportLocales(top, paths.locales)].join('\n')}
case ${top} in
*[:\\;\\$]*) ${start("''")} ;;
*) ${start(`"${search}"`)} ;;
esac
`);
}

/** The lines that set LOCPATH. It is a list with `:` between its items, so it cannot name a path that has a `:`. */
function exportLocales(top: string, locales: string | undefined): string[] {
  if (locales === undefined) return [];
  return [
    `case ${top} in`,
    '*:*) ;;',
    '*)',
    `  [ -z "\${LOCPATH+set}" ] || export RELOPACK_LOCPATH="$LOCPATH"`,
    `  export LOCPATH="${top}/${locales}"`,
    '  ;;',
    'esac',
  ];
}
