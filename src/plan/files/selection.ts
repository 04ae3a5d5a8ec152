import { posix } from 'node:path';
import { nevra } from '../../rpm/package.ts';
import type { Closure } from '../closure/closure.ts';
import { declaredLibraries } from '../libraries/declared.ts';
import { platformSonames } from '../libraries/loaded-at-run-time.ts';
import { loadedFiles } from '../loading/loaded-files.ts';
import type { NativeFile } from '../native-file.ts';
import type { NamedPath } from '../paths/named-path.ts';
import { NamedPaths } from '../paths/named-paths.ts';
import type { SelectedFile } from '../selected-file.ts';
import { Typelibs } from '../typelibs/typelibs.ts';
import { importedTests } from './imported-tests.ts';
import { testReason } from './rules.ts';
import { type Refusal, Worklist, type WorklistInput } from './worklist.ts';

/** The files and libraries that are packed. */
export interface Selection {
  /** By canonical host path, in the order in which they were found. Each has the first reason that was found. */
  files: ReadonlyMap<string, SelectedFile>;
  /** The ELF files among them that run on the interpreter's machine, by canonical host path. */
  natives: ReadonlyMap<string, NativeFile>;
  /** The ELF files that Python or a packed program loads, see `loadedFiles`. */
  loaded: ReadonlySet<string>;
  /** The other ELF files that this Python cannot load, with the problem of each. They are packed as data. */
  data: ReadonlyMap<string, string>;
  /** The sonames that a file needs and the host does not have. */
  missing: ReadonlyMap<SelectedFile, readonly string[]>;
  /** The files of the packed packages that the rules leave out, by archive path. */
  refused: ReadonlyMap<string, Refusal>;
  /** The absolute paths in the packed files, sorted. */
  named: readonly NamedPath[];
  /** All archive paths that a glob of the user could have included or excluded. */
  considered: ReadonlySet<string>;
}

/**
 * Selects the interpreter, the files of the packages in the closure, and all libraries that these files need. Libraries
 * are found by DT_NEEDED, by notes about dlopen, and by Requires of packages that load them by ctypes. Some are only in
 * the table of files that are loaded at run time. Those of `platformSonames` are always selected.
 *
 * Throws RelopackError 'elf-malformed' if a file that Python or a packed program loads is malformed.
 */
export function selectFiles(input: WorklistInput, { packages, outward }: Closure): Selection {
  const { installed, interpreter, search } = input;
  const worklist = new Worklist(input);
  worklist.addFile(interpreter.path, { kind: 'interpreter' });
  worklist.addFile(interpreter.loader, { kind: 'loader' });
  for (const [pkg, reason] of packages) worklist.addPackage(pkg, reason);
  for (const soname of platformSonames) {
    const path = search.find(soname);
    if (path !== undefined) worklist.addFile(path, { kind: 'platform' });
  }
  worklist.visitAll();
  for (const { by, capability, path } of declaredLibraries(installed, search, worklist.natives, outward)) {
    worklist.addFile(path, { kind: 'declared', by: nevra(by), capability });
  }
  const named = new NamedPaths(input);
  const typelibs = new Typelibs(input);
  const whole = [...packages.keys()];
  const findNamed = () => {
    worklist.visitAll();
    return [...named.find(worklist.files, worklist.natives, whole), ...typelibs.find(worklist.files)];
  };
  for (let found = findNamed(); found.length > 0; found = findNamed()) {
    for (const { host, by } of found) worklist.addFile(host, { kind: 'named', by: posix.basename(by) });
  }
  const { refused } = worklist;
  const left = [...refused].filter(([, { reason }]) => reason === testReason);
  const tests = importedTests(
    installed.root,
    interpreter,
    worklist.files.values(),
    new Map(left.map(([path, { host }]) => [path, host])),
  );
  for (const { host, by } of tests) worklist.addFile(host, { kind: 'imported', by });
  worklist.visitAll();
  const { files, natives, missing, unloadable, considered } = worklist;
  const loaded = loadedFiles(input, files, natives);
  for (const [host, { error }] of unloadable) if (error !== undefined && loaded.has(host)) throw error;
  const data = new Map([...unloadable].map(([host, { problem }]) => [host, problem]));
  return {
    files,
    natives,
    loaded,
    data,
    missing,
    considered,
    refused,
    named: named.report(files, natives, whole),
  };
}
