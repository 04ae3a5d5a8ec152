import { posix } from 'node:path';
import { RelopackError } from '../common/error.ts';
import { message, option } from '../common/message.ts';
import type { ElfIdentity } from '../elf/identity.ts';
import { readImage } from '../elf/image.ts';
import { skim } from '../elf/parts/skim.ts';
import { isElfFile } from '../host/elf-file.ts';
import { compareVersions } from '../rpm/compare-versions.ts';
import { isFollowed, Sense } from '../rpm/dependency.ts';
import type { Installed } from '../rpm/installed.ts';
import type { InstalledPackage } from '../rpm/package.ts';
import { pythonVersions } from './package-versions.ts';

/** The Python that is packed. */
export interface Interpreter {
  /** The executable itself, with all links followed. */
  path: string;
  /** `X.Y` */
  version: string;
  /** `X.Y.Z`, the version of the package that owns it. */
  release: string;
  /** The prefix it was configured with, such as `/usr`. */
  prefix: string;
  /** The directory of the standard library, such as `/usr/lib64/python3.13`. */
  stdlib: string;
  /** The ld.so that its PT_INTERP names, with all links followed. */
  loader: string;
  identity: ElfIdentity;
  package: InstalledPackage;
  /** Further packages that the request names: on openSUSE, python313 contains parts of the standard library. */
  named: readonly InstalledPackage[];
}

/** `python3.13`, or EL8's `platform-python3.6`. */
const executableName = /^(?:platform-)?python(\d+\.\d+)$/;
const versionRequest = /^(\d+\.\d+)(?:\.\d+)*$/;

/**
 * Finds the interpreter that --python requests: a version (`3.12`), a package, a capability or a path.
 *
 * `python3` is the interpreter that the command python3 runs. Links are followed on the disk, as the database does not
 * know where alternatives lead. Throws RelopackError 'python-not-found', which lists the installed versions.
 */
export function findInterpreter(installed: Installed, request: string): Interpreter {
  for (const path of candidates(installed, request === '3' ? 'python3' : request)) {
    const interpreter = inspect(installed, path);
    if (interpreter === undefined || !isVersion(interpreter, request)) continue;
    const named = packagesNamed(installed, request).filter(
      (pkg) => pkg !== interpreter.package && pythonVersions(pkg).has(interpreter.version),
    );
    return { ...interpreter, named };
  }
  const paths = installed.packages.flatMap(executables);
  const present = [...new Set(paths.filter((path) => isElfFile(installed.root, path)).map(versionOf))];
  const known =
    present.length === 0
      ? 'No Python is installed.'
      : `Installed versions: ${present.sort(compareVersions).join(', ')}.`;
  throw new RelopackError(
    'python-not-found',
    request.startsWith('/') && installed.root.resolve(request) !== undefined
      ? `${request} is not a Python interpreter of an RPM package`
      : `Python '${request}' is not installed`,
    message`${known} Install the Python that you need, or set ${option('python')} to an installed one: a version, a package or the path of an interpreter.`,
  );
}

/** The paths at which the requested interpreter may be, in the order of preference. */
function* candidates(installed: Installed, request: string): Generator<string> {
  if (request.startsWith('/')) {
    yield request;
    return;
  }
  const version = versionRequest.exec(request)?.[1];
  if (version !== undefined) {
    yield `/usr/bin/python${version}`;
    yield* owned(installed.providers({ name: 'python(abi)', flags: Sense.equal, evr: version }));
    yield* owned(
      installed.packages.filter((pkg) => executables(pkg).some((path) => versionOf(path) === version)),
    );
    return;
  }
  if (/^python\d*$/.test(request)) yield `/usr/bin/${request}`;
  const named = packagesNamed(installed, request);
  yield* owned(named);
  // A package without an interpreter may require the package that contains it.
  const required = named.flatMap(({ requires }) => requires.filter(isFollowed));
  yield* owned(required.flatMap((dependency) => installed.providers(dependency)));
}

/** The packages with the requested name or capability. The version 3.12 means `python3.12` or `python312`. */
function packagesNamed(installed: Installed, request: string): readonly InstalledPackage[] {
  const version = versionRequest.exec(request)?.[1];
  const names = version === undefined ? [request] : [`python${version}`, `python${version.replace('.', '')}`];
  return names.flatMap((name) => {
    const named = installed.named(name);
    return named.length > 0 ? named : installed.providers({ name, flags: 0, evr: '' });
  });
}

/** Whether the interpreter has the requested version: `3.12` is any 3.12.x, and `3.12.4` only that release. */
function isVersion({ version, release }: Pick<Interpreter, 'version' | 'release'>, request: string): boolean {
  return !versionRequest.test(request) || request === version || request === release;
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

/** Inspects the interpreter at a path. Undefined if it is not a program, or no package owns it. */
function inspect(installed: Installed, candidate: string): Omit<Interpreter, 'named'> | undefined {
  const path = installed.root.resolve(candidate);
  if (path === undefined || !isElfFile(installed.root, path)) return undefined;
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
      `Reinstall the packages of this Python: ${owner.name} and the packages that it requires.`,
    );
  }
  const image = readImage(installed.root.readParts(path, skim), path);
  const loader = image.interpreter === undefined ? undefined : installed.root.resolve(image.interpreter);
  if (loader === undefined) {
    throw new RelopackError(
      'python-not-found',
      `${path} names no loader (PT_INTERP) that is installed; a static Python cannot load modules`,
      'Pack an interpreter that is linked with the shared glibc.',
    );
  }
  const release = upstreamVersion(owner, version);
  return { path, version, release, prefix, stdlib, loader, identity: image, package: owner };
}

/** The version of the package without epoch and release. X.Y if the package has a version scheme of its own. */
function upstreamVersion(pkg: InstalledPackage, version: string): string {
  const upstream = pkg.evr.replace(/^\d+:/, '').replace(/-[^-]*$/, '');
  return upstream === version || upstream.startsWith(`${version}.`)
    ? upstream.replace(/[~^].*$/, '')
    : version;
}
