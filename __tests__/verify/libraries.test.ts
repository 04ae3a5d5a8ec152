import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import type { UnpackedEntry } from '../../src/archive/write-entry.ts';
import { findLibraries } from '../../src/verify/libraries.ts';
import { type Elf, Linker } from '../support/plan/linker.ts';
import { scratch } from '../support/scratch.ts';

const libc: Elf = { soname: 'libc.so.6', needed: ['ld-linux.so.2'], runpath: '$ORIGIN' };
const loader: Elf = { soname: 'ld-linux.so.2' };
/** The same loader in its own place. It decides which files are read. */
const packedLoader = { 'libexec/ld.so': loader };
const libraries = { 'lib64/libc.so.6': libc, 'lib64/ld-linux.so.2': loader };

const cases: { name: string; files: Record<string, Elf>; unresolved: string[]; data?: number }[] = [
  {
    name: 'finds a library through the RUNPATH of a module',
    files: { ...libraries, 'lib64/python/x.so': { needed: ['libc.so.6'], runpath: '$ORIGIN/..' } },
    unresolved: [],
  },
  {
    name: 'accepts libc and ld.so for a library without RUNPATH, as they are loaded before it: OpenSSL’s fips.so',
    files: {
      ...libraries,
      'lib64/ossl-modules/fips.so': { soname: 'fips.so', needed: ['libc.so.6', 'ld-linux.so.2'] },
    },
    unresolved: [],
  },
  {
    name: 'reports any other library that a library without RUNPATH needs',
    files: { ...libraries, 'lib64/libz.so.1': {}, 'lib64/x/y.so': { needed: ['libz.so.1', 'libc.so.6'] } },
    unresolved: ['top/lib64/x/y.so needs libz.so.1'],
  },
  {
    name: 'reports libc for a program without RUNPATH, as nothing is loaded before a program',
    files: { ...libraries, 'lib64/x/program': { needed: ['libc.so.6'], interpreter: '/lib/ld.so' } },
    unresolved: ['top/lib64/x/program needs libc.so.6'],
  },
  {
    name: 'reports a libc that is missing',
    files: { 'lib64/ossl-modules/fips.so': { soname: 'fips.so', needed: ['libc.so.6'] } },
    unresolved: ['top/lib64/ossl-modules/fips.so needs libc.so.6'],
  },
  {
    name: 'ignores a file that the packed loader cannot load',
    files: {
      ...packedLoader,
      ...libraries,
      'share/example/i686.so': { class: 32, needed: ['libz.so.1'] },
      'lib64/x.so': { needed: ['libz.so.1'] },
    },
    unresolved: ['top/lib64/x.so needs libz.so.1'],
    data: 1,
  },
];

describe('the search for libraries', () => {
  const directory = scratch();
  const linker = new Linker(join(directory, 'linked'));
  for (const [index, { name, files, unresolved, data = 0 }] of cases.entries()) {
    it(name, async () => {
      const unpacked = join(directory, `${index}`);
      const entries: UnpackedEntry[] = [];
      for (const [path, elf] of Object.entries(files)) {
        const place = join(unpacked, 'top', path);
        mkdirSync(dirname(place), { recursive: true });
        copyFileSync(await linker.link(elf), place);
        const attributes = { mode: 0o755, mtime: 0, size: 0, sha256: '', target: '' };
        entries.push({ type: 'file', path: `top/${path}`, ...attributes });
      }
      const check = findLibraries(unpacked, entries);
      assert.equal(check.files, entries.length - data);
      assert.deepEqual(check.malformed, []);
      assert.deepEqual(
        check.unresolved.map(({ path, soname }) => `${path} needs ${soname}`),
        unresolved,
      );
    });
  }
});
