import { RelopackError } from '../common/error.ts';
import type { Log } from '../common/log.ts';
import { message, option } from '../common/message.ts';
import type { ProcessResult } from '../common/run/run.ts';
import type { Root } from '../host/root.ts';
import { withCopy } from './database/copy.ts';
import { findDatabase } from './database/find.ts';
import { rpm } from './database/rpm.ts';
import type { InstalledPackage } from './package.ts';
import { parseQuery, queriedTags, queryFormat } from './query-format.ts';

/** The location of the RPM database, and what to do if it is locked. */
interface DatabaseOptions {
  root: Root;
  /** The directory of the database, inside the root. If absent, the usual directories are searched. */
  dbpath?: string;
  /** It is told about a program that writes to the database. */
  log?: Pick<Log, 'warn'>;
  /** Milliseconds to wait for such a program. */
  maxWait?: number;
}

/** Lines that do not mean that the answer is incomplete: the notice of Debian's rpm that Debian uses dpkg. */
const notice = /^(?:rpm: RPM should not be used directly|rpm: However assuming you know)|^$/;

/** A warning about a header is a complaint about a package. Others are about rpm's configuration and indexes. */
const harmlessWarning = /^warning: (?!.*(?:\bheader\b|\bh#|\bskipp|\bdamaged\b|\bcorrupt))/i;

/** Lines of rpm that an error quotes. */
const maxComplaints = 3;

/**
 * The flags of rpm's verification for a query, as rpm itself has them: without the digests of payloads, which no database
 * has. A macro file of the machine could turn off the digests of headers (rpm macros.in, lib/rpmts.h).
 */
const verification = ['--define', '_vsflags_query 0xf0000'];

/**
 * Reads every installed package, in the order of the database, with one query of this machine's `rpm`. rpm compares each
 * header with its digest. It does not check signatures: a host need not have the keys, and only installation needs them.
 *
 * Throws RelopackError 'rpm-missing' if there is no rpm, and 'rpm-database' if the database is absent, empty, locked,
 * unreadable or only partly readable. Throws 'output' if there is no room for a copy. rpm is started only if there is a
 * database.
 */
export async function readInstalled({
  root,
  dbpath,
  log,
  maxWait,
}: DatabaseOptions): Promise<InstalledPackage[]> {
  const database = await findDatabase(root, dbpath);
  const { code, stdout, stderr } = await withCopy(database, { log, maxWait }, query);
  if (stderr.includes('unknown tag')) throw tooOld();
  const complaints = stderr.split('\n').filter((line) => !notice.test(line) && !harmlessWarning.test(line));
  if (code !== 0 || complaints.length > 0) {
    throw unreadable(database, summary(complaints) || `rpm ended with exit code ${code}`);
  }
  const packages = parseQuery(stdout);
  if (packages.length === 0) throw (await isTooOld()) ? tooOld() : empty(database);
  return packages;
}

function query(directory: string): Promise<ProcessResult> {
  // rpm expands macros in the path.
  const dbpath = directory.replaceAll('%', '%%');
  return rpm('--dbpath', dbpath, ...verification, '-qa', '--nosignature', '--queryformat', queryFormat);
}

/** Whether rpm does not know a tag of the query. Some versions then print nothing and exit with 0. */
async function isTooOld(): Promise<boolean> {
  const { stdout } = await rpm('--querytags');
  const known = new Set(stdout.toString().split('\n'));
  return queriedTags.some((tag) => !known.has(tag));
}

/** The first lines, as rpm has one for each damaged package. */
function summary(complaints: readonly string[]): string {
  const shown = complaints.slice(0, maxComplaints);
  const others = complaints.length - shown.length;
  return [...shown, ...(others > 0 ? [`and ${others} more`] : [])].join('; ');
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
