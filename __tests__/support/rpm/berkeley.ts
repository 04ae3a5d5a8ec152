import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { must } from '../run.ts';

/** Makes the Berkeley DB of an older rpm by Berkeley's db_load (on Debian: apt-get install -y db-util). */
export async function loadBerkeley(sqlite: string, packagesFile: string): Promise<void> {
  const rows = new DatabaseSync(sqlite, { readOnly: true }).prepare('SELECT hnum, blob FROM Packages').all();
  const key = (n: number) => Buffer.from(Uint32Array.of(n).buffer).toString('hex');
  const records = rows.flatMap(({ hnum, blob }) => {
    assert.ok(typeof hnum === 'number' && blob instanceof Uint8Array);
    return [key(hnum), Buffer.from(blob).toString('hex')];
  });
  // Record 0 has the highest number so far.
  const lines = [key(0), key(rows.length), ...records].map((line) => ` ${line}`);
  const dump = ['VERSION=3', 'format=bytevalue', 'type=hash', 'HEADER=END', ...lines, 'DATA=END', ''].join(
    '\n',
  );
  writeFileSync(`${sqlite}.dump`, dump);
  await must('db_load', ['-f', `${sqlite}.dump`, packagesFile]);
}
