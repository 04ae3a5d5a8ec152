import type { NamedPath } from '../plan/paths/named-path.ts';
import { nevra } from '../rpm/package.ts';

/** A path in packed files, in the JSON of a plan. */
interface DescribedPath {
  path: string;
  /** The files on the host that contain it. */
  by: readonly string[];
  package?: string;
  status: NamedPath['status'];
  reason?: string;
}

/** How many packages the table names. */
const maxRows = 10;

export function describeNamedPath({ path, by, package: owner, status, why }: NamedPath): DescribedPath {
  return {
    path,
    by,
    ...(owner === undefined ? {} : { package: nevra(owner) }),
    status,
    ...(why === undefined ? {} : { reason: why }),
  };
}

/** The paths in packed files as lines for a terminal: how many are packed, and by package those that are not. */
export function namedTable(named: readonly NamedPath[]): string[] {
  if (named.length === 0) return [];
  const count = (status: NamedPath['status']) => named.filter((one) => one.status === status).length;
  const rows = notPackedRows(named);
  const width = Math.max(0, ...rows.map(({ owner }) => owner.length));
  const lines = rows
    .slice(0, maxRows)
    .map(({ owner, paths, why }) => `${owner.padEnd(width)}  ${paths.join(' ')}  ${why}`);
  return [
    `Packed files name ${named.length} absolute paths of the host: ${count('packed')} are packed, ` +
      `${count('machine')} belong to the machine that runs Python, ${count('not packed')} are not packed. --json lists all.`,
    ...lines,
    ...(rows.length > maxRows ? [`and ${rows.length - maxRows} more packages`] : []),
  ];
}

/** The paths that are not packed, by package and reason. */
function notPackedRows(named: readonly NamedPath[]): { owner: string; paths: string[]; why: string }[] {
  const rows = new Map<string, { owner: string; paths: string[]; why: string }>();
  for (const { path, package: pkg, status, why = '' } of named) {
    if (status !== 'not packed') continue;
    const owner = pkg === undefined ? '' : nevra(pkg);
    const row = rows.get(`${owner} ${why}`);
    if (row === undefined) rows.set(`${owner} ${why}`, { owner, paths: [path], why });
    else row.paths.push(path);
  }
  return [...rows.values()].sort((a, b) => (a.owner < b.owner ? -1 : 1));
}
