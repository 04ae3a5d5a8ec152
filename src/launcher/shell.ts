import type { LauncherPaths } from './paths.ts';

/**
 * The launcher in POSIX sh, for machines that there is no static one for; launcher.ts says what it does.
 *
 * It keeps its state in the positional parameters, so that it sets no variable of its own, and never changes the
 * directory. On the common way it starts no other program. No sh hands on all of an environment: variables whose names
 * are no identifiers get lost, and PWD is set.
 */
export function shellLauncher(paths: LauncherPaths): Buffer {
  const { loader, interpreter, libraries, argv0 } = paths;
  // Where the interpreter stands among the positional parameters when it comes to the start.
  const at = argv0 ? 2 : 1;
  const top = `\${${at}%/${interpreter}}`;
  const search = libraries.map((directory) => `${top}/${directory}`).join(':');
  const start = (path: string) =>
    `exec "${top}/${loader}" --library-path ${path} ${argv0 ? '--argv0 ' : ''}"$@"`;
  return Buffer.from(`#!/bin/sh
# Starts the Python of this tree, and passes the environment on as it is.

# The top folder of the tree: this file stands in it, all links resolved, or is a copy in a virtual environment, whose
# pyvenv.cfg names the folder of the Python that it was made with.
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

# First comes the name that Python goes by, then the interpreter and its arguments.
if [ "\${0#/}" != "$0" ] && [ ! -h "$0" ] && [ -e "\${0%/*/*}/${loader}" ]; then
  set -- "$0" "\${0%/*/*}/${interpreter}" -s "$@"
elif [ -e "\${0%/*}/pyvenv.cfg" ] || [ -e "\${0%/*}/../pyvenv.cfg" ]; then
  set -- "$0" "$(tree)/${interpreter}" -s "$@"
else
  set -- "$(tree)/bin/python3" "$(tree)/${interpreter}" -s "$@"
fi

unset PYTHONHOME PYTHONPLATLIBDIR RELOPACK_LOCPATH RELOPACK_ARGV0
${[...(argv0 ? [] : ['export RELOPACK_ARGV0="$1"', 'shift']), ...exportLocales(top, paths.locales)].join('\n')}
case ${top} in
*[:\\;\\$]*) ${start("''")} ;;
*) ${start(`"${search}"`)} ;;
esac
`);
}

/** LOCPATH is a list with `:` between, as which no path with one in it can be written. */
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
