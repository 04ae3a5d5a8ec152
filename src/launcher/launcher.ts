import type { ElfIdentity } from '../elf/identity.ts';
import type { LauncherPaths } from './paths.ts';
import { shellLauncher } from './shell-launcher.ts';
import { shellProgram } from './shell-program.ts';
import { staticLauncher } from './static-launcher.ts';

/**
 * The launcher in `bin/`: a static program if there is one for the machine, else a script for sh.
 *
 * The static one maps the interpreter and ld.so into its own process (program/launcher.c). The script executes ld.so, and
 * so does the static one if it cannot map them. ld.so then gets two options:
 *
 * - `--argv0`: the name that Python gets. Python finds its prefix from its name, and does not follow links. So the
 *   launcher passes on its own name only if that is in the tree or in a virtual environment (pyvenv.cfg). If it is
 *   not, Python gets the physical path.
 * - `--library-path`: replaces LD_LIBRARY_PATH for this one process, and lets modules that are installed later find
 *   the tree's libraries. ld.so splits it at `:` and `;` and expands `$` (glibc elf/dl-load.c). If the tree's path has
 *   one of these characters, the option is empty: RUNPATH is enough.
 *
 * Python gets no option. The packed site.py ignores /usr/local and ~/.local by itself (startup.ts).
 *
 * Python inherits the environment. The launchers set or rename some variables for the start alone. The start-up code
 * (startup/__init__.py) restores them before any other code runs. Each launcher and the start-up code agree on this:
 *
 * - `LOCPATH`, if ld.so is executed: the path of the tree's locales, if there are any and the path has no `:`. The static
 *   launcher has no need of it if it becomes Python: libc finds it, and other variables, in a list of its own
 *   (program/start/own-variables.h).
 * - `RELOPACK_LOCPATH`: the caller's own LOCPATH, if it had one and LOCPATH is set. It becomes LOCPATH again.
 * - `RELOPACK_PYTHONHOME`, `RELOPACK_PYTHONPLATLIBDIR`: the caller's variables, which would end Python before it reads a
 *   line of code. They get their names again, for children.
 * - `RELOPACK_CALLED`: the caller's argv[0], if the static launcher had to replace it because Python would not find itself
 *   by it. It becomes sys.orig_argv[0].
 * - `RELOPACK_ARGV0`: the name that Python gets, if ld.so is executed and has no `--argv0`, or if the name does not lead
 *   Python to the tree. Python's argv[0] is then the path of the interpreter.
 *
 * With `own` it is the launcher of a program that is not Python. Nothing restores variables there, so it sets none: the
 * program gets the caller's environment and the caller's argv[0].
 *
 * - Such a program has a launcher of its own, as /proc/self/exe has to be the program's place: programs look there for
 *   their data. A file of settings beside one launcher for all, by links, would lead to the launcher's place. PT_INTERP
 *   of the program itself cannot name ld.so, for the kernel takes a relative path from the current directory.
 * - The program itself is in another place of the tree. Its $ORIGIN is the place of the launcher.
 */
export function launcher(identity: ElfIdentity, paths: LauncherPaths): Buffer {
  const script = () => (paths.own === undefined ? shellLauncher(paths) : shellProgram(paths, paths.own));
  return staticLauncher(identity, paths) ?? script();
}
