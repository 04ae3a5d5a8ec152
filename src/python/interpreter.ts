import { posix } from 'node:path';
import { RelopackError } from '../common/error.ts';
import { type ElfIdentity, isElf } from '../elf/identity.ts';
import { readImage } from '../elf/image.ts';
import { skim } from '../elf/skim.ts';
import { isFollowed, Sense } from '../rpm/dependency.ts';
import type { Installed } from '../rpm/installed.ts';
import type { InstalledPackage } from '../rpm/package.ts';
import { pythonVersions } from './package-versions.ts';

/** The Python that goes into the archive. */
export interface Interpreter {
  /** The executable itself, all links followed. */
  path: string;
  /** `X.Y` */
  version: string;
  /** `X.Y.Z`, from the package that owns it. */
  release: string;
  /** The prefix it was configured with, such as `/usr`. */
  prefix: string;
  /** The directory of the standard library, such as `/usr/lib64/python3.13`. */
  stdlib: string;
  /** The loader that it names as its PT_INTERP, all links followed. */
  loader: string;
  identity: ElfIdentity;
  package: InstalledPackage;
  /** What the word names beside it: openSUSE has parts of the standard library in the package python313. */
  named: readonly InstalledPackage[];
}

/** `python3.13`, or EL8's `platform-python3.6`. */
const executableName = /^(?:platform-)?python(\d+\.\d+)$/;
const versionWord = /^(\d+\.\d+)(?:\.\d+)*$/;

/**
 * Finds the interpreter that `word` means: a version (`3.12`), a package, a capability or a path.
 *
 * `python3` is what the command of that name runs. Links are followed on the disk, since the database does not know
 * where alternatives lead. Throws python-not-found, with the versions that are there.
 */
export function findInterpreter(installed: Installed, word: string): Interpreter {
  for (const path of candidates(installed, word === '3' ? 'python3' : word)) {
    const interpreter = inspect(installed, path);
    if (interpreter === undefined || !isVersion(interpreter, word)) continue;
    const named = packagesNamed(installed, word).filter(
      (pkg) => pkg !== interpreter.package && pythonVersions(pkg).has(interpreter.version),
    );
    return { ...interpreter, named };
  }
  const paths = installed.packages.flatMap(executables);
  const present = [...new Set(paths.filter((path) => isProgram(installed, path)).map(versionOf))];
  const known =
    present.length === 0
      ? 'No Python is installed there.'
      : `Installed are: ${present.sort(byNumber).join(', ')}.`;
  throw new RelopackError(
    'python-not-found',
    word.startsWith('/') && installed.root.resolve(word) !== undefined
      ? `${word} is no Python interpreter that a package owns`
      : `no Python interpreter is installed as '${word}'`,
    `${known} Name a version (3.12), a package (python3.12), a capability or the path of an interpreter.`,
  );
}

function* candidates(installed: Installed, word: string): Generator<string> {
  if (word.startsWith('/')) {
    yield word;
    return;
  }
  const version = versionWord.exec(word)?.[1];
  if (version !== undefined) {
    yield `/usr/bin/python${version}`;
    yield* owned(installed.providers({ name: 'python(abi)', flags: Sense.equal, evr: version }));
    yield* owned(
      installed.packages.filter((pkg) => executables(pkg).some((path) => versionOf(path) === version)),
    );
    return;
  }
  if (/^python\d*$/.test(word)) yield `/usr/bin/${word}`;
  const named = packagesNamed(installed, word);
  yield* owned(named);
  // A package without an interpreter may be there to require the one that has it.
  const required = named.flatMap(({ requires }) => requires.filter(isFollowed));
  yield* owned(required.flatMap((dependency) => installed.providers(dependency)));
}

/** The packages that a word means as a package name or a capability; a version as `python3.12` or `python312`. */
function packagesNamed(installed: Installed, word: string): readonly InstalledPackage[] {
  const version = versionWord.exec(word)?.[1];
  const names = version === undefined ? [word] : [`python${version}`, `python${version.replace('.', '')}`];
  return names.flatMap((name) => {
    const named = installed.named(name);
    return named.length > 0 ? named : installed.providers({ name, flags: 0, evr: '' });
  });
}

/** `3.12` is any 3.12.x, `3.12.4` that one alone. */
function isVersion({ version, release }: Pick<Interpreter, 'version' | 'release'>, word: string): boolean {
  return !versionWord.test(word) || word === version || word === release;
}

function byNumber(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}

function isProgram(installed: Installed, path: string): boolean {
  return installed.root.stat(path)?.isFile() === true && isElf(installed.root.head(path, 4));
}

function* owned(packages: readonly InstalledPackage[]): Generator<string> {
  for (const pkg of packages) yield* executables(pkg);
}

function executables(pkg: InstalledPackage): string[] {
  return pkg.files
    .map((file) => file.path)
    .filter(
      (path) =>
        executableName.test(posix.basename(path)) &&
        /^(?:bin|libexec)$/.test(posix.basename(posix.dirname(path))),
    );
}

function versionOf(path: string): string {
  return executableName.exec(posix.basename(path))?.[1] ?? '';
}

function inspect(installed: Installed, word: string): Omit<Interpreter, 'named'> | undefined {
  const path = installed.root.resolve(word);
  if (path === undefined || !isProgram(installed, path)) return undefined;
  const owner = installed.owner(path)?.package;
  if (owner === undefined) return undefined;
  const abi = owner.provides.find((provide) => provide.name === 'python(abi)')?.evr;
  const version = versionOf(path) === '' ? abi : versionOf(path);
  if (version === undefined) return undefined;
  const prefix = posix.dirname(posix.dirname(path));
  const stdlib = [`${prefix}/lib64/python${version}`, `${prefix}/lib/python${version}`]
    .map((directory) => ({ directory, landmark: installed.root.resolve(`${directory}/os.py`) }))
    .find(({ landmark }) => landmark !== undefined)?.directory;
  if (stdlib === undefined) {
    throw new RelopackError(
      'python-not-found',
      `${path} has no standard library: there is no os.py in ${prefix}/lib64/python${version} or ${prefix}/lib/python${version}`,
      `Install the packages of this Python again: ${owner.name}, and what it requires.`,
    );
  }
  const image = readImage(installed.root.readParts(path, skim), path);
  const loader = image.interpreter === undefined ? undefined : installed.root.resolve(image.interpreter);
  if (loader === undefined) {
    throw new RelopackError(
      'python-not-found',
      `${path} names no loader (PT_INTERP) that is installed: a static Python can't load modules`,
      'Pack an interpreter that is linked with the shared glibc.',
    );
  }
  const release = upstreamVersion(owner, version);
  return { path, version, release, prefix, stdlib, loader, identity: image, package: owner };
}

/** The version of the package without epoch and release; X.Y where the package counts in its own way. */
function upstreamVersion(pkg: InstalledPackage, version: string): string {
  const upstream = pkg.evr.replace(/^\d+:/, '').replace(/-[^-]*$/, '');
  return upstream === version || upstream.startsWith(`${version}.`)
    ? upstream.replace(/[~^].*$/, '')
    : version;
}
