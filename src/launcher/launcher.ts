import { posix } from 'node:path';

/** What the launcher starts, and how: archive paths. */
export interface LauncherPaths {
  loader: string;
  interpreter: string;
  /** Directories that every library search goes through, such as `lib64`. */
  libraries: readonly string[];
  /** The directory of the locales that came along, such as `lib/locale`; undefined where none did. */
  locales: string | undefined;
  /** Whether the loader takes `--argv0`. */
  argv0: boolean;
}

/**
 * The launcher that stands in `bin/`, in POSIX sh.
 *
 * What it starts inherits its environment, so it keeps its state in the positional parameters and never changes the
 * directory. On the common way it starts no other program.
 *
 * - `--argv0`: Python finds its prefix from argv[0], by the name and not through links. So it is given the name it was
 *   called by only where the tree stands around that name, or a venv does (pyvenv.cfg); else the physical path.
 * - `--library-path`: takes the place of LD_LIBRARY_PATH for this one process, and lets modules installed later find
 *   the libraries of the tree. ld.so splits it at `:`, so a tree with one in its path goes without: RUNPATH is enough.
 * - `-s`: Fedora's and RHEL's site.py would put /usr/local and ~/.local of the machine it runs on onto sys.path.
 *
 * PYTHONHOME and PYTHONPLATLIBDIR would end Python before it could read a line of code, so they are taken out. These
 * variables are set for the start alone. The start-up code (startup/__init__.py) takes them out of the process before
 * any other code runs, so that this is the agreement between it and every launcher:
 *
 * - `LOCPATH`: the physical path of the tree's locales, where it has any and there is no `:` in it.
 * - `RELOPACK_LOCPATH`: the caller's own LOCPATH, only where LOCPATH is set and the caller had one. It becomes LOCPATH
 *   again.
 * - `RELOPACK_ARGV0`: what would have been given to `--argv0`, only where ld.so does not take that. Python is then
 *   called by the physical path of the interpreter.
 */
export function launcher({ loader, interpreter, libraries, locales, argv0 }: LauncherPaths): Buffer {
  // Where the interpreter stands among the positional parameters when it comes to the start.
  const at = argv0 ? 2 : 1;
  const top = `\${${at}%/*/*}`;
  const search = libraries.map((directory) => `${top}/${directory}`).join(':');
  const start = (path: string) =>
    `exec "\${${at}%/*}/${posix.basename(loader)}" --library-path ${path} ${argv0 ? '--argv0 ' : ''}"$@"`;
  const takeName = argv0 ? [] : ['export RELOPACK_ARGV0="$1"', 'shift'];
  const setLocales =
    locales === undefined
      ? []
      : [
          `  [ -z "\${LOCPATH+set}" ] || export RELOPACK_LOCPATH="$LOCPATH"`,
          `  export LOCPATH="${top}/${locales}"`,
        ];
  return Buffer.from(`#!/bin/sh
# Starts the Python of this tree, and passes the environment on as it is.

# The top folder of the tree: this file stands in it, all links resolved, or is a copy in a virtual environment, whose
# pyvenv.cfg names the folder of the Python that it was made with.
tree() (
  at=$(readlink -f -- "$0")
  at=\${at%/*/*}
  while [ ! -e "$at/${loader}" ]; do
    home=
    while IFS='= ' read -r key value; do
      [ "$key" != home ] || home=$(readlink -f -- "$value")
    done <"$at/pyvenv.cfg"
    [ -n "$home" ] && [ "\${home%/*}" != "$at" ] || exit
    at=\${home%/*}
  done
  printf '%s' "$at"
)

# First comes the name that Python goes by, then the interpreter and its arguments.
if [ ! -h "$0" ] && [ -e "\${0%/*/*}/${loader}" ]; then
  set -- "$0" "\${0%/*/*}/${interpreter}" -s "$@"
elif [ -e "\${0%/*}/pyvenv.cfg" ] || [ -e "\${0%/*}/../pyvenv.cfg" ]; then
  set -- "$0" "$(tree)/${interpreter}" -s "$@"
else
  set -- "$(tree)/bin/python3" "$(tree)/${interpreter}" -s "$@"
fi

${[
  'unset PYTHONHOME PYTHONPLATLIBDIR',
  ...takeName,
  `case $${at} in`,
  `*:*) ${start("''")} ;;`,
  '*)',
  ...setLocales,
  `  ${start(`"${search}"`)}`,
  '  ;;',
  'esac',
].join('\n')}
`);
}
