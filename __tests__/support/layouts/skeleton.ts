import {
  copyFileSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { elfKind, runsPrograms } from './file-kind.ts';
import { RecordedLinks } from './links.ts';
import { type Recorded, recordedFiles } from './recorded.ts';
import { stubElf } from './stub.ts';

/** The directory of the database in a skeleton. */
export const skeletonDatabase = '/usr/lib/sysimage/rpm';

/** The magic number of CPython 3.9 and the flag of an unchecked .pyc, which is fresh whatever its source is. */
const bytecode = Buffer.from([0x61, 0x0d, 0x0d, 0x0a, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);

/** Absolute paths in the real files, by their names. A database does not tell them. */
const named: readonly [file: RegExp, paths: readonly string[]][] = [
  [/\/libcrypto\.so/, ['ossl-modules', 'engines-3', 'engines-1.1'].map((name) => `/usr/lib64/${name}`)],
  [/\/lib(?:tinfo|ncursesw?)\.so/, ['/usr/share/terminfo']],
  [/\/libkrb5\.so/, ['/usr/lib64/krb5/plugins', '/etc/krb5.conf']],
  [/\/libmagic\.so/, ['/usr/share/misc/magic', '/etc/magic']],
  [/\/librpm\.so/, ['/usr/lib/rpm', '/etc/rpm']],
  [/\/libsasl2\.so/, ['/usr/lib64/sasl2', '/etc/sasl2']],
  [/\/ensurepip\/__init__\.py$/, ['/usr/share/python3-wheels', '/usr/share/python-wheels']],
];

/** The directories that ld.so searches on any distribution. */
const systemDirectories = new Set(['/lib', '/lib64', '/usr/lib', '/usr/lib64']);

/**
 * Makes a root from a real RPM database alone: all directories and links, sparse files of the real sizes, and ELF files
 * with the sonames and DT_NEEDED that rpm's generators found in the real ones. It is only good for a plan. `directory`
 * contains the files of the database, which are copied.
 *
 * A database does not tell RUNPATH or what ld.so.conf says. So a stub has the directories of its libraries as RUNPATH,
 * and does not need a library that no package contains. If packages share a path, a link comes first, then a directory.
 */
export async function makeSkeleton(directory: string, root: string): Promise<void> {
  const database = join(root, skeletonDatabase);
  mkdirSync(database, { recursive: true });
  for (const file of readdirSync(directory)) copyFileSync(join(directory, file), join(database, file));
  const files = await recordedFiles(database);
  const links = new RecordedLinks(new Map(ofType(files, 0o120000).map(({ path, linkTo }) => [path, linkTo])));
  for (const { path } of ofType(files, 0o040000)) makeDirectory(root, links.directory(path));
  for (const { path, linkTo } of ofType(files, 0o120000)) {
    const at = place(root, links.canonical(path));
    if (at !== undefined) symlinkSync(linkTo, at);
  }
  const host = new Host(files);
  for (const file of ofType(files, 0o100000)) {
    const at = place(root, links.canonical(file.path));
    if (at === undefined) continue;
    const content = host.contentOf(file);
    writeFileSync(at, content);
    if (content.length < file.size) truncateSync(at, file.size);
  }
}

function ofType(files: readonly Recorded[], type: number): Recorded[] {
  return files.filter(({ mode }) => (mode & 0o170000) === type);
}

function makeDirectory(root: string, canonical: string | undefined): void {
  if (canonical !== undefined) mkdirSync(root + canonical, { recursive: true });
}

/** The place of a new file, in a directory that exists. Undefined if another package's file is there. */
function place(root: string, canonical: string | undefined): string | undefined {
  if (canonical === undefined) return undefined;
  const at = root + canonical;
  mkdirSync(dirname(at), { recursive: true });
  return lstatSync(at, { throwIfNoEntry: false }) === undefined ? at : undefined;
}

/** The libraries of a host. */
class Host {
  /** The directories that have a file or a soname of this name. */
  readonly #directories = new Map<string, Set<string>>();
  readonly #loader: string | undefined;

  constructor(files: readonly Recorded[]) {
    for (const { path, sonames } of files) {
      for (const name of [posix.basename(path), ...sonames]) {
        const known = this.#directories.get(name);
        if (known === undefined) this.#directories.set(name, new Set([posix.dirname(path)]));
        else known.add(posix.dirname(path));
      }
    }
    this.#loader = files.find(({ path }) => isLoader(path))?.path;
  }

  contentOf({ path, kind, needed, sonames }: Recorded): Buffer {
    if (path.endsWith('.pyc')) return bytecode;
    const texts = named.find(([file]) => file.test(path))?.[1] ?? [];
    const identity = elfKind(kind);
    if (identity === undefined) return Buffer.from(texts.map((text) => `"${text}"\n`).join(''));
    const found = needed.filter((name) => this.#directories.has(name));
    return stubElf(identity, {
      interpreter:
        /interpreter ([^\s,]+)/.exec(kind)?.[1] ?? (runsPrograms(kind, path) ? this.#loader : undefined),
      soname: sonames[0],
      needed: found,
      runpath: [...new Set(found.flatMap((name) => this.#unusualDirectories(name)))],
      strings: isLoader(path) ? ['--argv0'] : texts,
    });
  }

  /** The directories of a library that is in no directory of the system. */
  #unusualDirectories(name: string): string[] {
    const directories = [...(this.#directories.get(name) ?? [])];
    return directories.some((directory) => systemDirectories.has(directory)) ? [] : directories;
  }
}

/** `ld-linux-x86-64.so.2`, `ld64.so.1`, `ld-2.28.so`. */
function isLoader(path: string): boolean {
  return /^\/(?:usr\/)?lib(?:64)?\/ld(?:64)?[-.][^/]*so[^/]*$/.test(path);
}
