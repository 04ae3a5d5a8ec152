import { posix } from 'node:path';
import { RelopackError } from '../common/error.ts';
import { nearest } from '../common/suggestions.ts';
import type { Distribution } from '../host/os-release.ts';
import { distributionNames, normalize } from '../python/dist-info.ts';
import type { Interpreter } from '../python/interpreter.ts';
import { pythonVersions } from '../python/package-versions.ts';
import type { Installed } from '../rpm/installed.ts';
import { type InstalledPackage, nevra } from '../rpm/package.ts';
import { archivePath } from './archive-path.ts';
import { importNames } from './import-names.ts';

/** A word of the user's and the package that it means. */
export interface Requested {
  word: string;
  package: InstalledPackage;
}

/** A module that was asked for, and what `import` finds thanks to it. */
export interface PlannedModule extends Requested {
  /** The first of the names where there are very many. */
  imports: string[];
}

/**
 * Finds the package that each MODULE means: a package name, a capability, a path, or else the name of a
 * Python distribution, in this order.
 *
 * Throws module-not-found with the nearest names and the command that installs it, and module-other-python where
 * what is installed belongs to another Python version.
 */
export function resolveWords(
  installed: Installed,
  interpreter: Interpreter,
  words: readonly string[],
  distribution: Distribution,
): Requested[] {
  const errors: RelopackError[] = [];
  const requested = [...new Set(words)].flatMap((word): Requested[] => {
    const found = candidates(installed, interpreter, word);
    const fitting = found.filter((pkg) => fits(pkg, interpreter.version));
    const best = fitting.find(({ arch }) => arch === interpreter.package.arch) ?? fitting[0];
    if (best !== undefined) return [{ word, package: best }];
    errors.push(
      found[0] === undefined
        ? notFound(installed, interpreter, word, distribution)
        : otherPython(installed, found[0], interpreter, word, distribution),
    );
    return [];
  });
  const [first, ...more] = errors;
  if (first === undefined) return requested;
  if (more.length === 0) throw first;
  // All at once: each may take another run of a workflow.
  throw new RelopackError(
    first.code,
    errors.map(({ message }) => message).join('; '),
    errors.map(({ remedy }) => remedy).join(' '),
  );
}

/** Best first. All of one kind: a package name hides a distribution of the same name. */
function candidates(installed: Installed, { version }: Interpreter, word: string): InstalledPackage[] {
  const named = installed.named(word);
  if (named.length > 0) return [...named];
  const provided = providers(installed, word);
  if (provided.length > 0 || word.startsWith('/')) return provided;
  const name = normalize(word);
  const distributions = [`python${version}dist(${name})`, `python3dist(${name})`]
    .flatMap((capability) => providers(installed, capability))
    .concat(installed.packages.filter((pkg) => distributionNames(pkg).includes(name)));
  return distributions.length > 0 ? distributions : elsewhere(installed, name);
}

/** Providers of `pythonA.Bdist(name)` for any A.B: only good for saying that it is there for another Python. */
function elsewhere(installed: Installed, name: string): InstalledPackage[] {
  return [...installed.capabilities()]
    .filter((capability) => /^python\d+\.\d+dist\(/.test(capability) && capability.endsWith(`dist(${name})`))
    .flatMap((capability) => providers(installed, capability));
}

function providers(installed: Installed, capability: string): InstalledPackage[] {
  return installed.providers({ name: capability, flags: 0, evr: '' });
}

function fits(pkg: InstalledPackage, version: string): boolean {
  const versions = pythonVersions(pkg);
  return versions.size === 0 || versions.has(version);
}

function notFound(
  installed: Installed,
  interpreter: Interpreter,
  word: string,
  distribution: Distribution,
): RelopackError {
  const remedy = `Install it first: ${distribution.install} ${installable(word, interpreter.version)}`;
  if (word.startsWith('/')) {
    const subject =
      installed.root.lstat(word) === undefined
        ? `there is no ${word} on ${distribution.name}`
        : `no package of ${distribution.name} owns ${word}`;
    return new RelopackError(
      'module-not-found',
      `${subject}: a path has to be that of a package's file`,
      remedy,
    );
  }
  const similar = similarNames(installed, interpreter, word);
  return new RelopackError(
    'module-not-found',
    `'${word}' is not installed on ${distribution.name}: no package, capability, path or Python distribution of this name`,
    similar.length === 0 ? remedy : `Did you mean ${similar.join(', ')}? ${remedy}`,
  );
}

/** What has it as the name of an import comes first; packages that are not Python's only where nothing else is near. */
function similarNames(installed: Installed, interpreter: Interpreter, word: string): string[] {
  const known = installed.packages.filter((pkg) => pythonVersions(pkg).has(interpreter.version));
  const imports = ({ files }: InstalledPackage) => {
    const paths = files.map(({ path }) => archivePath(path, interpreter));
    return importNames(paths, interpreter);
  };
  const owners = known
    .filter((pkg) => imports(pkg).some((name) => `${name}.`.startsWith(`${word}.`)))
    .map((pkg) => pkg.name);
  const similar = nearest(
    word,
    known.flatMap((pkg) => [pkg.name, ...distributionNames(pkg)]),
  );
  const found = [...new Set([...owners, ...similar])];
  if (found.length > 0) return found;
  return nearest(
    word,
    installed.packages.map((pkg) => pkg.name),
  );
}

function otherPython(
  installed: Installed,
  pkg: InstalledPackage,
  { version, path }: Interpreter,
  word: string,
  distribution: Distribution,
): RelopackError {
  const versions = [...pythonVersions(pkg)];
  const [name] = distributionNames(pkg);
  const twin = installed.packages.find(
    (other) =>
      name !== undefined && pythonVersions(other).has(version) && distributionNames(other).includes(name),
  );
  const install =
    twin === undefined
      ? `install the module for this one: ${distribution.install} ${installable(name ?? word, version)}`
      : `name the package for this one: ${twin.name}`;
  return new RelopackError(
    'module-other-python',
    `${word} (${nevra(pkg)}) is for Python ${versions.join(', ')}, but Python ${version} (${posix.basename(path)}) is packed`,
    `Pack that Python (--python ${versions[0]}), or ${install}`,
  );
}

/** What an installer understands, quoted for a shell: packages, capabilities and paths as they are, else a distribution. */
function installable(word: string, version: string): string {
  const plain = /^[/(]|[()]|^python\d/.test(word) ? word : `python${version}dist(${normalize(word)})`;
  return `'${plain.replaceAll("'", "'\\''")}'`;
}
