import { posix } from 'node:path';
import { RelopackError } from '../error.ts';
import type { Distribution } from '../host/distribution.ts';
import type { Installed } from '../host/installed.ts';
import { type InstalledPackage, nevra } from '../host/package.ts';
import { pythonVersions } from './abi.ts';
import type { Interpreter } from './interpreter.ts';
import { nearest } from './nearest.ts';

/** A word of the user's and the package that it means. */
export interface Requested {
  word: string;
  package: InstalledPackage;
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
  return [...new Set(words)].map((word) => {
    const found = candidates(installed, interpreter, word);
    const fitting = found.find((pkg) => fits(pkg, interpreter.version));
    if (fitting !== undefined) return { word, package: fitting };
    const other = found[0];
    throw other === undefined
      ? notFound(installed, interpreter, word, distribution)
      : otherPython(other, interpreter, word, distribution);
  });
}

/** Best first. All of one kind: a package name hides a distribution of the same name. */
function candidates(installed: Installed, { version }: Interpreter, word: string): InstalledPackage[] {
  const named = installed.named(word);
  if (named.length > 0) return [...named];
  const anyVersion = { flags: 0, evr: '' };
  const provided = installed.providers({ name: word, ...anyVersion });
  if (provided.length > 0 || word.startsWith('/')) return provided;
  const name = normalize(word);
  const distributions = [`python${version}dist(${name})`, `python3dist(${name})`]
    .flatMap((capability) => installed.providers({ name: capability, ...anyVersion }))
    .concat(
      installed.packages.filter(
        (pkg) => pythonVersions(pkg).size > 0 && distributionNames(pkg).includes(name),
      ),
    );
  if (distributions.length > 0) return distributions;
  return elsewhere(installed, name);
}

/** Providers of `pythonA.Bdist(name)` for any A.B: only good for saying that it is there for another Python. */
function elsewhere(installed: Installed, name: string): InstalledPackage[] {
  return [...installed.capabilities()]
    .filter((capability) => /^python\d+\.\d+dist\(/.test(capability) && capability.endsWith(`dist(${name})`))
    .flatMap((capability) => installed.providers({ name: capability, flags: 0, evr: '' }));
}

function fits(pkg: InstalledPackage, version: string): boolean {
  const versions = pythonVersions(pkg);
  return versions.size === 0 || versions.has(version);
}

/** The name of a distribution as packaging metadata compares it (PEP 503). */
function normalize(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}

/** Distributions whose metadata the package owns, for packages built without python3dist() Provides. */
function distributionNames(pkg: InstalledPackage): string[] {
  const names = new Set<string>();
  for (const { path } of pkg.files) {
    const match = /\/site-packages\/([^/-]+)-[^/]*\.(?:dist|egg)-info(?:\/|$)/.exec(path);
    if (match?.[1] !== undefined) names.add(normalize(match[1]));
  }
  return [...names];
}

/** What `import` can be followed by, thanks to this package: names of modules and packages in site-packages. */
export function importNames(pkg: InstalledPackage, version: string): string[] {
  const names = new Set<string>();
  const pattern = new RegExp(
    `/lib(?:64)?/python${version.replace('.', '\\.')}/site-packages/([^/.]+)(?:/__init__\\.(?:py|[^/]*so)|\\.py|\\.[^/]*so|\\.so)$`,
  );
  for (const { path } of pkg.files) {
    const name = pattern.exec(path)?.[1];
    if (name !== undefined && /^[\p{L}][\p{L}\p{N}_]*$/u.test(name)) names.add(name);
  }
  return [...names].sort();
}

function notFound(
  installed: Installed,
  interpreter: Interpreter,
  word: string,
  distribution: Distribution,
): RelopackError {
  const known = installed.packages.filter((pkg) => pythonVersions(pkg).has(interpreter.version));
  const owners = known
    .filter((pkg) => importNames(pkg, interpreter.version).includes(word))
    .map((pkg) => pkg.name);
  const names = known.flatMap((pkg) => [pkg.name, ...distributionNames(pkg)]);
  const similar = [...new Set([...owners, ...nearest(word, names)])];
  const meant = similar.length === 0 ? '' : `Did you mean ${similar.join(', ')}? `;
  const subject = word.startsWith('/')
    ? `no package owns ${word}`
    : `'${word}' is not installed on ${distribution.name}`;
  return new RelopackError(
    'module-not-found',
    `${subject}: no package, capability, path or Python distribution of this name`,
    `${meant}Install it first: ${distribution.install} ${installable(word, interpreter.version)}`,
  );
}

function otherPython(
  pkg: InstalledPackage,
  interpreter: Interpreter,
  word: string,
  distribution: Distribution,
): RelopackError {
  const versions = [...pythonVersions(pkg)].join(', ');
  return new RelopackError(
    'module-other-python',
    `${word} (${nevra(pkg)}) is for Python ${versions}, but Python ${interpreter.version} (${posix.basename(interpreter.path)}) is packed`,
    `Pack that Python (--python ${[...pythonVersions(pkg)][0]}), or install the module for this one: ${distribution.install} ${installable(word, interpreter.version)}`,
  );
}

/** What an installer understands: names of packages as they are, distributions as a capability. */
function installable(word: string, version: string): string {
  if (/^[/(]|[()]|^python\d/.test(word)) return `'${word}'`;
  return `'python${version}dist(${normalize(word)})'`;
}
