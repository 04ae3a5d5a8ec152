import { RelopackError } from '../../common/error.ts';
import { message, option } from '../../common/message.ts';
import type { Root } from '../../host/root.ts';
import { rpm } from './rpm.ts';

/** The usual directories. The newer one is first: the older one is a link to it, or contains an outdated database. */
const usualPaths = ['/usr/lib/sysimage/rpm', '/var/lib/rpm'];

/** The main file of a database of each back end: SQLite, Berkeley DB and NDB. */
export const databaseFiles = ['rpmdb.sqlite', 'Packages', 'Packages.db'] as const;

/**
 * The real path of the database's main file. `dbpath` is its directory inside the root; if absent, the usual directories
 * are searched. Throws RelopackError 'rpm-database' if there is no database.
 */
export async function findDatabase(root: Root, dbpath: string | undefined): Promise<string> {
  const directories = dbpath === undefined ? await usualDirectories(root) : [dbpath];
  for (const directory of directories) {
    for (const file of databaseFiles) {
      const path = `${directory}/${file}`;
      if (root.stat(path)?.isFile()) return root.onDisk(path);
    }
  }
  throw new RelopackError(
    'rpm-database',
    `no RPM database found in ${directories.join(' or ')} of the system in ${root.path}`,
    message`Run relopack on an RPM distribution or in a container of one. Or set ${option('root')} to the directory that one is installed in, and ${option('dbpath')} if its database is in an unusual place.`,
  );
}

/** For the running machine, rpm itself knows the directory. */
async function usualDirectories(root: Root): Promise<string[]> {
  if (root.path !== '/') return usualPaths;
  const { stdout } = await rpm('--eval', '%{_dbpath}');
  return [stdout.toString().trim()];
}
