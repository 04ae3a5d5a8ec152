import { importedNames } from '../../python/source/imports.ts';

/** A namespace of GObject Introspection. Without a version it is the newest that is installed. */
export interface Namespace {
  name: string;
  version: string | undefined;
}

const required = /\brequire_version\(\s*["'](\w+)["']\s*,\s*["']([\w.]+)["']/g;
const requiredTogether = /\brequire_versions\(\s*\{([^}]*)\}/g;
const pair = /["'](\w+)["']\s*:\s*["']([\w.]+)["']/g;
const repository = /^gi\.repository\.(\w+)/;

/** The namespaces that a Python source asks PyGObject for: by `gi.require_version`, or by an import from `gi.repository`. */
export function namespacesIn(source: string): Namespace[] {
  const versions = new Map<string, string | undefined>();
  for (const name of importedNames(source, true)) {
    const namespace = repository.exec(name)?.[1];
    if (namespace !== undefined) versions.set(namespace, undefined);
  }
  const together = [...source.matchAll(requiredTogether)].flatMap(([, pairs = '']) => [
    ...pairs.matchAll(pair),
  ]);
  for (const [, name = '', version] of [...source.matchAll(required), ...together])
    versions.set(name, version);
  return [...versions].map(([name, version]) => ({ name, version }));
}
