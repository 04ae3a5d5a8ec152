import type { Distribution } from '../../host/os-release.ts';
import { distributionNames, normalize } from '../../python/dist-info.ts';
import type { Interpreter } from '../../python/interpreter.ts';
import type { Installed } from '../../rpm/installed.ts';
import type { InstalledPackage } from '../../rpm/package.ts';

/** The context for looking up a request. */
export interface RequestContext {
  installed: Installed;
  interpreter: Interpreter;
  distribution: Distribution;
}

/** The packages of the first kind that matches, the best first. So a package hides a distribution of the same name. */
export function candidates({ installed, interpreter }: RequestContext, request: string): InstalledPackage[] {
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
