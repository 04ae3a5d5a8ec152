import { posix } from 'node:path';
import { RelopackError } from '../../common/error.ts';
import { elfIdentity, sameIdentity } from '../../elf/identity.ts';
import { type ElfImage, readImage } from '../../elf/image.ts';
import { skim } from '../../elf/skim.ts';
import { matching } from '../../host/glob.ts';
import type { Distribution } from '../../host/os-release.ts';
import type { Interpreter } from '../../python/interpreter.ts';
import type { Installed } from '../../rpm/installed.ts';
import { nevra } from '../../rpm/package.ts';
import type { OutwardRequire } from '../closure.ts';
import type { Selected, Selection } from '../files/selection.ts';
import { declaredLibraries } from './declared.ts';
import { platformSonames, runtimeTable } from './loaded-at-run-time.ts';
import type { NativeFile } from './native-file.ts';
import type { Asking, LibrarySearch } from './search.ts';

/** What a plan knows when it comes to the libraries. */
export interface NativeScene {
  installed: Installed;
  interpreter: Interpreter;
  search: LibrarySearch;
  distribution: Distribution;
}

/**
 * Adds to the selection all the libraries that its ELF files need, and theirs: by DT_NEEDED, by what a package
 * declares and loads by ctypes, by the table of what is loaded at run time only, and those that are always in.
 * Returns the ELF files by their paths. Those of another machine than the interpreter's are data to it.
 *
 * Throws library-missing, which names every library that is needed and not there, with who needs it.
 */
export function closeNative(
  scene: NativeScene,
  selection: Selection,
  outward: readonly OutwardRequire[],
): ReadonlyMap<string, NativeFile> {
  const { installed, search } = scene;
  const walk = new Walk(scene, selection);
  for (const soname of platformSonames) {
    const path = search.find(soname);
    if (path !== undefined) selection.addFile(path, { kind: 'platform' });
  }
  walk.goOn();
  for (const { by, capability, path } of declaredLibraries(installed, search, walk.natives, outward)) {
    selection.addFile(path, { kind: 'declared', by: nevra(by), capability });
  }
  walk.goOn();
  if (walk.missing.size > 0) throw missingLibraries(walk.missing, scene);
  return walk.natives;
}

/** Goes through the selection and adds what each ELF file in it needs, until nothing new comes. */
class Walk {
  readonly natives = new Map<string, NativeFile>();
  /** What each file needs that is not there. */
  readonly missing = new Map<Selected, string[]>();
  readonly #scene: NativeScene;
  readonly #selection: Selection;
  readonly #seen = new Set<Selected>();
  /** What each library was first loaded for, by its path. */
  readonly #loaders = new Map<string, Asking>();
  /** Libraries that were read before it was known what they are loaded for. */
  readonly #late = new Set<Selected>();

  constructor(scene: NativeScene, selection: Selection) {
    this.#scene = scene;
    this.#selection = selection;
  }

  goOn(): void {
    for (const selected of this.#selection.files.values()) {
      if (this.#seen.has(selected)) continue;
      this.#seen.add(selected);
      if (selected.type === 'link') this.#followLink(selected);
      else if (this.#selection.isElf(selected.host)) this.#read(selected);
    }
    // What was met before that which loads it may find its libraries by the DT_RPATH of that.
    const late = [...this.#late];
    this.#late.clear();
    for (const selected of late) this.#read(selected);
    if (late.length > 0) this.goOn();
  }

  /** An ELF file that only a link leads to goes in itself: a copy in the place of the link would not be looked at. */
  #followLink({ host }: Selected): void {
    const target = this.#scene.installed.root.resolve(host);
    if (target === undefined || this.#selection.files.has(target)) return;
    if (this.#selection.isElf(target)) this.#selection.addFile(target, { kind: 'linked', by: host });
  }

  #read(selected: Selected): void {
    const { installed, interpreter, search } = this.#scene;
    const { host } = selected;
    const bytes = installed.root.readParts(host, skim);
    if (!sameIdentity(elfIdentity(bytes), interpreter.identity)) return;
    const image = readImage(bytes, host);
    // A module is loaded by the program itself.
    const loader = this.#loaders.get(host) ?? this.#loaders.get(interpreter.path);
    const asking = { path: host, runpath: image.runpath, rpath: image.rpath, loader };
    if (host === interpreter.path) this.#loaders.set(host, asking);
    const needs = new Map<string, string>();
    for (const soname of image.needed) {
      const path = search.find(soname, asking);
      if (path === undefined) continue;
      needs.set(soname, path);
      this.#noteLoader(installed.root.resolve(path) ?? path, asking);
      this.#selection.addFile(path, { kind: 'needed', by: host, soname });
    }
    const missing = image.needed.filter((soname) => !needs.has(soname));
    if (missing.length > 0) this.missing.set(selected, missing);
    else this.missing.delete(selected);
    this.natives.set(host, { selected, image, needs, searchPath: search.searchPath(asking) });
    this.#addRuntimeFiles(host, image);
  }

  #noteLoader(library: string, asking: Asking): void {
    if (this.#loaders.has(library)) return;
    this.#loaders.set(library, asking);
    const native = this.natives.get(library);
    const inherited = this.#scene.search.searchPath({
      path: library,
      runpath: [],
      rpath: [],
      loader: asking,
    });
    if (native !== undefined && inherited.length > 0) this.#late.add(native.selected);
  }

  #addRuntimeFiles(host: string, image: ElfImage): void {
    const { root } = this.#scene.installed;
    const directory = posix.dirname(host);
    const by = image.soname ?? posix.basename(host);
    // What a library in FIPS mode compares itself with.
    const paths = [by, posix.basename(host)].map((name): string | undefined => `${directory}/.${name}.hmac`);
    for (const { loader, sonames = [], files = [], first = [] } of runtimeTable) {
      if (!loader.test(by)) continue;
      paths.push(...sonames.map((name) => this.#scene.search.find(name)));
      paths.push(...files.flatMap((pattern) => matching(root, posix.resolve(directory, pattern))));
      paths.push(first.find((path) => (root.stat(path)?.size ?? 0) > 0));
    }
    for (const path of paths) {
      const at = path === undefined ? undefined : root.canonical(path);
      if (at !== undefined && root.lstat(at) !== undefined)
        this.#selection.addFile(at, { kind: 'runtime', by });
    }
  }
}

function missingLibraries(
  missing: ReadonlyMap<Selected, readonly string[]>,
  { interpreter, distribution }: NativeScene,
): RelopackError {
  const sonames = new Set([...missing.values()].flat());
  const list = [...sonames].map((soname) => {
    const [first, ...more] = [...missing].flatMap(([selected, lacks]) =>
      lacks.includes(soname) ? [selected] : [],
    );
    const owner = first?.owned === undefined ? '' : ` of ${nevra(first.owned.package)}`;
    const others = more.length === 0 ? '' : ` and ${more.length} more`;
    return `${soname} (needed by ${first?.host}${owner}${others})`;
  });
  // As rpm's elfdeps.c has them: bare for 32 bits.
  const mark = interpreter.identity.class === 64 ? '()(64bit)' : '';
  const capabilities = [...sonames].map((soname) => `'${soname}${mark}'`).join(' ');
  return new RelopackError(
    'library-missing',
    `not found on the host: ${list.join(', ')}`,
    `Install it (${distribution.install} ${capabilities}), or leave what needs it out with --exclude.`,
  );
}
