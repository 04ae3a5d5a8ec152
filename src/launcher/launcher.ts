import type { ElfIdentity } from '../elf/identity.ts';
import type { LauncherPaths } from './paths.ts';
import { shellLauncher } from './shell-launcher.ts';
import { staticLauncher } from './static-launcher.ts';

/**
 * The launcher in `bin/`: a static program if there is one for the machine, else a script for sh.
 *
 * It executes ld.so with two options, and Python with one:
 *
 * - `--argv0`: the name that Python gets. Python finds its prefix from its name, and does not follow links. So the
 *   launcher passes on its own name only if that is in the tree or in a virtual environment (pyvenv.cfg). If it is
 *   not, Python gets the physical path.
 * - `--library-path`: replaces LD_LIBRARY_PATH for this one process, and lets modules that are installed later find
 *   the tree's libraries. ld.so splits it at `:` and `;` and expands `$` (glibc elf/dl-load.c). If the tree's path has
 *   one of these characters, the option is empty: RUNPATH is enough.
 * - `-s` of Python: without it, Fedora's and RHEL's site.py would add /usr/local and ~/.local of the machine to
 *   sys.path.
 *
 * Python inherits the environment. PYTHONHOME and PYTHONPLATLIBDIR are removed, as they would end Python before it reads
 * a line of code. Three variables are set for the start alone. The start-up code (startup/__init__.py) removes them
 * before any other code runs. Each launcher and the start-up code agree on this:
 *
 * - `LOCPATH`: the path of the tree's locales, if there are any and the path has no `:`.
 * - `RELOPACK_LOCPATH`: the caller's own LOCPATH, if it had one and LOCPATH is set. It becomes LOCPATH again.
 * - `RELOPACK_ARGV0`: the name that Python gets, if ld.so has no `--argv0`. Python's argv[0] is then the path of the
 *   interpreter.
 */
export function launcher(identity: ElfIdentity, paths: LauncherPaths): Buffer {
  return staticLauncher(identity, paths) ?? shellLauncher(paths);
}
