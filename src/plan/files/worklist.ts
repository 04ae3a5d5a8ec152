import { posix } from 'node:path';
import { isElfFile } from '../../host/elf-file.ts';
import { isExecutable } from '../../host/executable.ts';
import { isConfigScript } from '../../python/config-script.ts';
import { isPythonScript } from '../../python/shebang.ts';
import { isInstalled, type OwnedFile } from '../../rpm/installed.ts';
import type { InstalledFile, InstalledPackage } from '../../rpm/package.ts';
import { archivePath } from '../archive-path.ts';
import { runTimeFiles } from '../libraries/loaded-at-run-time.ts';
import { type LibraryContext, readNativeFile } from '../libraries/needed.ts';
import type { Requester } from '../libraries/search.ts';
import type { UnloadableFile } from '../loading/unloadable.ts';
import type { NativeFile } from '../native-file.ts';
import { wrappedFiles } from '../programs/wrapped.ts';
import type { Reason } from '../reason.ts';
import { type SelectedFile, selectedFile } from '../selected-file.ts';
import { linkedFiles } from './linked-directory.ts';
import type { Rules } from './rules.ts';
import { testDirectories } from './test-directories.ts';

/** A file of a packed package that the rules leave out. */
export interface Refusal {
  /** Its canonical path on the host. */
  host: string;
  reason: string;
}

/** The facts that the selection depends on. */
export interface WorklistInput extends LibraryContext {
  rules: Rules;
}

/** A file of a package that is on the disk. */
interface PresentFile {
  file: InstalledFile;
  host: string;
  path: string;
}

/**
 * The selected files and their libraries. The libraries of a file are added when it is visited, so that they are looked
 * up once.
 */
export class Worklist {
  readonly files = new Map<string, SelectedFile>();
  readonly natives = new Map<string, NativeFile>();
  readonly missing = new Map<SelectedFile, string[]>();
  /** The ELF files that this Python cannot load, by canonical host path. */
  readonly unloadable = new Map<string, UnloadableFile>();
  readonly considered = new Set<string>();
  /** The files that the rules leave out, by archive path. */
  readonly refused = new Map<string, Refusal>();
  readonly #input: WorklistInput;
  /** Packages that are added as a whole, so that the rules have decided about their files. */
  readonly #packages = new Set<InstalledPackage>();
  /** Packages whose files --include has been applied to. */
  readonly #included = new Set<InstalledPackage>();
  readonly #visited = new Set<SelectedFile>();
  /** The file that each library was first loaded for, by the library's path. */
  readonly #loaders = new Map<string, Requester>();
  /** Libraries that were read before their loader was known. */
  readonly #readAgain = new Set<SelectedFile>();

  constructor(input: WorklistInput) {
    this.#input = input;
  }

