/** The paths that the launcher uses. All of them are archive paths. */
export interface LauncherPaths {
  /** The path of ld.so. If the kernel executes it, it calls the process by the last part (ps, top). */
  loader: string;
  /** The interpreter, or another program. */
  program: string;
  /** Directories that every library search goes through, such as `lib64`. */
  libraries: readonly string[];
  /** The directory of the packed locales, such as `lib/locale`; undefined if none were packed. */
  locales: string | undefined;
  /** The directory of the packed time zones, such as `share/zoneinfo`; undefined if none were packed. */
  zones: string | undefined;
  /** Whether the loader has the option `--argv0`. */
  argv0: boolean;
  /** The library that redirects reading, such as `lib64/librelopack.so`; undefined if there is nothing to redirect. */
  redirect?: string | undefined;
  /** Only for a program that is not Python. */
  own?: OwnPaths;
}

/** The paths of a program that is not Python. */
export interface OwnPaths {
  /** The path of its launcher. */
  place: string;
  /** The directories in which the program looks for libraries first. */
  libraries: readonly string[];
}
