import picomatch from 'picomatch';
import { FileFlag, type InstalledFile } from '../../rpm/package.ts';

/** `--include` or `--exclude`, in the order of the command line. */
export interface Glob {
  kind: 'include' | 'exclude';
  pattern: string;
}

/** What of the packed packages goes in. */
export interface Choice {
  bytecode: boolean;
  /** Whether console scripts go in. */
  scripts: boolean;
  tests: boolean;
  globs: readonly Glob[];
}

/** What stands before lib, lib64 or share in the place of a file from outside the prefix; /var/lib is none of these. */
const outside = /^host\/(?!var\/)(?:.+?\/)??(?=(?:lib|lib64|share)\/)/;

/** Below a prefix, what a Python looks for at run time; the one header is what sysconfig reads, for no compiler. */
const wantedRoots = /^(?:lib|lib64|share)\/|^include\/python[^/]+\/pyconfig[^/]*\.h$/;

const versioned = /^lib(?:64)?\/python(\d+\.\d+)\//;

/** Documentation, build tools' files, and libraries for one kind of CPU, which are never taken. */
const unwanted: readonly RegExp[] = [
  /^share\/(?:doc|man|info|licenses|help|gtk-doc|bash-completion|zsh|fish|applications|icons)\//,
  /^lib(?:64)?\/(?:pkgconfig|cmake|rpm|debug|systemd|\.build-id|glibc-hwcaps)\//,
  /\.(?:a|la)$/,
];

/** Where programs stand; what of them is a console script is seen by the file itself. */
const program = /^bin\/[^/]+$/;

/** -O and -OO levels: a quarter of a Python, and nobody starts it so. */
const optimised = /\.opt-[12]\.pyc$/;

/** Decides by its archive path and its flags in the database whether a file of a packed package goes in. */
export class Rules {
  readonly #choice: Choice;
  readonly #version: string;
  readonly #globs: readonly { include: boolean; pattern: string; matches: (path: string) => boolean }[];
  readonly #matched = new Set<string>();

  /** `version` is the X.Y of the Python that is packed: what a package has for another one stays out. */
  constructor(choice: Choice, version: string) {
    this.#choice = choice;
    this.#version = version;
    this.#globs = choice.globs.map(({ kind, pattern }) => ({
      include: kind === 'include',
      pattern,
      matches: picomatch(pattern, { dot: true }),
    }));
  }

  /** What the user's globs say of a path: the last that matches decides; undefined where none does. */
  verdict(path: string): { include: boolean; pattern: string } | undefined {
    const matching = this.#globs.filter((glob) => glob.matches(path));
    for (const { pattern } of matching) this.#matched.add(pattern);
    return matching.at(-1);
  }

  /** The user's globs that no file of a packed package matched so far. */
  get unmatched(): readonly Glob[] {
    return this.#choice.globs.filter(({ pattern }) => !this.#matched.has(pattern));
  }

  /**
   * Whether a file goes in as a part of its package. `testDirectories` are those that hold tests.
   * A file that is wanted by name, as a library is, asks `verdict` alone.
   */
  admits(path: string, file: InstalledFile, testDirectories: ReadonlySet<string>): boolean {
    const verdict = this.verdict(path);
    if (verdict !== undefined) return verdict.include;
    if ((file.flags & (FileFlag.doc | FileFlag.ghost | FileFlag.artifact)) !== 0) return false;
    const below = path.replace(outside, '');
    if (!wantedRoots.test(below) || unwanted.some((pattern) => pattern.test(below))) return false;
    if ((versioned.exec(below)?.[1] ?? this.#version) !== this.#version) return false;
    if (optimised.test(path)) return false;
    if (!this.#choice.bytecode && path.endsWith('.pyc')) return false;
    return this.#choice.tests || !isBelowAny(path, testDirectories);
  }

  /** Whether the file goes in if it is a console script of a packed package. */
  admitsScript(path: string): boolean {
    return this.#choice.scripts && program.test(path) && this.verdict(path) === undefined;
  }
}

/**
 * The directories of a list of archive paths that hold tests: named `test` or `tests`, with test_*.py in them.
 * The name alone is not enough: django.test is a library.
 */
export function testDirectories(paths: Iterable<string>): Set<string> {
  const directories = new Set<string>();
  for (const path of paths) {
    const match = /^(.*\/(?:tests?|idle_test))\/test_[^/]*\.py$/.exec(path);
    if (match?.[1] !== undefined) directories.add(match[1]);
  }
  return directories;
}

function isBelowAny(path: string, directories: ReadonlySet<string>): boolean {
  for (let slash = path.indexOf('/'); slash !== -1; slash = path.indexOf('/', slash + 1)) {
    if (directories.has(path.slice(0, slash))) return true;
  }
  return false;
}
