import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { before, describe, it } from 'node:test';
import { mutated, type Outcome, randomFrom, Victim } from '../support/rpm/mutations.ts';
import { buildPackages, type Spec } from '../support/rpm/packages.ts';
import { must } from '../support/run.ts';
import { scratch } from '../support/scratch.ts';

const directory = scratch('relopack-hostile-');
const home = join(directory, 'root');
const dbpath = '/usr/lib/sysimage/rpm';
const database = join(home, dbpath, 'rpmdb.sqlite');
const names = ['one', 'two', 'three', 'four', 'five', 'six'];

/** A package with a directory, files and a link, and with so many capabilities that headers are much of the database. */
function spec(name: string): Spec {
  const folder = `usr/lib/${name}`;
  return {
    name,
    provides: Array.from({ length: 300 }, (_, index) => `capability(${name})(${index})`),
    requires: names,
    install: [`mkdir -p ${folder} && cd ${folder} && touch empty && echo ${name} > text && ln -s text link`],
    files: [`/${folder}`],
  };
}

let victim: Victim;

before(async () => {
  const rpms = await buildPackages(directory, names.map(spec));
  mkdirSync(home);
  await must('rpm', ['--root', home, '--dbpath', dbpath, '-i', ...rpms]);
  // So the file contains little else than the headers.
  await must('rpm', ['--dbpath', join(home, dbpath), '--rebuilddb']);
  victim = await Victim.of(home, database, join(directory, 'victim'));
});

describe('a database that was damaged', () => {
  it('in a random place is refused, or read as it was', async () => {
    const outcomes: Record<Outcome, number> = { refused: 0, warned: 0, unchanged: 0, 'silently changed': 0 };
    const random = randomFrom(3);
    for (let index = 0; index < 50; index += 1)
      outcomes[await victim.outcome(mutated(victim.bytes, random))] += 1;
    assert.equal(outcomes['silently changed'], 0);
    // Both outcomes have to be common, or the loop proves nothing.
    assert.ok(outcomes.refused > 5 && outcomes.unchanged > 5, JSON.stringify(outcomes));
  });

  it('in the state of a file, which no digest covers, is refused, or the file is used', async () => {
    const outcomes = new Set<Outcome>();
    for (let bit = 0; bit < 8; bit += 1) {
      const outcome = await victim.outcome(withFlippedStates(bit));
      assert.notEqual(outcome, 'silently changed', `bit ${bit}`);
      outcomes.add(outcome);
    }
    assert.deepEqual([...outcomes].sort(), ['refused', 'warned']);
  });
});

/** FILESTATES (rpm lib/rpmtag.h). */
const fileStates = 1029;

/** The database in which one bit of all states of a package's files is another one. */
function withFlippedStates(bit: number): Buffer {
  const copy = join(directory, `states-${bit}.sqlite`);
  writeFileSync(copy, victim.bytes);
  const opened = new DatabaseSync(copy);
  opened.exec('PRAGMA journal_mode = DELETE');
  const row = opened.prepare('SELECT hnum, blob FROM Packages ORDER BY hnum LIMIT 1').get();
  assert.ok(row?.blob instanceof Uint8Array && typeof row.hnum === 'number');
  const header = Buffer.from(row.blob);
  const { at, count } = findTag(header, fileStates);
  for (let index = at; index < at + count; index += 1)
    header.writeUInt8(header.readUInt8(index) ^ (1 << bit), index);
  opened.prepare('UPDATE Packages SET blob = ? WHERE hnum = ?').run(header, row.hnum);
  opened.close();
  return readFileSync(copy);
}

/** The place of a tag's data: the header has two counts, 16 bytes for each tag, and then the data (rpm lib/header.c). */
function findTag(header: Buffer, tag: number): { at: number; count: number } {
  const tags = header.readUInt32BE(0);
  for (let entry = 8; entry < 8 + tags * 16; entry += 16) {
    if (header.readUInt32BE(entry) !== tag) continue;
    return { at: 8 + tags * 16 + header.readUInt32BE(entry + 8), count: header.readUInt32BE(entry + 12) };
  }
  throw new Error(`the header has no tag ${tag}`);
}
