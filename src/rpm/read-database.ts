import { closeSync, copyFileSync, openSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { RelopackError, reason } from '../common/error.ts';
import { type ProcessResult, run } from '../common/run.ts';
import { orTemporaryFileError, withTemporaryDirectory } from '../common/temporary-directory.ts';
import { Root } from '../host/root.ts';
import type { InstalledPackage } from './package.ts';
import { parseQuery, queriedTags, queryFormat } from './query-format.ts';

export interface InstalledOptions {
  root: Root;
  /** The directory of the database, inside the root; where it is absent, the usual places are looked at. */
  dbpath?: string;
}

/** Where databases are: the newer place first, as the older one is a link to it or holds what was left behind. */
const usualPaths = ['/usr/lib/sysimage/rpm', '/var/lib/rpm'];

/** The main file of a database, by its back end. */
const DatabaseFile = { sqlite: 'rpmdb.sqlite', berkeley: 'Packages', ndb: 'Packages.db' } as const;

/** What a copy has to have, as far as it is there. */
const copiedFiles = [...Object.values(DatabaseFile), 'rpmdb.sqlite-wal', 'Index.db'];

/** `warning:` tells of nothing that is missing from the answer; Debian's rpm says that it is not the machine's own. */
const harmless = /^(?:warning: |rpm: RPM should not be used directly|rpm: However assuming you know)|^$/;

/**
 * Every installed package, in the order of the database, by one question to the `rpm` of this machine.
 *
 * Throws RelopackError: 'rpm-missing'; 'rpm-database' where there is none, it is empty or can't be read, or rpm did not
 * answer in full; 'output' where there is no room for a copy that is needed. rpm is started only where there is a
 * database: as root it would make an empty one elsewhere.
 */
export async function readInstalled({ root, dbpath }: InstalledOptions): Promise<InstalledPackage[]> {
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
    `there is no RPM database in ${directories.join(' or ')} of the root ${root.path}`,
    'Name the root of an RPM host with --root, or the directory of its database in there with --dbpath.',
  );
}

/** On the machine itself its rpm knows. */
async function usualDirectories(root: Root): Promise<string[]> {
  if (root.path !== '/') return usualPaths;
  const { stdout } = await rpm('--eval', '%{_dbpath}');
  return [stdout.toString().trim()];
}

/**
 * Asks a database, or a copy of it where it has to be one: SQLite can't be opened where nothing can be written, and an
 * rpm that was built without the back end of a database takes no notice of it and makes one of its own beside it.
 */
async function query(database: string): Promise<ProcessResult> {
  if (basename(database) !== DatabaseFile.sqlite) return queryCopy(database);
  const answer = await queryDirectory(dirname(database));
  return answer.stderr.includes('unable to open database file') ? queryCopy(database) : answer;
}

function queryCopy(database: string): Promise<ProcessResult> {
  return withTemporaryDirectory('relopack-rpmdb', async (scratch) => {
    const original = new Root(dirname(database));
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
  // rpm takes the path for a macro's body.
  const dbpath = directory.replaceAll('%', '%%');
  return rpm('--dbpath', dbpath, '-qa', '--nosignature', '--nodigest', '--queryformat', queryFormat);
}

/** An rpm that doesn't know a tag of the query may say nothing at all and be content with that. */
async function isTooOld(): Promise<boolean> {
  const { stdout } = await rpm('--querytags');
  const known = new Set(stdout.toString().split('\n'));
  return queriedTags.some((tag) => !known.has(tag));
}

/** By way of env(1): the words that we look for are those of the C locale. */
async function rpm(...args: string[]): Promise<ProcessResult> {
  // run() throws where there is no env either.
  const finished = await run('env', ['LC_ALL=C', 'rpm', ...args]).catch(() => undefined);
  if (finished !== undefined && finished.code !== 127) return finished;
  throw new RelopackError(
    'rpm-missing',
    'the program rpm is not on this machine, so no RPM database can be read',
    'Run relopack on an RPM host, or install rpm: `apt-get install rpm` on Debian and Ubuntu.',
  );
}

function tooOld(): RelopackError {
  return new RelopackError(
    'rpm-database',
    'the rpm of this machine is too old: it lacks fields that are asked for',
    'Run relopack where rpm is 4.14 or newer.',
  );
}

function empty(database: string): RelopackError {
  return new RelopackError(
    'rpm-database',
    `the RPM database ${database} holds no package`,
    'Run relopack on an RPM host, or name the root of one with --root. An rpm that was built without the back end of ' +
      'that database (Debian has no NDB, which SUSE uses) sees nothing in it.',
  );
}

function unreadable(database: string, words: string): RelopackError {
  return new RelopackError(
    'rpm-database',
    `rpm can't read the database ${database}: ${words}`,
    'See what `rpm -qa` says on that host; `rpm --rebuilddb` mends many a damage.',
  );
}
