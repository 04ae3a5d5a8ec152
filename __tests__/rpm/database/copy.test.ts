import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { before, describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import type { Message } from '../../../src/common/message.ts';
import { openRoot } from '../../../src/host/root.ts';
import { readInstalled } from '../../../src/rpm/read-database.ts';
import { loadBerkeley } from '../../support/rpm/berkeley.ts';
import { buildPackages } from '../../support/rpm/packages.ts';
import { must } from '../../support/run.ts';
import { scratch } from '../../support/scratch.ts';

const directory = scratch('relopack-copy-');
const dbpath = '/usr/lib/sysimage/rpm';
let plain = '';
let slow = '';

/** A package whose installation begins a scriptlet, writes `/started`, and needs seconds. */
const slowScriptlet = ['%pre -p <lua>', 'io.open("/started", "w"):close()', 'posix.sleep(5)'];

before(async () => {
  [plain = '', slow = ''] = await buildPackages(directory, [
    { name: 'plain' },
    { name: 'slow', files: slowScriptlet },
  ]);
});

/** A new root with one package, and nothing beside the database. */
async function rootWithDatabase(name: string): Promise<string> {
  const root = join(directory, name);
  mkdirSync(root);
  await must('rpm', ['--root', root, '--dbpath', dbpath, '-i', plain]);
  for (const file of readdirSync(root + dbpath))
    if (file !== 'rpmdb.sqlite') rmSync(join(root + dbpath, file));
  return root;
}

/** The names, sizes and times of the files of a directory, and of the directory itself. */
function listing(path: string): string[] {
  return ['.', ...readdirSync(path).sort()].map((name) => {
    const { size, mtimeMs } = statSync(join(path, name));
    return [name, size, mtimeMs].join(' ');
  });
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await setTimeout(20);
}

describe('nothing is left beside a database that is read', () => {
  it('if it is SQLite', async () => {
    const path = (await rootWithDatabase('sqlite')) + dbpath;
    const before = listing(path);
    assert.equal((await readInstalled({ root: openRoot(path), dbpath: '/' })).length, 1);
    assert.deepEqual(listing(path), before);
  });

  it('if it is SQLite with a log that is not yet in its main file', async () => {
    const path = (await rootWithDatabase('log')) + dbpath;
    const main = join(path, 'rpmdb.sqlite');
    const whole = readFileSync(main);
    const database = new DatabaseSync(main);
    database.exec('PRAGMA foreign_keys = OFF; INSERT INTO Packages (blob) SELECT blob FROM Packages');
    // SQLite copies the log into the main file when the last program closes the database.
    const log = readFileSync(`${main}-wal`);
    database.close();
    for (const file of readdirSync(path)) rmSync(join(path, file));
    writeFileSync(main, whole);
    writeFileSync(`${main}-wal`, log);
    const before = listing(path);
    const read = await readInstalled({ root: openRoot(path), dbpath: '/' });
    assert.deepEqual(
      read.map(({ name }) => name),
      ['plain', 'plain'],
    );
    assert.deepEqual(listing(path), before);
  });

  it('if it is Berkeley DB', async () => {
    const sqlite = (await rootWithDatabase('berkeley')) + dbpath;
    const path = join(directory, 'Berkeley DB');
    mkdirSync(path);
    await loadBerkeley(join(sqlite, 'rpmdb.sqlite'), join(path, 'Packages'));
    const before = listing(path);
    assert.equal((await readInstalled({ root: openRoot(path), dbpath: '/' })).length, 1);
    assert.deepEqual(listing(path), before);
  });
});

describe('a database that a program writes to', () => {
  it('is read when rpm has finished its transaction, and the user is told whom the run waits for', async () => {
    const root = await rootWithDatabase('transaction');
    const rpm = spawn('rpm', ['--root', root, '--dbpath', dbpath, '-i', slow], { stdio: 'ignore' });
    const end = once(rpm, 'exit');
    await until(() => existsSync(join(root, 'started')));
    const said: Message[] = [];
    const read = await readInstalled({ root: openRoot(root), log: { warn: (text) => said.push(text) } });
    assert.deepEqual(read.map(({ name }) => name).sort(), ['plain', 'slow']);
    assert.deepEqual(said, [
      `rpm (process ${rpm.pid}) is writing to the RPM database ${root}${dbpath}/rpmdb.sqlite; relopack waits for its end`,
    ]);
    assert.deepEqual(await end, [0, null]);
  });

  const locks = {
    'by a transaction of SQLite': 'BEGIN IMMEDIATE',
    'by a program that lets nobody else read': 'PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE',
  };
  for (const [how, statements] of Object.entries(locks)) {
    it(`is refused if it stays locked ${how}`, async () => {
      const root = await rootWithDatabase(how);
      const script = `
        const { DatabaseSync } = require('node:sqlite');
        const database = new DatabaseSync(process.argv[1]);
        database.exec(process.argv[2]);
        console.log('locked');
        setInterval(() => {}, 1000);`;
      const main = join(root + dbpath, 'rpmdb.sqlite');
      const holder = spawn(process.execPath, ['--no-warnings', '--eval', script, main, statements]);
      try {
        await once(holder.stdout, 'data');
        await assert.rejects(readInstalled({ root: openRoot(root), maxWait: 300 }), {
          name: 'RelopackError',
          code: 'rpm-database',
          message: new RegExp(
            `is locked: .+ \\(process ${holder.pid}\\) still writes to it after \\d+ seconds$`,
          ),
        });
      } finally {
        holder.kill();
      }
    });
  }
});
