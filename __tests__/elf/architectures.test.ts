import assert from 'node:assert/strict';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { readImage } from '../../src/elf/image.ts';
import { isolateLoader } from '../../src/elf/isolate/loader.ts';
import { setRunpath } from '../../src/elf/set-runpath/set-runpath.ts';
import { architectures } from '../support/elf/architectures.ts';
import { objections, testimony } from '../support/elf/judge.ts';
import { type Editors, mirror } from '../support/elf/mirror.ts';
import { type Contents, contents, foreign, type System } from '../support/elf/system.ts';
import { undo } from '../support/elf/undo.ts';
import { run } from '../support/run.ts';
import { scratch } from '../support/scratch.ts';

/** glibc, a program that needs nothing else, and C and C++ libraries. */
const packages = ['libc-bin', 'zlib1g', 'libstdc++6'];
const handful = /\/(getconf|libc\.so\.6|libm\.so\.6|libz\.so\.1\.[^/]*|libstdc\+\+\.so\.6\.[^/]*)$/;
const program = '/usr/bin/getconf';

const directory = scratch();
const copyFile = async (from: string, to: string) => copyFileSync(from, to);
const isolate = async (from: string, to: string) => {
  writeFileSync(to, isolateLoader(readFileSync(from), from), { mode: 0o755 });
};
const edited: Editors = {
  runpath: async (from, to, runpath) => {
    writeFileSync(to, setRunpath(readFileSync(from), runpath, from), { mode: 0o755 });
  },
  loader: isolate,
  other: copyFile,
};

for (const architecture of architectures) {
  const { name, loader, largePages } = architecture;
  describe(name, async () => {
    const system = await foreign(architecture, packages);
    const all = contents(system, ['/']);
    const files = all.files.filter((path) => handful.test(path) || path === system.loader);
    const found: Contents = { files, links: all.links.filter(({ target }) => files.includes(target)) };
    const folder = join(directory, name);
    const { runpaths, failures } = await mirror(system, found, folder, edited);

    test('has at least five files to edit', () => {
      assert.deepEqual(failures, new Map());
      assert.ok(runpaths.size >= 5, [...runpaths.keys()].join());
    });

    for (const [path, runpath] of runpaths) {
      test(`${path} keeps everything but its RUNPATH`, async () => {
        const copy = join(folder, path);
        assert.deepEqual(undo(system.root.read(path), readFileSync(copy)).undeclared, []);
        assert.deepEqual(await objections(await testimony(system.root.onDisk(path)), copy, runpath), []);
      });
    }

    test(`has programs for ${loader}, and that ld.so`, () => {
      assert.equal(readImage(system.root.read(program), program).interpreter, loader);
      assert.match(system.loader, new RegExp(`${loader.replace(/^.*\//, '/').replaceAll('.', '\\.')}$`));
    });

    test('has an ld.so in which only the known strings change', () => {
      const original = system.root.read(system.loader);
      const isolated = isolateLoader(original, name);
      assert.equal(isolated.length, original.length);
      assert.equal(isolateLoader(isolated, name), isolated, 'a second run changes nothing');
      const known = /^(\/etc\/ld\.so\.(cache|preload)|(\/usr)?\/lib(64)?\/([\w-]+\/)?)$/;
      assert.deepEqual(
        changedStrings(original, isolated).filter((text) => !known.test(text)),
        [],
      );
      assert.doesNotMatch(
        isolated.toString('latin1'),
        new RegExp(`/(etc/ld\\.so\\.(cache|preload)|(usr/)?lib(64)?/(${architecture.triplet}/)?)\0`),
      );
    });

    for (const pageSize of [4096, ...(largePages ? [65_536] : [])]) {
      test(`has a program that finds its libraries by RUNPATH alone, with pages of ${pageSize} bytes`, async () => {
        const runner = await foreign(architecture, packages, pageSize);
        const { code, stdout, stderr } = await start(runner, join(folder, program));
        assert.equal(stderr, '');
        assert.deepEqual([code, stdout.toString()], [0, `${pageSize}\n`]);
      });
    }

    test('has a program that finds no library without a RUNPATH', async () => {
      const { code, stderr } = await start(system, system.root.onDisk(program));
      assert.equal(code, 127);
      assert.match(stderr, /libc\.so\.6: cannot open shared object file/);
    });

    function start(runner: System, path: string) {
      const [command = '', ...words] = [...runner.emulator, join(folder, runner.loader), path, 'PAGESIZE'];
      return run(command, words, { env: { PATH: process.env.PATH ?? '' } });
    }
  });
}

/** The strings of the original in which a byte was changed, each up to its NUL. */
function changedStrings(before: Buffer, after: Buffer): string[] {
  const found: string[] = [];
  for (let at = 0; at < before.length; at++) {
    if (before[at] === after[at]) continue;
    const start = at - 1;
    const end = before.indexOf(0, at);
    found.push(before.toString('latin1', before[start] === 0x2f ? start : at, end));
    at = end;
  }
  return found;
}
