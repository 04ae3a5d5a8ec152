import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import picomatch from 'picomatch';

const checkout = join(import.meta.dirname, '../..');

/** A folder with more files than this is split. */
const maxFiles = 12;

/** A shorter file is part of another one. */
const minLines = 4;

/** Tests that are about several source files, and what each is about. */
const ofSeveralFiles: Readonly<Record<string, string>> = {
  '__tests__/elf/architectures.test.ts': 'reading and editing, for each kind of machine',
  '__tests__/elf/hostile.test.ts': 'reading and editing, with files that were damaged on purpose',
  '__tests__/elf/set-runpath/forms.test.ts':
    'all ways of editing, with the forms of files that linkers leave',
  '__tests__/elf/set-runpath/sample.test.ts': 'all ways of editing, with the ELF files of this machine',
  '__tests__/launcher/program/place.test.ts': 'called.h, path.h and tree.h: how the launcher finds its tree',
  '__tests__/launcher/program/variables.test.ts': 'environment.h and handover.h: the variables of a caller',
  '__tests__/launcher/program.test.ts': 'both launchers of programs that are not Python',
  '__tests__/launcher/startup/patches/test_loader.py': 'patches/__init__.py, and the watcher that uses it',
  '__tests__/launcher/startup/test_start.py': 'startup/__init__.py: start()',
  '__tests__/launcher/startup/test_watcher.py': 'startup/__init__.py: the watcher',
  '__tests__/rpm/hostile.test.ts': 'reading a database that was damaged on purpose',
  '__tests__/plan/added/locales.test.ts': 'language packs, from the request to the messages',
  '__tests__/plan/files/scripts.test.ts': 'console scripts, from the selection to the layout',
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

/** The globs of imports that biome.json forbids, by the glob of the files that it forbids them to. */
function rulesOfImports(): Map<string, string[]> {
  const { overrides } = JSON.parse(readFileSync(join(checkout, 'biome.json'), 'utf8'));
  const rules = new Map<string, string[]>();
  for (const { includes, linter } of overrides) {
    const patterns: { group: string[] }[] = linter.rules.style.noRestrictedImports.options.patterns;
    for (const glob of includes)
      rules.set(
        glob,
        patterns.flatMap(({ group }) => group),
      );
  }
  return rules;
}

/** Whether the globs forbid to import a folder, or a file of src. */
function isForbidden(globs: readonly string[], name: string): boolean {
  return picomatch.isMatch(name.endsWith('.ts') ? `src/${name}` : `src/${name}/file.ts`, [...globs]);
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

  test('of src that contain TypeScript have a folder of tests of the same path', () => {
    for (const folder of foldersOf(
      sources.filter((file) => file.endsWith('.ts')),
      'src',
    )) {
      const mirrored = tests.some((file) => dirname(file) === `__tests__/${folder}`);
      assert.ok(mirrored, folder);
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

describe('a test', () => {
  const isMirrored = (test: string) => !ownFolders.includes(test.split('/')[1] ?? '');
  const own = tests.filter((test) => /\.test\.ts$|\/test_[^/]*\.py$/.test(test) && isMirrored(test));
  const sourceOf = (test: string) =>
    test
      .replace(/^__tests__/, 'src')
      .replace(/\.test\.ts$/, '.ts')
      .replace(/\/test_([^/]*\.py)$/, '/$1');

  test('has the path of the source file that it tests, or is about several', () => {
    const without = own.filter((test) => !sources.includes(sourceOf(test)));
    assert.deepEqual(without, Object.keys(ofSeveralFiles).sort());
  });
});

describe('the order of imports', () => {
  const contributing = readFileSync(join(checkout, 'CONTRIBUTING.md'), 'utf8');
  /** The stages: each is one folder, the two files of the map, or the two front ends. */
  const order = (/^common → .*$/m.exec(contributing)?.[0].split(' → ') ?? []).map((stage) =>
    stage.split(', '),
  );
  const rules = rulesOfImports();

  for (const [index, stage] of order.entries()) {
    for (const name of stage) {
      test(`lets ${name} import only what comes before it`, () => {
        const isMap = name.endsWith('.ts');
        const own = [...rules].filter(([glob]) =>
          isMap ? glob === 'src/*.ts' : glob.startsWith(`src/${name}/`),
        );
        const beside = isMap ? [] : stage.filter((other) => other !== name);
        // Biome applies the last rule that matches, so the rule of a folder in a stage comes after the stage's.
        assert.equal(own[0]?.[0], isMap ? 'src/*.ts' : `src/${name}/**`);
        for (const [glob, groups] of own)
          assert.deepEqual(
            order.flat().filter((other) => isForbidden(groups, other)),
            [...beside, ...order.slice(index + 1).flat()],
            glob,
          );
      });
    }
  }

  test('lets neither the reading of ELF files import the editing, nor the search for libraries the choice of files', () => {
    for (const [glob, folder] of [
      ['src/elf/*.ts', 'set-runpath'],
      ['src/elf/*.ts', 'isolate'],
      ['src/plan/libraries/**', 'files'],
    ] as const)
      assert.ok(isForbidden(rules.get(glob) ?? [], folder), `${glob} imports ${folder}`);
  });

  test('in CONTRIBUTING has each folder of src, and so has its table', () => {
    const folders = foldersOf(sources, 'src').filter((folder) => !folder.includes('/'));
    const named = order.flat();
    assert.deepEqual(named.filter((stage) => !stage.includes('.')).sort(), folders);
    for (const folder of folders) assert.ok(contributing.includes(`| \`src/${folder}\` `), folder);
  });
});
