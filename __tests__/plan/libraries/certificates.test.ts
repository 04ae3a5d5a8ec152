import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { certificateFiles } from '../../../src/plan/libraries/certificates.ts';

const startup = join(import.meta.dirname, '../../../src/launcher/startup');

it('the start-up code searches the same CA files in the same order', () => {
  const modules = readdirSync(startup).filter((name) => name.endsWith('.py'));
  const lists = modules.flatMap((name) => {
    const [, list] =
      /^(?:certificate_)?files = \(\n(.*?)^\)/ms.exec(readFileSync(join(startup, name), 'utf8')) ?? [];
    return list === undefined ? [] : [[...list.matchAll(/'(\/[^']+)'/g)].map(([, path]) => path)];
  });
  assert.deepEqual(lists, [certificateFiles]);
});
