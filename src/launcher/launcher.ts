import type { ElfIdentity } from '../elf/image.ts';
import { shellLauncher } from './shell.ts';
import { staticLauncher } from './static.ts';

/** Where the launcher finds what it starts: archive paths. */
export interface LauncherPaths {
  /** The path by which ld.so is executed. The kernel calls the process by its last part (ps, top). */
  loader: string;
  interpreter: string;
  /** Directories that every library search goes through, such as `lib64`. */
  libraries: readonly string[];
  /** The directory of the locales in the archive; undefined where it has none. */
  locales?: string;
}

/**
 * The launcher that stands in `bin/`: a static program where there is one for the machine, else a script for sh.
 *
 * What it starts inherits its environment, but PYTHONHOME and PYTHONPLATLIBDIR, which are fatal to a Python that
 * stands elsewhere. What it adds is for the start alone: LOCPATH leads to the locales of the tree, and RELOPACK_LOCPATH
 * keeps what the caller had in its place, until Python's start-up code has put it back.
 *
 * - `--argv0`: Python finds its prefix from argv[0], by the name and not through links. So it is given the name it was
 *   called by only where the tree stands around that name, or a venv does (pyvenv.cfg); else the physical path.
 * - `--library-path`: takes the place of LD_LIBRARY_PATH for this one process, and lets modules installed later find
 *   the libraries of the tree. ld.so splits it at `:` and `;` and expands `$` (glibc elf/dl-load.c), so a tree with
 *   one of them in its path goes without: RUNPATH is enough.
 * - `-s`: Fedora's and RHEL's site.py would put /usr/local and ~/.local of the machine it runs on onto sys.path.
 */
export function launcher(identity: ElfIdentity, paths: LauncherPaths): Buffer {
  return staticLauncher(identity, paths) ?? shellLauncher(paths);
}
