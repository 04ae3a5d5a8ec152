import { posix } from 'node:path';
import { RelopackError } from '../common/error.ts';
import { joinMessages, type Message, message, option } from '../common/message.ts';
import { quotedShellWord } from '../common/shell-word.ts';
import { nearest } from '../common/suggestions.ts';
import type { Distribution } from '../host/os-release.ts';
import { distributionNames, normalize } from '../python/dist-info.ts';
import type { Interpreter } from '../python/interpreter.ts';
import { pythonVersions } from '../python/package-versions.ts';
import type { Installed } from '../rpm/installed.ts';
import { type InstalledPackage, nevra } from '../rpm/package.ts';
import { archivePath } from './archive-path.ts';
import { importNames } from './import-names.ts';

/** A MODULE as the user wrote it, and the package that it names. */
export interface RequestedModule {
  request: string;
  package: InstalledPackage;
}

/** A requested module with the names that its package lets `import` find. */
export interface PlannedModule extends RequestedModule {
  /** At most `maxImports` names. */
  imports: string[];
}

/** The reason why a MODULE names no package that can be packed. */
interface Refusal {
  code: 'module-not-found' | 'module-other-python';
  problem: Message;
  remedy: Message;
}

/** The context for looking up a request. */
interface Host {
  installed: Installed;
  interpreter: Interpreter;
  distribution: Distribution;
}

/**
 * Finds the package that each MODULE names: by package name, capability or path, or else by the name of a Python
 * distribution, in this order.
 *
 * Throws RelopackError 'module-not-found' with similar names and the command that installs the module, or
 * 'module-other-python' if the installed package belongs to another Python version. One error reports all modules, as
 * each new attempt may need another run of a workflow.
 */
export function findRequested(
  installed: Installed,
  interpreter: Interpreter,
  requests: readonly string[],
  distribution: Distribution,
): RequestedModule[] {
  const host = { installed, interpreter, distribution };
  const results = [...new Set(requests)].map((request) => findModule(host, request));
  const refusals = results.filter((result) => 'problem' in result);
  const [first] = refusals;
  if (first === undefined) return results.filter((result) => 'request' in result);
  throw new RelopackError(
    first.code,
    joinMessages(
      refusals.map(({ problem }) => problem),
      '; ',
    ),
    joinMessages(
      refusals.map(({ remedy }) => remedy),
      ' ',
    ),
  );
}

function findModule(host: Host, request: string): RequestedModule | Refusal {
  const { version, package: pythonPackage } = host.interpreter;
  const found = candidates(host, request);
  const fitting = found.filter((pkg) => fits(pkg, version));
  const best = fitting.find(({ arch }) => arch === pythonPackage.arch) ?? fitting[0];
  if (best !== undefined) return { request, package: best };
  return found[0] === undefined ? notFound(host, request) : otherPython(host, found[0], request);
}

/** The packages of the first kind that matches, the best first. So a package hides a distribution of the same name. */
function candidates({ installed, interpreter }: Host, request: string): InstalledPackage[] {
  const named = installed.named(request);
  if (named.length > 0) return [...named];
  const provided = providers(installed, request);
  if (provided.length > 0 || request.startsWith('/')) return provided;
  const name = normalize(request);
  const distributions = [`python${interpreter.version}dist(${name})`, `python3dist(${name})`]
    .flatMap((capability) => providers(installed, capability))
    .concat(installed.packages.filter((pkg) => distributionNames(pkg).includes(name)));
  return distributions.length > 0 ? distributions : forAnyPython(installed, name);
}

/** Providers of `pythonX.Ydist(name)` for any X.Y, to report that the module is installed for another Python. */
function forAnyPython(installed: Installed, name: string): InstalledPackage[] {
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

function notFound(host: Host, request: string): Refusal {
  const { installed, interpreter, distribution } = host;
  const code = 'module-not-found';
  const install = `${distribution.install} ${installable(request, interpreter.version)}`;
  if (request.startsWith('/')) {
    return installed.root.lstat(request) === undefined
      ? {
          code,
          problem: `the file ${request} does not exist on ${distribution.name}`,
          remedy: `Install the package that contains it: ${install}`,
        }
      : {
          code,
          problem: `${request} belongs to no RPM package of ${distribution.name}`,
          remedy: 'Name a file of a package. Copy files of your own into the unpacked archive.',
        };
  }
  const similar = similarNames(host, request);
  return {
    code,
    problem: `'${request}' is not installed on ${distribution.name}: no package, capability or Python project has this name`,
    remedy:
      similar.length === 0
        ? `Install it first: ${install}`
        : `Did you mean ${similar.join(', ')}? If not, install it first: ${install}`,
  };
}

/**
 * Names that the user may have meant. Packages with a module of that name come first. Packages without Python files
 * are only suggested if nothing else is similar.
 */
function similarNames({ installed, interpreter }: Host, request: string): string[] {
  const ofPython = installed.packages.filter((pkg) => pythonVersions(pkg).has(interpreter.version));
  const imports = ({ files }: InstalledPackage) => {
    const paths = files.map(({ path }) => archivePath(path, interpreter));
    return importNames(paths, interpreter);
  };
  const importable = ofPython
    .filter((pkg) => imports(pkg).some((name) => `${name}.`.startsWith(`${request}.`)))
    .map((pkg) => pkg.name);
  const similar = nearest(
    request,
    ofPython.flatMap((pkg) => [pkg.name, ...distributionNames(pkg)]),
  );
  const found = [...new Set([...importable, ...similar])];
  if (found.length > 0) return found;
  return nearest(
    request,
    installed.packages.map((pkg) => pkg.name),
  );
}

function otherPython(
  { installed, interpreter, distribution }: Host,
  pkg: InstalledPackage,
  request: string,
): Refusal {
  const { version, path } = interpreter;
  const versions = [...pythonVersions(pkg)];
  const [name] = distributionNames(pkg);
  const twin = installed.packages.find(
    (other) =>
      name !== undefined && pythonVersions(other).has(version) && distributionNames(other).includes(name),
  );
  const alternative =
    twin === undefined
      ? `install the module for Python ${version}: ${distribution.install} ${installable(name ?? request, version)}`
      : `use the package for Python ${version}: ${twin.name}`;
  return {
    code: 'module-other-python',
    problem: `${request} (${nevra(pkg)}) is for Python ${versions.join(', ')}, but this run packs Python ${version} (${posix.basename(path)})`,
    remedy: message`Pack Python ${versions[0] ?? ''} (${option('python', versions[0])}), or ${alternative}`,
  };
}

/** A name that package installers accept, quoted for a shell. Anything but a package, capability or path becomes a distribution. */
function installable(request: string, version: string): string {
  const isInstallable = /^[/(]|[()]|^python\d/.test(request);
  return quotedShellWord(isInstallable ? request : `python${version}dist(${normalize(request)})`);
}
