import type { LauncherPaths } from './launcher.ts';

/**
 * The launcher in POSIX sh, for machines that there is no static one for; launcher.ts says what it does.
 *
 * It sets no variable of its own, keeps its state in the positional parameters and never changes the directory. On the
 * common way it starts no other program. No sh hands on all of an environment: variables whose names are no
 * identifiers get lost, and PWD is set.
 */
export function shellLauncher({ loader, interpreter, libraries, locales }: LauncherPaths): Buffer {
  const tree = `\${2%/${interpreter}}`;
  const search = libraries.map((directory) => `${tree}/${directory}`).join(':');
  return Buffer.from(`#!/bin/sh
# Starts the Python of this tree, and passes the environment on as it is: no variable may be set here.

# The top folder of the tree that this file stands in, or that the virtual environment of a copy names; no links.
tree() (
  set -- "$(readlink -f -- "$0")"
  [ -e "\${1%/*/*}/${loader}" ] ||
    set -- "$(readlink -f -- "$(sed -n 's/^home *= *//p' "\${0%/*/*}/pyvenv.cfg")/python3")"
  printf '%s' "\${1%/*/*}"
)

# First comes the name that Python goes by, then the interpreter and its arguments.
if [ "\${0#/}" != "$0" ] && [ ! -h "$0" ] && [ -e "\${0%/*/*}/${loader}" ]; then
  set -- "$0" "\${0%/*/*}/${interpreter}" -s "$@"
elif [ -e "\${0%/*}/pyvenv.cfg" ] || [ -e "\${0%/*}/../pyvenv.cfg" ]; then
  set -- "$0" "$(tree)/${interpreter}" -s "$@"
else
  set -- "$(tree)/bin/python3" "$(tree)/${interpreter}" -s "$@"
fi

unset PYTHONHOME PYTHONPLATLIBDIR
${locales === undefined ? '' : exportLocales(tree, locales)}case ${tree} in
*[:\\;\\$]*) exec "${tree}/${loader}" --library-path '' --argv0 "$@" ;;
*) exec "${tree}/${loader}" --library-path "${search}" --argv0 "$@" ;;
esac
`);
}

/** LOCPATH is a list with `:` between, which can't be written otherwise. */
function exportLocales(tree: string, locales: string): string {
  return `case ${tree} in
*:*) ;;
*)
  unset RELOPACK_LOCPATH
  [ -z "\${LOCPATH+set}" ] || export RELOPACK_LOCPATH="$LOCPATH"
  export LOCPATH="${tree}/${locales}"
  ;;
esac
`;
}
