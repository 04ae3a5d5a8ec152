import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { unpack } from '../../src/archive/unpack.ts';
import type { UnpackedEntry } from '../../src/archive/write-entry.ts';
import { type Packed, pack } from '../../src/pack.ts';
import { findLibraries } from '../../src/verify/libraries/libraries.ts';
import { Unpacked } from '../../src/verify/unpacked.ts';
import { type Shape, shapes } from '../support/layouts/layouts.ts';
import { makeHost, place, standard } from '../support/plan/host.ts';
import { Linker } from '../support/plan/linker.ts';
import { scratch } from '../support/scratch.ts';

const scratchDirectory = scratch();
/** Equal files of the hosts are linked once. */
const linker = new Linker(join(scratchDirectory, 'linked'));

for (const [index, shape] of shapes.entries()) {
  describe(shape.name, () => {
    const directory = join(scratchDirectory, `${index}`);
    const warned: string[] = [];
    let packed: Packed;
    let entries: UnpackedEntry[];
    before(async () => {
      const root = await installShape(directory, shape);
      const log = { stage: () => {}, done: () => {}, warn: (message: string) => warned.push(message) };
      const own = { root, directory, prefix: 'top', strict: false, compressionLevel: 1, verify: false };
      packed = await pack({ ...standard, ...shape.options, ...own }, log);
      entries = await unpack(packed.path, join(directory, 'unpacked'));
    });

    it('packs the files of its Python and nothing else', () => {
      const packages = new Map(packed.manifest.packages.map(({ name, reason }) => [name, reason]));
      assert.deepEqual([...packages.keys()].sort(), shape.packed);
      assert.equal(packages.get('glibc'), "the interpreter's loader, ld.so");
      assert.deepEqual(warned, shape.warnings ?? []);
    });

    for (const [path, is] of Object.entries(shape.entries)) {
      it(`has ${is === undefined ? 'nothing' : `a ${is.trim()}`} at ${path}`, () => {
        const found = entries.find((entry) => entry.path === `top/${path}`);
        if (is?.startsWith('file: ')) {
          const text = readFileSync(join(directory, 'unpacked/top', path), 'utf8');
          assert.equal(text, is.slice('file: '.length));
        } else {
          assert.equal(found?.type === 'symlink' ? `symlink → ${found.target}` : found?.type, is);
        }
      });
    }

    it('finds in itself every library that its files need, and every target of a link', () => {
      const { files, unresolved } = findLibraries(new Unpacked(join(directory, 'unpacked'), entries));
      assert.ok(files >= 5, `${files} ELF files`);
      assert.deepEqual(unresolved, []);
      const links = entries.filter(({ type }) => type === 'symlink');
      assert.deepEqual(
        links.filter(({ path }) => !existsSync(join(directory, 'unpacked', path))),
        [],
      );
    });
  });
}

/** Makes the host of a shape and adds the files that no package contains, also in place of ghosts. */
async function installShape(directory: string, { packages, unowned = {} }: Shape): Promise<string> {
  const { root } = await makeHost(directory, packages, linker);
  for (const [path, content] of Object.entries(unowned)) {
    rmSync(join(root, path), { force: true });
    await place(root, path, content, linker);
  }
  return root;
}
