import { sourceOf } from '../python/pyc.ts';
import { type InstalledPackage, nevra } from '../rpm/package.ts';
import type { Entry } from './entry.ts';
import type { Glob } from './files/rules.ts';
import type { Selection } from './files/selection.ts';
import { mostImports } from './import-names.ts';
import type { Reason } from './reason.ts';
import type { PlannedModule, Requested } from './requested.ts';

/** Globs that do nothing are mostly written for paths of the host. */
export function globRemarks(unmatched: readonly Glob[]): string[] {
  return unmatched.map(
    ({ kind, pattern }) =>
      `--${kind} '${pattern}' matches no file: globs are for paths in the archive, such as lib64/python3.*/test/**`,
  );
}

/** A package that is named and brings nothing is mostly one of tests or documentation. */
export function emptyRemarks(
  requested: readonly Requested[],
  packages: ReadonlyMap<InstalledPackage, unknown>,
): string[] {
  return requested
    .filter(({ package: pkg }) => !packages.has(pkg))
    .map(({ word }) => `${word}: no file of it goes in. Tests do with --tests, anything else with --include`);
}

/**
 * Where fewer names are imported than whoever reads of passed checks would think. An interpreter needs no import to show
 * that it is there; a path, and a package with libraries or programs, may well be named for what is no module.
 */
export function importRemarks(
  modules: readonly PlannedModule[],
  packages: ReadonlyMap<InstalledPackage, Reason>,
  entries: readonly Entry[],
): string[] {
  const native = new Set(entries.filter(isNative).map((entry) => entry.package));
  return modules.flatMap(({ word, package: pkg, imports }) => {
    const reason = packages.get(pkg);
    if (imports.length > mostImports)
      return [`${word}: verification imports ${mostImports} of its ${imports.length} modules`];
    if (imports.length > 0 || reason === undefined || reason.kind === 'interpreter') return [];
    if (word.startsWith('/') || native.has(nevra(pkg))) return [];
    return [
      `${word}: ${nevra(pkg)} brings no module that stands by itself, so verification imports nothing of it`,
    ];
  });
}

function isNative(entry: Entry): boolean {
  return entry.type === 'file' && entry.source.kind === 'host' && entry.source.relocation.kind === 'elf';
}

/** Bytecode stays out where it is not of the source that goes in: nothing fails then, but each start takes longer. */
export function bytecodeRemarks({ files }: Selection, entries: readonly Entry[]): string[] {
  const packed = new Set(entries.map(({ path }) => path));
  const wanted = [...files.values()].filter(({ path }) => packed.has(sourceOf(path) ?? ''));
  const stale = wanted.filter(({ path }) => !packed.has(path)).length;
  if (stale === 0) return [];
  return [
    `${stale} of ${wanted.length} .pyc are not of their sources as these are on the host, by time or size: they stay out, ` +
      'and the packed Python compiles those modules itself, at each start where it can not write',
  ];
}

/** What whoever packs should know of the host's files. */
export function warnings(entries: readonly Entry[]): string[] {
  return entries.flatMap((entry) => {
    if (entry.type !== 'file' || entry.source.kind !== 'host') return [];
    const { host, relocation } = entry.source;
    const moves = relocation.kind === 'pth' ? relocation.moves : [];
    return [
      ...(entry.package === undefined ? [`${host} is owned by no package`] : []),
      ...moves
        .filter(([, to]) => to === undefined)
        .map(([from]) => `${host} puts ${from} on sys.path, which is not packed: that line is left out`),
    ];
  });
}
