import assert from 'node:assert/strict';
import { cpSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { bundle } from '../../build.ts';
import { scratch } from '../support/scratch.ts';

const checkout = join(import.meta.dirname, '../..');

const directory = scratch();
const here = join(directory, 'here');
let packages: string[];
before(async () => {
  packages = await bundle(checkout, here);
});

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(folder, path)).isFile())
    .sort();
}

/** The major and the minor version of the oldest Node that a package allows; undefined if it says nothing. */
function oldestNode(folder: string): [number, number] | undefined {
  const { engines } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const [, major, minor] = /(\d+)(?:\.(\d+))?/.exec(engines?.node ?? '') ?? [];
  return major === undefined ? undefined : [Number(major), Number(minor ?? 0)];
}

describe('dist', { timeout: 300_000 }, () => {
  test('is the same, byte for byte, when it is built in another directory', async () => {
    const other = join(directory, 'another checkout/below');
    for (const path of ['src', 'package.json', ...packages])
      cpSync(join(checkout, path), join(other, path), { recursive: true });
    await bundle(other, join(other, 'dist'));
    assert.deepEqual(filesIn(join(other, 'dist')), filesIn(here));
    for (const file of filesIn(here))
      assert.ok(readFileSync(join(other, 'dist', file)).equals(readFileSync(join(here, file))), file);
  });

  test('names no directory of the machine that it was built on', () => {
    for (const file of filesIn(here))
      assert.ok(!readFileSync(join(here, file), 'utf8').includes(checkout), file);
  });

  test('has the license of each package that is in it', () => {
    const licenses = readFileSync(join(here, 'licenses.txt'), 'utf8');
    assert.ok(packages.length > 20);
    for (const path of packages) {
      const { name, version } = JSON.parse(readFileSync(join(checkout, path, 'package.json'), 'utf8'));
      assert.ok(licenses.includes(`\n${name} ${version} (`), name);
    }
    assert.match(licenses, /Permission is hereby granted, free of charge/);
  });

  /** The files that are read before a file's first line runs, and itself; with `then`, also what it awaits next. */
  function started(file: string, then: boolean): Set<string> {
    const form = then
      ? /^(?:import |\} from |await import\().*?"\.\/([^"]+)"\)?;$/gm
      : /^(?:import |\} from ).*?"\.\/([^"]+)";$/gm;
    const found = new Set([file]);
    for (const name of found) {
      for (const [, other = ''] of readFileSync(join(here, name), 'utf8').matchAll(form)) found.add(other);
    }
    return found;
  }

  test('has the artifact client in a file of its own, which nothing that starts imports', () => {
    const client = readdirSync(here).filter((file) => file.startsWith('artifact-'));
    assert.equal(client.length, 1);
    const commands = readdirSync(here).filter((file) => file.startsWith('run-command-'));
    assert.equal(commands.length, 1);
    const files = new Set(['index.js', 'cli.js', ...commands].flatMap((file) => [...started(file, true)]));
    assert.ok([...files].some((file) => file.startsWith('main-')));
    for (const file of files)
      assert.ok(!readFileSync(join(here, file), 'utf8').includes('storage-blob/'), file);
    assert.match(readFileSync(join(here, client[0] ?? ''), 'utf8'), /storage-blob\//);
  });

  test('needs no newer Node than package.json allows, in what the command loads', () => {
    const oldest = oldestNode(checkout);
    assert.ok(oldest !== undefined);
    const commands = readdirSync(here).filter((file) => file.startsWith('run-command-'));
    const files = ['cli.js', ...commands].flatMap((file) => [...started(file, true)]);
    const texts = files.map((file) => readFileSync(join(here, file), 'utf8'));
    const loaded = packages.filter((path) => texts.some((text) => text.includes(`// ${path}/`)));
    assert.ok(loaded.includes('node_modules/commander'));
    for (const path of loaded) {
      const [major, minor] = oldestNode(join(checkout, path)) ?? [0, 0];
      assert.ok(major < oldest[0] || (major === oldest[0] && minor <= oldest[1]), path);
    }
  });

  test('reads next to nothing before the first line of the log', () => {
    const files = [...started('index.js', false)];
    const bytes = files.reduce((sum, file) => sum + statSync(join(here, file)).size, 0);
    assert.ok(files.length > 1 && bytes < 10_000, `${files}: ${bytes} bytes`);
  });
});
