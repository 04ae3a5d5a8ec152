import type { InstalledPackage } from '../host/package.ts';
import type { Entry } from './entry.ts';
import type { Glob } from './rules.ts';
import type { Requested } from './words.ts';

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