  /** Adds the files of a package that the rules admit. */
  addPackage(pkg: InstalledPackage, reason: Reason): void {
    const { rules } = this.#input;
    this.#packages.add(pkg);
    const files = this.#presentFiles(pkg);
    const tests = testDirectories(files.map(({ path }) => path));
    for (const { file, host, path } of files) {
      const refusal = rules.refusal(path, file, tests);
      if (refusal === undefined || (rules.admitsCommand(path) && this.#isCommand(host, reason)))
        this.#add(host, reason, { package: pkg, file });
      else this.refused.set(path, { host, reason: refusal });
    }
    this.#applyIncludes(pkg);
  }

  /**
   * Adds one file by its path on the host and, if it is a link, the target of the link. An --exclude that matches keeps
   * it out. --include then applies to the other files of its package too.
   */
  addFile(host: string, reason: Reason): void {
    const { installed, interpreter, rules } = this.#input;
    const path = archivePath(host, interpreter);
    this.considered.add(path);
    if (rules.verdict(path)?.include === false) return;
    const owned = installed.owner(host);
    this.#add(host, reason, owned);
    const target = installed.root.resolve(host);
    if (target !== undefined && target !== host) this.addFile(target, { kind: 'linked', by: host });
    if (owned !== undefined) this.#applyIncludes(owned.package);
  }

  /** Adds the libraries of all files that are not yet visited, and the libraries of these, until none is left. */
  visitAll(): void {
    for (const selected of this.files.values()) {
      if (this.#visited.has(selected)) continue;
      this.#visited.add(selected);
      if (selected.type === 'link') this.#followLink(selected);
      else if (this.#isElf(selected.host)) this.#addNeededLibraries(selected);
      else this.#addWrappedFiles(selected);
    }
    // A library read before its loader was known can inherit that loader's DT_RPATH, so read it again.
    const again = [...this.#readAgain];
    this.#readAgain.clear();
    for (const selected of again) this.#addNeededLibraries(selected);
    if (again.length > 0) this.visitAll();
  }

  /**
   * Adds the ELF file that a link leads to, as a copy in the place of the link would not be read for its libraries. Adds a
   * script too, as it may read files that are beside it. Adds all files of a directory that a link leads to, as a part of them would be another directory.
   */
  #followLink({ host }: SelectedFile): void {
    const { installed, interpreter } = this.#input;
    const { root } = installed;
    const target = root.resolve(host);
    if (target === undefined) return;
    const reason = { kind: 'linked', by: host } as const;
    if (!root.lstat(target)?.isDirectory()) {
      if (!this.files.has(target) && (this.#isElf(target) || this.#isScript(target)))
        this.addFile(target, reason);
      return;
    }
    for (const path of linkedFiles(root, interpreter, target, host)) {
      const owner = installed.owner(path)?.package;
      if (owner === undefined || !this.#packages.has(owner)) this.addFile(path, reason);
    }
  }

  /** Adds the scripts that a script for sh starts, as if it were a link to them. */
  #addWrappedFiles({ host }: SelectedFile): void {
    const { installed, interpreter } = this.#input;
    if (/\.pyc?$/.test(host)) return;
    for (const path of wrappedFiles(installed.root, interpreter, host) ?? [])
      if (!this.files.has(path)) this.addFile(path, { kind: 'linked', by: host });
  }

  #addNeededLibraries(selected: SelectedFile): void {
    const { interpreter } = this.#input;
    const { host } = selected;
    // A module is loaded by the program itself.
    const loader = this.#loaders.get(host) ?? this.#loaders.get(interpreter.path);
    const read = readNativeFile(this.#input, selected, loader);
    if ('problem' in read) {
      this.unloadable.set(host, read);
      return;
    }
    const { native, requester, missing } = read;
    if (host === interpreter.path) this.#loaders.set(host, requester);
    const addLibrary = (path: string, reason: Reason) => {
      this.#noteLoader(path, requester);
      this.addFile(path, reason);
    };
    for (const [soname, path] of native.needs) addLibrary(path, { kind: 'needed', by: host, soname });
    for (const { need, found } of native.dlopens) {
      const { feature, priority } = need;
      for (const [soname, path] of found)
        addLibrary(path, { kind: 'dlopened', by: host, soname, feature, priority });
    }
    if (missing.length > 0) this.missing.set(selected, missing);
    else this.missing.delete(selected);
    this.natives.set(host, native);
    const { by, paths } = runTimeFiles(this.#input, native);
    for (const path of paths) this.addFile(path, { kind: 'runtime', by });
  }

  #noteLoader(path: string, requester: Requester): void {
    const { installed, search } = this.#input;
    const library = installed.root.resolve(path) ?? path;
    if (this.#loaders.has(library)) return;
    this.#loaders.set(library, requester);
    const native = this.natives.get(library);
    if (native === undefined) return;
    const inherited = search.searchPath({ path: library, runpath: [], rpath: [], loader: requester });
    if (inherited.length > 0) this.#readAgain.add(native.selected);
  }

  /** Adds the files of a package that the user's globs include. */
  #applyIncludes(pkg: InstalledPackage): void {
    if (this.#included.has(pkg)) return;
    this.#included.add(pkg);
    for (const { file, host, path } of this.#presentFiles(pkg)) {
      this.considered.add(path);
      const verdict = this.#input.rules.verdict(path);
      if (verdict?.include)
        this.#add(host, { kind: 'included', glob: verdict.pattern }, { package: pkg, file });
    }
  }

  #add(host: string, reason: Reason, owned: OwnedFile | undefined): void {
    if (this.files.has(host)) return;
    const { installed, interpreter } = this.#input;
    const selected = selectedFile(installed, interpreter, host, reason, owned);
    if (selected !== undefined) this.files.set(host, selected);
  }

  /** The files of a package that rpm installed, if their directory exists. */
  #presentFiles(pkg: InstalledPackage): PresentFile[] {
    const { installed, interpreter } = this.#input;
    return pkg.files.filter(isInstalled).flatMap((file) => {
      const host = installed.root.canonical(file.path);
      return host === undefined ? [] : [{ file, host, path: archivePath(host, interpreter) }];
    });
  }

  /**
   * Whether a file is a command that is packed, or a link that leads to one or to the interpreter. Those are the scripts
   * of all packages, and the programs of requested ones.
   */
  #isCommand(host: string, { kind }: Reason): boolean {
    const { installed, interpreter } = this.#input;
    const real = installed.root.resolve(host);
    if (real === undefined) return false;
    if (real === interpreter.path) return real !== host;
    return (
      this.#isScript(real) ||
      wrappedFiles(installed.root, interpreter, real) !== undefined ||
      (kind === 'requested' && this.#isElf(real))
    );
  }

  /** Whether a file is a script that can be started in the tree: in bin, or in any directory if its mode allows it. */
  #isScript(host: string): boolean {
    const { installed, interpreter } = this.#input;
    const { dir, base } = posix.parse(archivePath(host, interpreter));
    if (dir !== 'bin')
      return isExecutable(installed.root, host) && isPythonScript(installed.root, interpreter, host);
    return isConfigScript(base, interpreter.version) || isPythonScript(installed.root, interpreter, host);
  }

  /** Whether a file is an ELF file. Python's own files, which are most, need not be read for that. */
  #isElf(host: string): boolean {
    return !/\.pyc?$/.test(host) && isElfFile(this.#input.installed.root, host);
  }
}
