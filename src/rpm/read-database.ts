import { closeSync, copyFileSync, openSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { RelopackError, reason } from '../common/error.ts';
import { message, option } from '../common/message.ts';
import { type ProcessResult, run } from '../common/run/run.ts';
import { orTemporaryFileError, withTemporaryDirectory } from '../common/temporary-directory.ts';
import { openRoot, type Root } from '../host/root.ts';
import type { InstalledPackage } from './package.ts';
import { parseQuery, queriedTags, queryFormat } from './query-format.ts';

/** The location of the RPM database. */
interface DatabaseLocation {
  root: Root;
  /** The directory of the database, inside the root. If absent, the usual directories are searched. */
  dbpath?: string;
}

/** The usual directories. The newer one is first: the older one is a link to it, or contains an outdated database. */
const usualPaths = ['/usr/lib/sysimage/rpm', '/var/lib/rpm'];

/** The main file of a database of each back end. */
const DatabaseFile = { sqlite: 'rpmdb.sqlite', berkeley: 'Packages', ndb: 'Packages.db' } as const;

/** The files that a copy of a database needs, if they exist. */
const copiedFiles = [...Object.values(DatabaseFile), 'rpmdb.sqlite-wal', 'Index.db'];

/** Lines that do not mean that the answer is incomplete: warnings, and the notice of Debian's rpm that Debian uses dpkg. */
const harmless = /^(?:warning: |rpm: RPM should not be used directly|rpm: However assuming you know)|^$/;

/**
 * Reads every installed package, in the order of the database, with one query of this machine's `rpm`.
 *
 * Throws RelopackError 'rpm-missing' if there is no rpm, and 'rpm-database' if the database is absent, empty, unreadable
 * or only partly readable. Throws 'output' if there is no room for a copy that is needed. rpm is started only if there
 * is a database, as rpm run by root would create an empty one.
 */
export async function readInstalled({ root, dbpath }: DatabaseLocation): Promise<InstalledPackage[]> {
  const database = await findDatabase(root, dbpath);
  const { code, stdout, stderr } = await query(database);
  if (stderr.includes('unknown tag')) throw tooOld();
  const complaints = stderr.split('\n').filter((line) => !harmless.test(line));
  if (code !== 0 || complaints.length > 0) {
    throw unreadable(database, complaints.join('; ') || `rpm ended with exit code ${code}`);
  }
  const packages = parseQuery(stdout);
  if (packages.length === 0) throw (await isTooOld()) ? tooOld() : empty(database);
  return packages;
}

/** The real path of the database's main file. */
async function findDatabase(root: Root, dbpath: string | undefined): Promise<string> {
  const directories = dbpath === undefined ? await usualDirectories(root) : [dbpath];
  for (const directory of directories) {
    for (const file of Object.values(DatabaseFile)) {
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

/**
 * Queries a database or, if necessary, a copy of it. SQLite cannot open a database in a read-only directory. And an rpm
 * that was built without the back end of a database ignores it and creates a new database beside it.
 */
async function query(database: string): Promise<ProcessResult> {
  if (basename(database) !== DatabaseFile.sqlite) return queryCopy(database);
  const answer = await queryDirectory(dirname(database));
  return answer.stderr.includes('unable to open database file') ? queryCopy(database) : answer;
}

function queryCopy(database: string): Promise<ProcessResult> {
  return withTemporaryDirectory('relopack-rpmdb', async (scratch) => {
    const original = openRoot(dirname(database));
    for (const file of copiedFiles) {
      if (!original.lstat(`/${file}`)?.isFile()) continue;
      const path = original.onDisk(`/${file}`);
      assertReadable(path);
      orTemporaryFileError(dirname(scratch), () => copyFileSync(path, join(scratch, file)));
    }
    return queryDirectory(scratch);
  });
}

function assertReadable(path: string): void {
  try {
    closeSync(openSync(path, 'r'));
  } catch (error) {
    throw unreadable(path, reason(error));
  }
}

function queryDirectory(directory: string): Promise<ProcessResult> {
  // rpm expands macros in the path.
  const dbpath = directory.replaceAll('%', '%%');
  return rpm('--dbpath', dbpath, '-qa', '--nosignature', '--nodigest', '--queryformat', queryFormat);
}

/** Whether rpm does not know a tag of the query. Some versions then print nothing and exit with 0. */
async function isTooOld(): Promise<boolean> {
  const { stdout } = await rpm('--querytags');
  const known = new Set(stdout.toString().split('\n'));
  return queriedTags.some((tag) => !known.has(tag));
}

/** Runs rpm through env(1) in the C locale, as the texts that are searched for are in English. */
async function rpm(...args: string[]): Promise<ProcessResult> {
  // run() throws if there is no env.
  const finished = await run('env', ['LC_ALL=C', 'rpm', ...args]).catch(() => undefined);
  if (finished !== undefined && finished.code !== 127) return finished;
  throw new RelopackError(
    'rpm-missing',
    'this machine has no program rpm, so no RPM database can be read',
    'Run relopack on an RPM host, or install rpm: `apt-get install rpm` on Debian and Ubuntu.',
  );
}

function tooOld(): RelopackError {
  return new RelopackError(
    'rpm-database',
    'the rpm of this machine is too old: it does not know all fields of the query',
    'Run relopack on a machine with rpm 4.14 or newer.',
  );
}

function empty(database: string): RelopackError {
  return new RelopackError(
    'rpm-database',
    `the RPM database ${database} contains no packages`,
    message`Run relopack on an RPM host, or set ${option('root')} to the root of one. If the host has packages, use an rpm that supports the back end of its database: Debian's rpm does not support NDB, which SUSE uses.`,
  );
}

function unreadable(database: string, why: string): RelopackError {
  return new RelopackError(
    'rpm-database',
    `rpm cannot read the database ${database}: ${why}`,
    'Check the database with `rpm -qa` on the system that it belongs to. `rpm --rebuilddb` repairs most damage.',
  );
}
