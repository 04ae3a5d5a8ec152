import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import type { UnpackedEntry } from '../../src/archive/write-entry.ts';
import type { ManifestFile } from '../../src/manifest/manifest.ts';
import { Choices } from '../../src/verify/choices.ts';
import { findLibraries } from '../../src/verify/libraries.ts';
import { type Elf, Linker } from '../support/plan/linker.ts';
import { scratch } from '../support/scratch.ts';
import { manifestOf } from '../support/verify/manifest.ts';

const libc: Elf = { soname: 'libc.so.6', needed: ['ld-linux.so.2'], runpath: '$ORIGIN' };
const loader: Elf = { soname: 'ld-linux.so.2' };
/** The same loader in its own place. It decides which files are read. */
const packedLoader = { 'libexec/ld.so': loader };
const libraries = { 'lib64/libc.so.6': libc, 'lib64/ld-linux.so.2': loader };

interface Case {
  name: string;
  files: Record<string, Elf>;
  unresolved: string[];
  data?: number;
  /** The needs of files in the manifest. */
  needs?: Record<string, NonNullable<ManifestFile['needs']>>;
  /** The other facts about files in the manifest. */
  facts?: Record<string, Pick<ManifestFile, 'data' | 'missing'>>;
  /** The needs that lead to another library than the packed one. */
  misled?: string[];
}

const same: Elf = { soname: 'libsame.so.1' };
const [own, shared] = ['lib64/x.libs/libsame.so.1', 'lib64/libsame.so.1'];

const cases: Case[] = [
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
  {
    name: 'ignores a file that was packed as data',
    files: { ...libraries, 'share/example/musl.so': { needed: ['libc.musl-x86_64.so.1'] } },
    facts: { 'share/example/musl.so': { data: 'it is for another C library' } },
    unresolved: [],
    data: 1,
  },
  {
    name: 'reports no library that the host did not have, but any other one',
    files: { ...libraries, 'share/example/helper': { needed: ['libgone.so.1', 'libz.so.1'] } },
    facts: { 'share/example/helper': { missing: ['libgone.so.1'] } },
    unresolved: ['top/share/example/helper needs libz.so.1'],
  },
  {
    name: 'finds a private library first by RUNPATH, if it was packed for the file',
    files: {
      ...{ [own]: same, [shared]: same },
      'lib64/x.so': { needed: ['libsame.so.1'], runpath: '$ORIGIN/x.libs:$ORIGIN' },
    },
    needs: { 'lib64/x.so': { 'libsame.so.1': own } },
    unresolved: [],
  },
  {
    name: 'reports a private library that is found after another one of its name, with both files',
    files: {
      ...{ [own]: same, [shared]: same },
      'lib64/x.so': { needed: ['libsame.so.1'], runpath: '$ORIGIN:$ORIGIN/x.libs' },
    },
    needs: { 'lib64/x.so': { 'libsame.so.1': own } },
    unresolved: [],
    misled: ['top/lib64/x.so needs libsame.so.1: top/lib64/libsame.so.1, not top/lib64/x.libs/libsame.so.1'],
  },
  {
    name: 'reports a private library that is found for a file that needs the shared one',
    files: {
      ...{ [own]: same, [shared]: same },
      'lib64/x.so': { needed: ['libsame.so.1'], runpath: '$ORIGIN/x.libs:$ORIGIN' },
    },
    unresolved: [],
    misled: ['top/lib64/x.so needs libsame.so.1: top/lib64/x.libs/libsame.so.1, not top/lib64/libsame.so.1'],
  },
  {
    name: 'ignores a library for another machine that is found first',
    files: {
      ...packedLoader,
      ...{ [own]: { ...same, class: 32 }, [shared]: same },
      'lib64/x.so': { needed: ['libsame.so.1'], runpath: '$ORIGIN/x.libs:$ORIGIN' },
    },
    unresolved: [],
    data: 1,
  },
];

describe('the search for libraries', () => {
  const directory = scratch();
  const linker = new Linker(join(directory, 'linked'));
  for (const [index, given] of cases.entries()) {
    const { name, files, unresolved, data = 0, needs = {}, facts = {}, misled = [] } = given;
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
      const choices = new Choices(join(unpacked, 'top'), manifestOf(Object.keys(files), needs, facts));
      const check = findLibraries(unpacked, entries, choices);
      assert.equal(check.files, entries.length - data);
      assert.deepEqual(check.malformed, []);
      assert.deepEqual(
        check.unresolved.map(({ path, soname }) => `${path} needs ${soname}`),
        unresolved,
      );
      assert.deepEqual(
        check.misled.map(
          ({ path, soname, found, packed }) => `${path} needs ${soname}: ${found}, not ${packed}`,
        ),
        misled,
      );
    });
  }
});
