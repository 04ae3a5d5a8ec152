import {
  type BigIntStats,
  closeSync,
  constants,
  copyFileSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { RelopackError, reason } from '../../common/error.ts';
import type { Log } from '../../common/log.ts';
import { orTemporaryFileError, withTemporaryDirectory } from '../../common/temporary-directory.ts';
import { databaseFiles } from './find.ts';
import { writerOf } from './writer.ts';

/** How long to wait for a database that a program writes to. */
interface Patience {
  log?: Pick<Log, 'warn'> | undefined;
  /** Milliseconds until the run fails. */
  maxWait?: number | undefined;
}

/** Milliseconds until the user is told. */
const noticeAfter = 3000;

/** Milliseconds between two attempts. */
const interval = 200;

const defaultMaxWait = 60_000;

/** The files that a copy of a database needs, if they exist. SQLite restores a transaction from the last two. */
const copiedFiles = [...databaseFiles, 'Index.db', 'rpmdb.sqlite-wal', 'rpmdb.sqlite-journal'];

/**
 * Lends `use` a directory with a copy of a database, and removes it afterwards. `database` is the real path of the main
 * file.
 *
 * rpm leaves files beside a database that it reads: locks, shared memory and logs. It cannot open some databases that are
 * in a read-only directory, and waits for ever for one that is locked. And an rpm that was built without the back end of
 * a database creates a new database beside it. Nothing of this can happen to the original.
 *
 * Throws RelopackError 'rpm-database' if a file cannot be read or a program does not stop to write, and 'output' if
 * there is no room.
 */
export function withCopy<T>(
  database: string,
  { log, maxWait = defaultMaxWait }: Patience,
  use: (directory: string) => Promise<T>,
): Promise<T> {
  return withTemporaryDirectory('relopack-rpmdb', async (scratch) => {
    const start = performance.now();
    let isTold = false;
    for (let attempt = 0; ; attempt += 1) {
      const directory = join(scratch, String(attempt));
      const writer = copyAtRest(database, directory);
      if (writer === undefined) return use(directory);
      const waited = performance.now() - start;
      if (waited >= maxWait) throw busy(database, writer, waited);
      if (!isTold && waited >= noticeAfter) {
        log?.warn(`${writer} is writing to the RPM database ${database}; relopack waits for its end`);
        isTold = true;
      }
      await setTimeout(interval);
    }
  });
}

/** Copies the database. Returns the name of the program that writes to it, if there is one: then it is of no use. */
function copyAtRest(database: string, directory: string): string | undefined {
  const original = dirname(database);
  const before = filesIn(original);
  const writer = writerOf([...before.values()]);
  if (writer !== undefined) return writer;
  orTemporaryFileError(dirname(directory), () => mkdirSync(directory));
  const copied = copiedFiles.filter((name) => before.has(name));
  for (const name of copied) {
    const path = join(original, name);
    assertReadable(path);
    orTemporaryFileError(dirname(directory), () =>
      copyFileSync(path, join(directory, name), constants.COPYFILE_FICLONE),
    );
  }
  const after = filesIn(original);
  const isSame = copiedFiles.every((name) => version(before.get(name)) === version(after.get(name)));
  return isSame ? undefined : 'another program';
}

/** The regular files of a directory. */
function filesIn(directory: string): Map<string, BigIntStats> {
  const files = new Map<string, BigIntStats>();
  for (const name of readdirSync(directory)) {
    const stats = lstatSync(join(directory, name), { bigint: true, throwIfNoEntry: false });
    if (stats?.isFile()) files.set(name, stats);
  }
  return files;
}

/** A text that changes if the file is written or replaced. */
function version(stats: BigIntStats | undefined): string {
  return stats === undefined ? '' : [stats.ino, stats.size, stats.mtimeNs].join();
}

function assertReadable(path: string): void {
  try {
    closeSync(openSync(path, 'r'));
  } catch (error) {
    throw new RelopackError(
      'rpm-database',
      `the file ${path} of the RPM database cannot be read: ${reason(error)}`,
      'Run as a user who may read it.',
      { cause: error },
    );
  }
}

function busy(database: string, writer: string, waited: number): RelopackError {
  return new RelopackError(
    'rpm-database',
    `the RPM database ${database} is locked: ${writer} still writes to it after ${Math.round(waited / 1000)} seconds`,
    'Run relopack again when no program installs or removes packages.',
  );
}
