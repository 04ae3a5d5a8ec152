import type { ElfIdentity } from '../elf/identity.ts';
import type { LauncherPaths } from './paths.ts';
import { shellLauncher } from './shell.ts';
import { staticLauncher } from './static.ts';

/**
 * The launcher that stands in `bin/`: a static program where there is one for the machine, else a script for sh.
 *
 * It executes ld.so with these options, and Python's `-s`:
 *
 * - `--argv0`: Python finds its prefix from argv[0], by the name and not through links. So it is given the name it was
 *   called by only where the tree stands around that name, or a venv does (pyvenv.cfg); else the physical path.
 * - `--library-path`: takes the place of LD_LIBRARY_PATH for this one process, and lets modules installed later find
 *   the libraries of the tree. ld.so splits it at `:` and `;` and expands `$` (glibc elf/dl-load.c), so a tree with
 *   one of them in its path goes without: RUNPATH is enough.
 * - `-s`: Fedora's and RHEL's site.py would put /usr/local and ~/.local of the machine it runs on onto sys.path.
 *
 * What it starts inherits its environment. PYTHONHOME and PYTHONPLATLIBDIR would end Python before it could read a line
 * of code, so they are taken out. These variables are set for the start alone. The start-up code (startup/__init__.py)
 * takes them out of the process before any other code runs, so that this is the agreement between it and every launcher:
 *
 * - `LOCPATH`: the path of the tree's locales, where it has any and there is no `:` in it.
 * - `RELOPACK_LOCPATH`: the caller's own LOCPATH, only where LOCPATH is set and the caller had one. It becomes LOCPATH
 *   again.
 * - `RELOPACK_ARGV0`: what would have been given to `--argv0`, only where ld.so does not take that. Python is then
 *   called by the path of the interpreter.
 */
export function launcher(identity: ElfIdentity, paths: LauncherPaths): Buffer {
  return staticLauncher(identity, paths) ?? shellLauncher(paths);
}
