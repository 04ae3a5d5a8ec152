import picomatch from 'picomatch';
import { FileFlag, type InstalledFile, isDirectory } from '../../rpm/package.ts';
import { isBelowAny } from './test-directories.ts';

/** One `--include` or `--exclude`, in the order of the command line. */
export interface Glob {
  kind: 'include' | 'exclude';
  pattern: string;
}

/** Which files of the packed packages are packed. */
export interface FileChoice {
  bytecode: boolean;
  /** Whether console scripts are packed. */
  scripts: boolean;
  tests: boolean;
  globs: readonly Glob[];
}

/** The reason of a file that is only left out because it is a test. */
export const testReason = 'a test';

/** The part before lib, lib64, libexec or share in the archive path of a file from outside the prefix. /var/lib does not count. */
const outside = /^host\/(?!var\/)(?:.+?\/)??(?=(?:lib|lib64|libexec|share)\/)/;

/** The directories that a Python reads at run time, those of programs that others start, and headers. sysconfig reads one of them without a compiler. */
const wantedRoots = /^(?:lib|lib64|libexec|share)\/|^include\/python[^/]+\//;

/** The directory of a module. It may read its own README there, or a file that was made after the installation. */
const ofModule = /^lib(?:64)?\/python\d+\.\d+\/(?:site-packages\/)?(?!site-packages\/)[^/]+\//;

const versioned = /^lib(?:64)?\/python(\d+\.\d+)\//;

/**
 * Empty directories of bytecode, documentation, files for building, libraries for one kind of CPU (see libraries/hwcaps.ts), and the archive of all
 * locales (see findings.ts).
 */
const unwanted: readonly RegExp[] = [
  /^lib\/locale\/locale-archive/,
  /\/__pycache__\/$/,
  /^share\/(?:doc|man|info|licenses|help|gtk-doc|bash-completion|zsh|fish|applications|icons)\//,
  /^lib(?:64)?\/(?:pkgconfig|cmake|debug|systemd|\.build-id|glibc-hwcaps)\//,
  /\.(?:a|la)$/,
  // Python's own main(), for programs that embed it.
  /^lib(?:64)?\/python[^/]+\/config-[^/]+\/python\.o$/,
  // PEP 668 protects the packages of a distribution from pip. In the tree there is no other way to install something.
  /^lib(?:64)?\/python[^/]+\/EXTERNALLY-MANAGED$/,
];

/** The configuration of rpm, and programs for rpmbuild. It is only packed if a file names it. */
const ofRpm = /^lib\/rpm\//;

/** The directories of programs, and of headers. A file there is not data, even if another file names it. */
const neverNamed = /^(?:bin|libexec|include)\//;

/** The place of programs. Only the file itself shows whether a program is a console script. */
const program = /^bin\/[^/]+$/;

/** Bytecode for -O and -OO: a quarter of a Python, and hardly used. */
const optimized = /\.opt-[12]\.pyc$/;

interface CompiledGlob {
  include: boolean;
  pattern: string;
  matches: (path: string) => boolean;
}

/** Decides whether a file of a packed package is packed, by its archive path and its flags in the RPM database. */
export class Rules {
  readonly #choice: FileChoice;
  readonly #version: string;
  readonly #globs: readonly CompiledGlob[];

  /** `version` is the X.Y of the packed Python. Files for another version are not packed. */
  constructor(choice: FileChoice, version: string) {
    this.#choice = choice;
    this.#version = version;
    this.#globs = choice.globs.map(({ kind, pattern }) => ({
      include: kind === 'include',
      pattern,
      matches: picomatch(pattern, { dot: true }),
    }));
  }

  /** The decision of the user's globs for an archive path. The last matching glob wins; undefined if none matches. */
  verdict(path: string): { include: boolean; pattern: string } | undefined {
    return this.#globs.findLast((glob) => glob.matches(path));
  }

  /** The user's globs that match none of these archive paths. */
  unmatched(paths: ReadonlySet<string>): Glob[] {
    const isMatched = ({ matches }: CompiledGlob) => {
      for (const path of paths) if (matches(path)) return true;
      return false;
    };
    const matched = new Set(this.#globs.filter(isMatched).map(({ pattern }) => pattern));
    return this.#choice.globs.filter(({ pattern }) => !matched.has(pattern));
  }

  /**
   * Whether a file or directory is packed as part of its package. `testDirectories` are the directories of the package that contain
   * tests. For a file that is needed by name, such as a library, only `verdict` decides.
   */
  admits(path: string, file: InstalledFile, testDirectories: ReadonlySet<string>): boolean {
    return this.refusal(path, file, testDirectories) === undefined;
  }

  /** The reason why `admits` says no; undefined if it says yes. */
  refusal(path: string, file: InstalledFile, testDirectories: ReadonlySet<string>): string | undefined {
    const verdict = this.verdict(path);
    if (verdict !== undefined) return verdict.include ? undefined : `excluded by ${verdict.pattern}`;
    const inside = isDirectory(file) ? `${path}/` : path;
    const below = inside.replace(outside, '');
    const unwantedFlags = FileFlag.artifact | (ofModule.test(below) ? 0 : FileFlag.doc | FileFlag.ghost);
    if ((file.flags & unwantedFlags) !== 0) return 'documentation, or no part of the package';
    if (!wantedRoots.test(below) || [ofRpm, ...unwanted].some((pattern) => pattern.test(below)))
      return 'not used at run time';
    if ((versioned.exec(below)?.[1] ?? this.#version) !== this.#version) return 'for another Python';
    if (optimized.test(path)) return 'bytecode for -O';
    if (!this.#choice.bytecode && path.endsWith('.pyc')) return 'bytecode';
    return !this.#choice.tests && isBelowAny(inside, testDirectories) ? testReason : undefined;
  }

  /** Whether a file or directory is packed if a packed file names it, or the directory that it is in. */
  admitsNamed(path: string, file: InstalledFile): boolean {
    const verdict = this.verdict(path);
    if (verdict !== undefined) return verdict.include;
    const below = (isDirectory(file) ? `${path}/` : path).replace(outside, '');
    if ((file.flags & (FileFlag.artifact | FileFlag.doc)) !== 0 || neverNamed.test(below)) return false;
    return !optimized.test(path) && !unwanted.some((pattern) => pattern.test(below));
  }

  /** Whether a file is packed if it is a command of a packed package that the packed Python or ld.so can start. */
  admitsCommand(path: string): boolean {
    return this.#choice.scripts && program.test(path) && this.verdict(path) === undefined;
  }
}
