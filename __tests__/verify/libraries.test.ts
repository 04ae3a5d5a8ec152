import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import type { UnpackedEntry } from '../../src/archive/unpack.ts';
import { checkLibraries } from '../../src/verify/libraries.ts';
import { type Elf, Linker } from '../support/plan/linker.ts';
import { scratch } from '../support/scratch.ts';

const libc: Elf = { soname: 'libc.so.6', needed: ['ld-linux.so.2'], runpath: '$ORIGIN' };
const loader: Elf = { soname: 'ld-linux.so.2' };
/** As `loader`, in its place: it decides which files are looked at. */
const packedLoader = { 'libexec/ld.so': loader };
const libraries = { 'lib64/libc.so.6': libc, 'lib64/ld-linux.so.2': loader };

const cases: { name: string; files: Record<string, Elf>; unresolved: string[]; data?: number }[] = [
  {
    name: 'finds what the RUNPATH of a module leads to',
    files: { ...libraries, 'lib64/python/x.so': { needed: ['libc.so.6'], runpath: '$ORIGIN/..' } },
    unresolved: [],
  },
  {
    name: 'lets a library without RUNPATH need libc and ld.so, which are loaded before it: OpenSSL’s fips.so',
    files: {
      ...libraries,
      'lib64/ossl-modules/fips.so': { soname: 'fips.so', needed: ['libc.so.6', 'ld-linux.so.2'] },
    },
    unresolved: [],
  },
  {
    name: 'reports what else a library without RUNPATH needs',
    files: { ...libraries, 'lib64/libz.so.1': {}, 'lib64/x/y.so': { needed: ['libz.so.1', 'libc.so.6'] } },
    unresolved: ['top/lib64/x/y.so needs libz.so.1'],
  },
  {
    name: 'reports the libc that a program without RUNPATH needs: nothing is loaded before a program',
    files: { ...libraries, 'lib64/x/program': { needed: ['libc.so.6'], interpreter: '/lib/ld.so' } },
    unresolved: ['top/lib64/x/program needs libc.so.6'],
  },
  {
    name: 'reports a libc that is not there',
    files: { 'lib64/ossl-modules/fips.so': { soname: 'fips.so', needed: ['libc.so.6'] } },
    unresolved: ['top/lib64/ossl-modules/fips.so needs libc.so.6'],
  },
  {
    name: 'takes what the packed loader can not load for data',
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

describe('checkLibraries', () => {
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
      const check = checkLibraries(unpacked, entries);
      assert.equal(check.files, entries.length - data);
      assert.deepEqual(check.malformed, []);
      assert.deepEqual(
        check.unresolved.map(({ path, soname }) => `${path} needs ${soname}`),
        unresolved,
      );
    });
  }
});
