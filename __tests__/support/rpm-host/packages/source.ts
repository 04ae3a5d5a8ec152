import type { Rule } from '../layout.ts';

/** One source package of the host: which Debian packages it is made of, and which binary packages it makes. */
export interface Source {
  name: string;
  /** Debian packages whose files it has. */
  debs?: string[];
  /** The upstream version; that of the first Debian package where absent. */
  version?: string;
  license: string;
  /** Moves of its own, after the ones that hold for every package. */
  rules?: Rule[];
  /** Files written by hand: path → text. */
  texts?: Record<string, string>;
  /** Symbolic links: path → target. */
  links?: Record<string, string>;
  /** Any other change of the staged files, before they are packaged. */
  edit?: (stage: string) => Promise<void>;
  /** Whether its files are those of the compiled CPython. */
  cpython?: true;
  /** Each file goes to the first package that takes it; one of the source's own name where absent. */
  packages?: Binary[];
}

/** One binary package. */
export interface Binary {
  name: string;
  /** Which of the source's files it takes; all that are left where absent. */
  files?: RegExp;
  /** What the generators of rpmbuild can't see. */
  requires?: string[];
  provides?: string[];
  /** Files that the database lists and the package does not bring. */
  ghosts?: string[];
  /** A Lua scriptlet that runs after installation; nothing else runs before there is a shell. */
  post?: string;
  /** Installed with --excludedocs and English as the only language. */
  bare?: true;
}
