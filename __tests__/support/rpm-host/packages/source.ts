import type { Rule } from '../layout.ts';

/** A source package of the host: the Debian packages that it is made of, and its binary packages. */
export interface Source {
  name: string;
  /** The Debian packages that its files come from. */
  debs?: string[];
  /** The upstream version; that of the first Debian package if absent. */
  version?: string;
  license: string;
  /** Its own rules, applied after those for every package. */
  rules?: Rule[];
  /** Files written by hand: path → text. */
  texts?: Record<string, string>;
  /** Symbolic links: path → target. */
  links?: Record<string, string>;
  /** Any other change of the staged files, before they are packaged. */
  edit?: (stage: string) => Promise<void>;
  /** Whether its files are those of the compiled CPython. */
  cpython?: true;
  /** Its binary packages. Each file belongs to the first one that matches. If absent, one with the source's name. */
  packages?: Binary[];
}

/** One binary package. */
export interface Binary {
  name: string;
  /** The source's files that it contains; all remaining files if absent. */
  files?: RegExp;
  /** Requires and Provides that the generators of rpmbuild cannot find. */
  requires?: string[];
  provides?: string[];
  /** Files that the database lists and the package does not contain. */
  ghosts?: string[];
  /** A Lua scriptlet that runs after installation. Other scriptlets cannot run before a shell is installed. */
  post?: string;
  /** Installed with --excludedocs and English as the only language. */
  bare?: true;
}
