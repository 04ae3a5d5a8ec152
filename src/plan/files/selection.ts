import { posix } from 'node:path';
import { RelopackError } from '../../common/error.ts';
import { isElf } from '../../elf/identity.ts';
import type { Interpreter } from '../../python/interpreter.ts';
import { isPythonScript } from '../../python/shebang.ts';
import { type Installed, isInstalled, type Owned } from '../../rpm/installed.ts';
import { FileFlag, type InstalledFile, type InstalledPackage, nevra } from '../../rpm/package.ts';
import { archivePath } from '../archive-path.ts';
import type { Reason } from '../reason.ts';
import { type Rules, testDirectories } from './rules.ts';

/** A file or link of the host that goes in. */
export interface Selected {
  /** Canonical, on the host. */
  host: string;
  /** In the archive, below its top folder. */
  path: string;
  reason: Reason;
  owned: Owned | undefined;
  type: 'file' | 'link';
}

/** The files that go in, as they are found; each once, with the first reason that was found for it. */
export class Selection {
  /** By canonical host path, in the order of selection. A walk over it also meets what is added meanwhile. */
  readonly files = new Map<string, Selected>();
  readonly #installed: Installed;
  readonly #interpreter: Interpreter;
  readonly #rules: Rules;
  readonly #touched = new Set<InstalledPackage>();

  constructor(installed: Installed, interpreter: Interpreter, rules: Rules) {
    this.#installed = installed;
    this.#interpreter = interpreter;
    this.#rules = rules;
  }

  /** Takes what the rules admit of a package's own files. */
  addPackage(pkg: InstalledPackage, reason: Reason): void {
    const files = this.#present(pkg);
    const tests = testDirectories(files.map(({ path }) => path));
    for (const { file, host, path } of files) {
      if (this.#rules.admits(path, file, tests) || (this.#rules.admitsScript(path) && this.#isScript(host)))
        this.#add(host, reason, { package: pkg, file });
    }
    this.#include(pkg);
  }

  /**
   * Takes one file by its path on the host, and what it leads to where it is a link. An --exclude that matches
   * keeps it out. Its package is then open to --include as well.
   */
  addFile(host: string, reason: Reason): void {
    if (this.#rules.verdict(archivePath(host, this.#interpreter))?.include === false) return;
    const owned = this.#installed.owner(host);
    this.#add(host, reason, owned);
    const target = this.#installed.root.resolve(host);
    if (target !== undefined && target !== host) this.addFile(target, { kind: 'linked', by: host });
    if (owned !== undefined) this.#include(owned.package);
  }

  /** Whether a file of the host is an ELF file, by its first four bytes. */
  isElf(host: string): boolean {
    const { root } = this.#installed;
    return !/\.pyc?$/.test(host) && root.stat(host)?.isFile() === true && isElf(root.head(host, 4));
  }

  /** Brings back what the user's globs ask for, from a package that is in with any file. */
  #include(pkg: InstalledPackage): void {
    if (this.#touched.has(pkg)) return;
    this.#touched.add(pkg);
    for (const { file, host, path } of this.#present(pkg)) {
      const verdict = this.#rules.verdict(path);
      if (verdict?.include)
        this.#add(host, { kind: 'included', glob: verdict.pattern }, { package: pkg, file });
    }
  }

  /** A console script, or a link that leads to one or to the interpreter. */
  #isScript(host: string): boolean {
    const { root } = this.#installed;
    const real = root.resolve(host);
    if (real === undefined) return false;
    if (real === this.#interpreter.path) return real !== host;
    const inBin = posix.dirname(archivePath(real, this.#interpreter)) === 'bin';
    return inBin && isPythonScript(root, this.#interpreter, real);
  }

  #present(pkg: InstalledPackage): { file: InstalledFile; host: string; path: string }[] {
    return pkg.files.filter(isInstalled).flatMap((file) => {
      const host = this.#installed.root.canonical(file.path);
      return host === undefined ? [] : [{ file, host, path: archivePath(host, this.#interpreter) }];
    });
  }

  #add(host: string, reason: Reason, owned: Owned | undefined): void {
    if (this.files.has(host)) return;
    const stats = this.#installed.root.lstat(host);
    if (stats === undefined) {
      if (owned !== undefined && !mayBeAbsent(owned.file)) throw absent(host, owned.package);
      return;
    }
    if (!stats.isFile() && !stats.isSymbolicLink()) {
      if (owned !== undefined && isFile(owned.file)) throw replaced(host, owned.package);
      return;
    }
    const path = archivePath(host, this.#interpreter);
    this.files.set(host, { host, path, reason, owned, type: stats.isFile() ? 'file' : 'link' });
  }
}

/** Whether the database has it as a regular file: the type bits of st_mode, inode(7). */
function isFile({ mode }: InstalledFile): boolean {
  return (mode & 0o170000) === 0o100000;
}

function replaced(host: string, pkg: InstalledPackage): RelopackError {
  return new RelopackError(
    'file-changed',
    `${host} is no regular file any more, though the database lists it as one of ${nevra(pkg)}`,
    `Install ${pkg.name} again, or leave the file out with --exclude.`,
  );
}

/** Ghosts come and go, and bytecode is often stripped from container images; Python makes do without it. */
function mayBeAbsent({ path, flags }: InstalledFile): boolean {
  return (flags & (FileFlag.ghost | FileFlag.missingok)) !== 0 || posix.extname(path) === '.pyc';
}

function absent(host: string, pkg: InstalledPackage): RelopackError {
  return new RelopackError(
    'file-missing',
    `${host} is not on the disk, though the database lists it as a file of ${nevra(pkg)}`,
    `Install ${pkg.name} again, or leave the file out with --exclude.`,
  );
}
