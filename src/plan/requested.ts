import { posix } from 'node:path';
import { RelopackError } from '../common/error.ts';
import { joinMessages, message, option } from '../common/message.ts';
import type { Distribution } from '../host/os-release.ts';
import { distributionNames, normalize } from '../python/dist-info.ts';
import type { Interpreter } from '../python/interpreter.ts';
import { pythonVersions } from '../python/package-versions.ts';
import type { Installed } from '../rpm/installed.ts';
import { type InstalledPackage, nevra } from '../rpm/package.ts';
import { candidates, type RequestContext } from './requests/candidates.ts';
import { installDistribution } from './requests/install-command.ts';
import { notFound, type Refusal } from './requests/not-found.ts';

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
  const context = { installed, interpreter, distribution };
  const results = [...new Set(requests)].map((request) => findModule(context, request));
  const refusals = results.filter((result) => 'problem' in result);
  const [first, second] = refusals;
  if (first === undefined) return results.filter((result) => 'package' in result);
  throw new RelopackError(
    first.code,
    joinMessages(
      refusals.map(({ problem }) => problem),
      '; ',
    ),
    second === undefined
      ? first.remedy
      : joinMessages(
          refusals.map(({ request, remedy }) => message`${request}: ${remedy}`),
          '; ',
        ),
  );
}

function findModule(context: RequestContext, request: string): RequestedModule | Refusal {
  const { version, package: pythonPackage } = context.interpreter;
  const found = candidates(context, request);
  const fitting = found.filter((pkg) => fits(pkg, version));
  const best = fitting.find(({ arch }) => arch === pythonPackage.arch) ?? fitting[0];
  if (best !== undefined) return { request, package: best };
  return found[0] === undefined ? notFound(context, request) : otherPython(context, found[0], request);
}

function fits(pkg: InstalledPackage, version: string): boolean {
  const versions = pythonVersions(pkg);
  return versions.size === 0 || versions.has(version);
}

function otherPython(context: RequestContext, pkg: InstalledPackage, request: string): Refusal {
  const { installed, interpreter } = context;
  const { version, path } = interpreter;
  const versions = [...pythonVersions(pkg)];
  // A path, a capability or the name of a package may belong to that Python alone.
  const name = distributionNames(pkg)[0] ?? (/^(?!python\d)[\w.-]+$/.test(request) ? request : undefined);
  const problem = `${request} (${nevra(pkg)}) is for Python ${versions.join(', ')}, but this run packs Python ${version} (${posix.basename(path)})`;
  const refused = { request, code: 'module-other-python', problem } as const;
  const remedy = message`Pack Python ${versions[0] ?? ''} (${option('python', versions[0])})`;
  if (name === undefined) return { ...refused, remedy: message`${remedy}.` };
  const twin = installed.packages.find(
    (other) => pythonVersions(other).has(version) && distributionNames(other).includes(normalize(name)),
  );
  const alternative =
    twin === undefined
      ? `install the module for Python ${version}: ${installDistribution(context, name)}`
      : `use the package for Python ${version}: ${twin.name}`;
  return { ...refused, remedy: message`${remedy}, or ${alternative}` };
}
