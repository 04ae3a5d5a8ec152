import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';

const checkout = join(import.meta.dirname, '../..');

/** A folder with more files than this is split. */
const maxFiles = 12;

/** A shorter file is part of another one. */
const minLines = 4;

/** Folders of src without a folder of tests of their own, each with the test of a whole run that covers them. */
const coveredBy: Readonly<Record<string, string>> = {
  cli: 'e2e/cli.test.ts',
  manifest: 'e2e/pack.test.ts',
};

/** Folders of __tests__ that mirror no folder of src. */
const ownFolders = ['e2e', 'regression', 'repository', 'support'];

/** The files below a folder of the checkout, without the ones that tools make. */
function filesBelow(folder: string): string[] {
  return readdirSync(join(checkout, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(checkout.length + 1))
    .filter((path) => !/(?:^|\/)(?:node_modules|__pycache__)\//.test(path))
    .sort();
}

/** The folders that files are in, and the folders around those, from `top` down and without `top`. */
function foldersOf(files: readonly string[], top: string): string[] {
  const folders = new Set<string>();
  for (const file of files) {
    for (let folder = dirname(file); folder !== top; folder = dirname(folder)) folders.add(folder);
  }
  return [...folders].map((folder) => folder.slice(top.length + 1)).sort();
}

const sources = filesBelow('src');
const tests = filesBelow('__tests__');

describe('the folders', () => {
  test(`have ${maxFiles} files at most`, () => {
    const counts = new Map<string, number>();
    for (const file of [...sources, ...tests, ...filesBelow('scripts'), ...filesBelow('bench')])
      counts.set(dirname(file), (counts.get(dirname(file)) ?? 0) + 1);
    assert.deepEqual(
      [...counts].filter(([, count]) => count > maxFiles),
      [],
    );
  });

  test(`of src have no file of less than ${minLines} lines`, () => {
    const lines = (file: string) => readFileSync(join(checkout, file), 'utf8').split('\n').length - 1;
    // Binary files have no lines.
    const texts = sources.filter((file) => /\.(?:ts|py|c|ld)$/.test(file));
    assert.deepEqual(
      texts.filter((file) => lines(file) < minLines),
      [],
    );
  });

  test('of src that contain TypeScript have a folder of tests of the same path, or a test of a whole run', () => {
    for (const folder of foldersOf(
      sources.filter((file) => file.endsWith('.ts')),
      'src',
    )) {
      const mirrored = tests.some((file) => dirname(file) === `__tests__/${folder}`);
      assert.ok(mirrored || tests.includes(`__tests__/${coveredBy[folder]}`), folder);
    }
  });

  test('of __tests__ mirror src', () => {
    const mirrored = foldersOf(tests, '__tests__').filter(
      (folder) => !ownFolders.includes(folder.split('/')[0] ?? ''),
    );
    assert.deepEqual(
      mirrored.filter((folder) => !existsSync(join(checkout, 'src', folder))),
      [],
    );
  });
});

describe('the order of imports', () => {
  const contributing = readFileSync(join(checkout, 'CONTRIBUTING.md'), 'utf8');
  const order = /^common → .*$/m.exec(contributing)?.[0].split(' → ') ?? [];

  test('in CONTRIBUTING is the order in biome.json', () => {
    const { overrides } = JSON.parse(readFileSync(join(checkout, 'biome.json'), 'utf8'));
    const rules: string[] = overrides
      .flatMap(({ includes }: { includes: string[] }) => includes)
      .filter((glob: string) => /^src\/.*\*/.test(glob));
    const map = ['pack.ts', 'options.ts'].join(', ');
    assert.deepEqual(
      rules.map((glob) => (glob === 'src/*.ts' ? map : glob.split('/')[1])),
      order.flatMap((stage) => (stage === map ? [stage] : stage.split(', '))),
    );
  });

  test('in CONTRIBUTING has each folder of src, and so has its table', () => {
    const folders = foldersOf(sources, 'src').filter((folder) => !folder.includes('/'));
    const named = order.flatMap((stage) => stage.split(', '));
    assert.deepEqual(named.filter((stage) => !stage.includes('.')).sort(), folders);
    for (const folder of folders) assert.ok(contributing.includes(`| \`src/${folder}\` `), folder);
  });
});
