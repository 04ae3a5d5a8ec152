/** What the launcher starts, and how: archive paths. */
export interface LauncherPaths {
  /** The path by which ld.so is executed. The kernel calls the process by its last part (ps, top). */
  loader: string;
  interpreter: string;
  /** Directories that every library search goes through, such as `lib64`. */
  libraries: readonly string[];
  /** The directory of the locales that came along, such as `lib/locale`; undefined where none did. */
  locales: string | undefined;
  /** Whether the loader takes `--argv0`. */
  argv0: boolean;
}
