import assert from 'node:assert/strict';
import { appendFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { asOption, spell } from '../src/common/message.ts';
import { type PackOptions, pack } from '../src/pack.ts';
import { type MadeHost, makeHost, standard } from './support/plan/host.ts';
import { base, module, python39 } from './support/plan/python.ts';
import { scratch } from './support/scratch.ts';

const site = '/usr/lib/python3.9/site-packages';
const warning = 'lib/python3.9/site-packages/edited/__init__.py was changed since its package was installed';

describe('a file that was changed since its package was installed', () => {
  const directory = scratch();
  let host: MadeHost;
  before(async () => {
    const files = { [`${site}/edited/__init__.py`]: { text: 'value = 1\n' } };
    host = await makeHost(join(directory, 'host'), [
      ...base(),
      ...python39(),
      module('edited', '3.9', { files }),
    ]);
    appendFileSync(join(host.root, site, 'edited/__init__.py'), '# changed\n');
  });

  const options = (place: string, strict: boolean): PackOptions => ({
    ...{ ...standard, modules: ['python3-edited'], root: host.root, strict },
    ...{ directory: place, prefix: 'top', compressionLevel: 1, verify: false },
  });

  it('is packed with a warning, which comes before the archive gets its name', async () => {
    const place = join(directory, 'packed');
    mkdirSync(place);
    const warned: { text: string; isNamed: boolean }[] = [];
    const warn = (text: Parameters<typeof spell>[0]) =>
      warned.push({ text: spell(text, asOption), isNamed: existsSync(join(place, 'top.tar.gz')) });
    const { path } = await pack(options(place, false), { stage: () => {}, done: () => {}, warn });
    assert.equal(path, join(place, 'top.tar.gz'));
    assert.deepEqual(
      warned.filter(({ text }) => text === warning),
      [{ text: warning, isNamed: false }],
    );
    assert.deepEqual(readdirSync(place).sort(), ['top.tar.gz', 'top.tar.gz.sha256']);
  });

  it('fails in the stage of packing if its name is that of a directory', async () => {
    const place = join(directory, 'refused');
    mkdirSync(join(place, 'top.tar.gz'), { recursive: true });
    const stages: string[] = [];
    const stage = (name: string) => stages.push(name);
    const refused = pack(options(place, false), { stage, done: () => {}, warn: () => {} });
    await assert.rejects(refused, { code: 'output', message: /top\.tar\.gz is a directory$/ });
    assert.match(stages.at(-1) ?? '', /^Packing \d+ files$/);
  });

  it('is an error with --strict, and nothing is left', async () => {
    const place = join(directory, 'strict');
    mkdirSync(place);
    const silent = { stage: () => {}, done: () => {}, warn: () => {} };
    await assert.rejects(pack(options(place, true), silent), {
      code: 'file-changed',
      message: warning,
      remedy: /^Reinstall .* or pack without --strict\.$/,
    });
    assert.deepEqual(readdirSync(place), []);
  });
});
