import type { InstalledPackage } from '../../rpm/package.ts';
import type { WorklistInput } from '../files/worklist.ts';
import type { NativeFile } from '../native-file.ts';
import type { SelectedFile } from '../selected-file.ts';
import { type Decision, decide } from './decide.ts';
import type { FoundByName, NamedPath } from './named-path.ts';
import { namedPrograms } from './programs.ts';
import { PathReader } from './reader.ts';
import { requiredData } from './related.ts';

/** The paths that the packed files name. It reads each file once, as more and more files are packed. */
export class NamedPaths {
  readonly #input: WorklistInput;
  readonly #reader: PathReader;
  readonly #read = new Set<string>();
  readonly #found = new Set<string>();
  /** The files that contain a path, by the path. */
  readonly #naming = new Map<string, SelectedFile[]>();

  constructor(input: WorklistInput) {
    this.#input = input;
    this.#reader = new PathReader(input.installed.root);
  }

  /** The files to pack because one of these files names them; none is returned twice. `whole` are the packages that are packed as a whole. */
  find(
    files: ReadonlyMap<string, SelectedFile>,
    natives: ReadonlyMap<string, NativeFile>,
    whole: Iterable<InstalledPackage>,
  ): FoundByName[] {
    this.#readNew(files, natives);
    const found = this.#decisions(files, natives, whole).flatMap(({ by, decision }) =>
      decision !== undefined && 'files' in decision
        ? decision.files.map((host) => ({ host, by: by.host }))
        : [],
    );
    return found.filter(({ host }) => {
      const isNew = !files.has(host) && !this.#found.has(host);
      this.#found.add(host);
      return isNew;
    });
  }

  /** All named paths, sorted, with the last word about each. */
  report(
    files: ReadonlyMap<string, SelectedFile>,
    natives: ReadonlyMap<string, NativeFile>,
    whole: Iterable<InstalledPackage>,
  ): NamedPath[] {
    const found = new Map<string, NamedPath>();
    for (const { path, by, decision } of this.#decisions(files, natives, whole)) {
      const known = found.get(path);
      if (decision === undefined) continue;
      const real = this.#input.installed.root.resolve(path) ?? path;
      const state = 'files' in decision || files.has(real) ? ({ status: 'packed' } as const) : decision;
      const better = known === undefined || (known.status !== 'packed' && state.status === 'packed');
      const named = better ? { path, package: this.#ownerOf(path), ...state } : known;
      found.set(path, { ...named, by: [...(known?.by ?? []), by.host] });
    }
    const programs = namedPrograms(this.#input, files, natives).filter(({ path }) => !found.has(path));
    return [...found.values(), ...programs].sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  #readNew(files: ReadonlyMap<string, SelectedFile>, natives: ReadonlyMap<string, NativeFile>): void {
    for (const [host, file] of files) {
      if (this.#read.has(host)) continue;
      this.#read.add(host);
      const paths = natives.has(host)
        ? this.#reader.inElf(host)
        : this.#reader.inSource(this.#input.interpreter, file);
      for (const path of paths) this.#naming.set(path, [...(this.#naming.get(path) ?? []), file]);
    }
  }

  #decisions(
    files: ReadonlyMap<string, SelectedFile>,
    natives: ReadonlyMap<string, NativeFile>,
    whole: Iterable<InstalledPackage>,
  ): { path: string; by: SelectedFile; decision: Decision }[] {
    const owners = [...natives.keys()].flatMap((host) => files.get(host)?.owned?.package ?? []);
    const required = requiredData(this.#input, [...whole, ...owners]);
    const context = { ...this.#input, required };
    return [...this.#naming].flatMap(([path, namers]) =>
      namers.map((by) => ({ path, by, decision: decide(context, path, by.owned?.package) })),
    );
  }

  #ownerOf(path: string): InstalledPackage | undefined {
    const { installed } = this.#input;
    const real = installed.root.resolve(path);
    return (installed.owner(path) ?? (real === undefined ? undefined : installed.owner(real)))?.package;
  }
}
