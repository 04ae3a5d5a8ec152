import { posix } from 'node:path';

/** Where the launcher finds what it starts: archive paths. */
export interface LauncherPaths {
  loader: string;
  interpreter: string;
  /** Directories that every library search goes through, such as `lib64`. */
  libraries: readonly string[];
}

/**
 * The launcher that stands in `bin/`, in POSIX sh.
 *
 * What it starts inherits its environment, so it sets no variable, keeps its state in the positional parameters and
 * never changes the directory. On the common way it starts no other program.
 *
 * - `--argv0`: Python finds its prefix from argv[0], by the name and not through links. So it is given the name it was
 *   called by only where the tree stands around that name, or a venv does (pyvenv.cfg); else the physical path.
 * - `--library-path`: takes the place of LD_LIBRARY_PATH for this one process, and lets modules installed later find
 *   the libraries of the tree. ld.so splits it at `:`, so a tree with one in its path goes without: RUNPATH is enough.
 * - `-s`: Fedora's and RHEL's site.py would put /usr/local and ~/.local of the machine it runs on onto sys.path.
 */
export function launcher({ loader, interpreter, libraries }: LauncherPaths): Buffer {
  const search = libraries.map((directory) => `\${2%/*/*}/${directory}`).join(':');
  return Buffer.from(`#!/bin/sh
# Starts the Python of this tree, and passes the environment on as it is: no variable may be set here.

# The top folder of the tree that this file stands in, all links resolved.
tree() (
  set -- "$(readlink -f -- "$0")"
  printf '%s' "\${1%/*/*}"
)

# First comes the name that Python goes by, then the interpreter and its arguments.
if [ ! -h "$0" ] && [ -e "\${0%/*/*}/${loader}" ]; then
  set -- "$0" "\${0%/*/*}/${interpreter}" -s "$@"
elif [ -e "\${0%/*}/pyvenv.cfg" ] || [ -e "\${0%/*}/../pyvenv.cfg" ]; then
  set -- "$0" "$(tree)/${interpreter}" -s "$@"
else
  set -- "$(tree)/bin/python3" "$(tree)/${interpreter}" -s "$@"
fi

case $2 in
*:*) exec "\${2%/*}/${posix.basename(loader)}" --library-path '' --argv0 "$@" ;;
*) exec "\${2%/*}/${posix.basename(loader)}" --library-path "${search}" --argv0 "$@" ;;
esac
`);
}
