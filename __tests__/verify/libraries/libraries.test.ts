import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import type { ManifestFile } from '../../../src/manifest/manifest.ts';
import { Choices } from '../../../src/verify/libraries/choices.ts';
import { findLibraries } from '../../../src/verify/libraries/libraries.ts';
import { type Elf, Linker } from '../../support/plan/linker.ts';
import { scratch } from '../../support/scratch.ts';
import { manifestOf } from '../../support/verify/manifest.ts';
import { unpackedAt } from '../../support/verify/unpacked.ts';

const libc: Elf = { soname: 'libc.so.6', needed: ['ld-linux.so.2'], runpath: '$ORIGIN' };
const loader: Elf = { soname: 'ld-linux.so.2' };
/** The same loader in its own place. It decides which files are read. */
const packedLoader = { 'libexec/ld.so': loader };
const libraries = { 'lib64/libc.so.6': libc, 'lib64/ld-linux.so.2': loader };

interface Case {
  name: string;
  files: Record<string, Elf>;
  /** The targets of symbolic links. */
  links?: Record<string, string>;
  /** The number of links that lead to ELF files. */
  linked?: number;
  unresolved: string[];
  data?: number;
  /** The needs of files in the manifest. */
  needs?: Record<string, NonNullable<ManifestFile['needs']>>;
  /** The other facts about files in the manifest. */
  facts?: Record<string, Pick<ManifestFile, 'data' | 'launcher' | 'missing'>>;
  /** The needs that lead to another library than the packed one. */
  misled?: string[];
  /** The entries of a RUNPATH that lead out of the archive. */
  outside?: string[];
}

/** The other spelling of $ORIGIN. */
const braced = ['$', '{ORIGIN}'].join('');
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
    name: 'takes the directory of its launcher for the $ORIGIN of a program',
    files: {
      ...{ ...libraries, 'bin/tool': {}, 'lib64/libz.so.1': {} },
      'libexec/programs/bin/tool': {
        interpreter: '/lib/ld.so',
        needed: ['libz.so.1'],
        runpath: '$ORIGIN/../lib64:$ORIGIN/../../lib64',
      },
    },
    facts: { 'libexec/programs/bin/tool': { launcher: 'bin/tool' } },
    unresolved: [],
    outside: ['top/libexec/programs/bin/tool: $ORIGIN/../../lib64'],
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
  ...[
    ...[
      '/usr/lib64',
      '',
      'lib64',
      '.',
      '$ORIGIN/../..',
      '$ORIGIN/../nothing/../..',
      '$ORIGINAL',
      '$ORIGIN/$LIB',
    ],
    ...[`${braced}/../..`, '$ORIGIN/link/../..', '$ORIGIN/../../top/lib64'],
  ].map((entry) => ({
    name: `reports the entry ${JSON.stringify(entry)} of a RUNPATH, which leads out of the archive`,
    files: { ...libraries, 'lib64/x.so': { needed: ['libc.so.6'], runpath: `$ORIGIN:${entry}` } },
    links: { 'lib64/link': '.' },
    unresolved: [],
    outside: [`top/lib64/x.so: ${entry}`],
  })),
  {
    name: 'reports an entry of a RPATH that leads out of the archive',
    files: { 'lib64/x.so': { rpath: '/usr/lib64' } },
    unresolved: [],
    outside: ['top/lib64/x.so: /usr/lib64'],
  },
  {
    name: 'finds a library in all other entries',
    files: {
      ...libraries,
      'lib64/a/x.so': { needed: ['libc.so.6'], runpath: `${braced}//..` },
      'lib64/a/y.so': { needed: ['libc.so.6'], runpath: '$ORIGIN/../link' },
    },
    links: { 'lib64/link': 'a/..' },
    unresolved: [],
  },
  {
    name: 'names the links by which two libraries are found',
    files: {
      'lib64/libsame.so.1.0': same,
      [own]: same,
      'lib64/x.so': { needed: ['libsame.so.1'], runpath: '$ORIGIN' },
    },
    links: { 'lib64/libsame.so.1': 'libsame.so.1.0', 'lib64/link.so': 'x.libs/libsame.so.1' },
    linked: 2,
    needs: { 'lib64/x.so': { 'libsame.so.1': 'lib64/link.so' } },
    unresolved: [],
    misled: ['top/lib64/x.so needs libsame.so.1: top/lib64/libsame.so.1, not top/lib64/link.so'],
  },
  {
    name: 'passes over links that lead in a circle, and names that are too long for any file',
    files: {
      ...libraries,
      'lib64/x.so': { needed: ['libc.so.6', 'n'.repeat(5000), 'loop.so'], runpath: '$ORIGIN' },
    },
    links: { 'lib64/loop.so': 'loop.so' },
    unresolved: [`top/lib64/x.so needs ${'n'.repeat(5000)}`, 'top/lib64/x.so needs loop.so'],
  },
];

describe('the search for libraries', () => {
  const directory = scratch();
  const linker = new Linker(join(directory, 'linked'));
  for (const [index, given] of cases.entries()) {
    const {
      name,
      files,
      links = {},
      linked = 0,
      unresolved,
      data = 0,
      needs = {},
      facts = {},
      misled = [],
      outside = [],
    } = given;
    it(name, async () => {
      for (const [path, elf] of Object.entries(files)) {
        const place = join(directory, `${index}`, 'top', path);
        mkdirSync(dirname(place), { recursive: true });
        copyFileSync(await linker.link(elf), place);
      }
      for (const [path, target] of Object.entries(links))
        symlinkSync(target, join(directory, `${index}`, 'top', path));
      const unpacked = unpackedAt(join(directory, `${index}`), 'top');
      const choices = new Choices(unpacked, manifestOf(Object.keys(files), needs, facts));
      const check = findLibraries(unpacked, choices);
      assert.equal(check.files, Object.keys(files).length + linked - data);
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
      assert.deepEqual(
        check.outside.map(({ path, entry }) => `${path}: ${entry}`),
        outside,
      );
    });
  }
});
