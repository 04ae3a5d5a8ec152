import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { RelopackError } from '../../src/common/error.ts';
import { openRoot } from '../../src/host/root.ts';
import { findInterpreter } from '../../src/python/interpreter.ts';
import { Installed } from '../../src/rpm/installed.ts';
import { FileFlag } from '../../src/rpm/package.ts';
import { type Content, type MadePackage, place } from '../support/plan/host.ts';
import { Linker } from '../support/plan/linker.ts';
import { base, loaderName, python, python39 } from '../support/plan/python.ts';
import { installedPackage } from '../support/plan/values.ts';
import { scratch } from '../support/scratch.ts';

const directory = scratch();
const linker = new Linker(join(directory, 'linked'));

/** Packages as values, with their files and the `unowned` ones in a new root. */
async function hostOf(packages: MadePackage[], unowned: Record<string, Content> = {}): Promise<Installed> {
  const root = mkdtempSync(join(directory, 'root-'));
  const values = packages.map(({ name, version = '1', provides = [], files = {} }) =>
    installedPackage(name, {
      evr: `${version}-1.el8`,
      arch: 'x86_64',
      provides,
      files: Object.entries(files).map(([path, content]) => ({
        path,
        flags: content.as === '%ghost' ? FileFlag.ghost : 0,
      })),
    }),
  );
  for (const files of [...packages.map((pkg) => pkg.files ?? {}), unowned]) {
    for (const [path, content] of Object.entries(files)) {
      if (content.as !== '%ghost') await place(root, path, content, linker);
    }
  }
  return new Installed(openRoot(root), values);
}

const ghost: Content = { as: '%ghost', text: '' };

/** EL8: the system's Python is not in bin, and alternatives decide what python3 is. */
const el8 = (alternative: string, packages: MadePackage[] = []) =>
  hostOf(
    [
      ...base(),
      ...python({
        version: '3.6',
        name: 'platform-python',
        libs: 'python3-libs',
        executable: 'libexec/platform-python3.6',
        more: { '/usr/libexec/platform-python': { link: './platform-python3.6' } },
      }),
      {
        name: 'python36',
        version: '3.6.8',
        provides: ['python3 = 3.6.8-1.el8'],
        files: {
          '/usr/bin/python3.6': { link: '../libexec/platform-python3.6' },
          '/usr/bin/python3': ghost,
        },
      },
      ...packages,
    ],
    {
      '/etc/alternatives/python3': { link: alternative },
      '/usr/bin/python3': { link: '/etc/alternatives/python3' },
    },
  );
const python38 = python({
  version: '3.8',
  name: 'python38',
  libs: 'python38-libs',
  more: { '/usr/bin/python3': ghost },
});

/** EL9: python3 is a package, and other Pythons are beside it. */
const el9 = await hostOf([
  ...base(),
  ...python39(),
  ...python({ version: '3.12', name: 'python3.12', libs: 'python3.12-libs', release: '3.12.4~rc1' }),
]);

const azure = await hostOf([
  ...base('/usr/lib'),
  ...python({
    version: '3.9',
    name: 'python3',
    libs: 'python3-libs',
    lib: 'lib',
    more: { '/usr/bin/python3': { link: 'python3.9' } },
  }),
]);

const collection = await hostOf([
  ...base(),
  ...python({
    version: '3.8',
    name: 'rh-python38-python',
    libs: 'rh-python38-python-libs',
    prefix: '/opt/rh/rh-python38/root/usr',
  }),
]);

const unusualName = await hostOf([
  ...base(),
  ...python({ version: '3.13', name: 'python3', libs: 'python3-libs', executable: 'bin/python3' }),
]);

interface Case {
  name: string;
  host: Installed;
  word: string;
  found: {
    path: string;
    version: string;
    release?: string;
    prefix?: string;
    stdlib?: string;
    package?: string;
  };
}

const platform = { path: '/usr/libexec/platform-python3.6', version: '3.6', package: 'platform-python' };
const first = { path: '/usr/bin/python3.9', version: '3.9', package: 'python3' };
const second = { path: '/usr/bin/python3.12', version: '3.12', package: 'python3.12' };

const cases: Case[] = [
  {
    name: 'python3 is the interpreter of the command, through the links of alternatives',
    host: await el8('/usr/bin/python3.6'),
    word: 'python3',
    found: platform,
  },
  {
    name: 'python3 is the interpreter of the command, even if another package provides the name',
    host: await el8('/usr/bin/python3.8', python38),
    word: 'python3',
    found: { path: '/usr/bin/python3.8', version: '3.8', package: 'python38' },
  },
  {
    name: 'python3 is the interpreter of the package that provides it, if the link leads nowhere',
    host: await el8('/usr/bin/gone'),
    word: 'python3',
    found: platform,
  },
  {
    name: 'a version finds the system’s Python by its link',
    host: await el8('/usr/bin/gone'),
    word: '3.6',
    found: platform,
  },
  {
    name: 'a version finds a Python that is not in bin',
    host: await hostOf([
      ...base(),
      ...python({
        version: '3.6',
        name: 'platform-python',
        libs: 'python3-libs',
        executable: 'libexec/platform-python3.6',
      }),
    ]),
    word: '3.6',
    found: platform,
  },
  {
    name: 'a package that only contains a link leads to the interpreter',
    host: await el8('/usr/bin/python3.6'),
    word: 'python36',
    found: platform,
  },
  {
    name: 'a path that is a link leads to the interpreter',
    host: await el8('/usr/bin/python3.6'),
    word: '/usr/libexec/platform-python',
    found: platform,
  },
  {
    name: 'a path through alternatives leads to the interpreter',
    host: await el8('/usr/bin/python3.6'),
    word: '/usr/bin/python3',
    found: platform,
  },
  {
    name: 'python3 is the package',
    host: el9,
    word: 'python3',
    found: { ...first, release: '3.9.7', prefix: '/usr', stdlib: '/usr/lib64/python3.9' },
  },
  {
    name: 'a version chooses one of several',
    host: el9,
    word: '3.12',
    found: { ...second, release: '3.12.4' },
  },
  { name: 'a full version means exactly that release', host: el9, word: '3.9.7', found: first },
  { name: 'a package chooses one of several', host: el9, word: 'python3.12', found: second },
  { name: 'a capability chooses one of several', host: el9, word: 'python(abi)', found: first },
  { name: 'a path chooses one of several', host: el9, word: '/usr/bin/python3.12', found: second },
  {
    name: 'the directory of a path may be a link',
    host: el9,
    word: '/bin/python3.12',
    found: second,
  },
  {
    name: 'the standard library may be in lib',
    host: azure,
    word: 'python3',
    found: { ...first, stdlib: '/usr/lib/python3.9' },
  },
  {
    name: 'a software collection has its own prefix',
    host: collection,
    word: 'rh-python38-python',
    found: {
      path: '/opt/rh/rh-python38/root/usr/bin/python3.8',
      version: '3.8',
      prefix: '/opt/rh/rh-python38/root/usr',
      stdlib: '/opt/rh/rh-python38/root/usr/lib64/python3.8',
    },
  },
  {
    name: 'a version finds a software collection',
    host: collection,
    word: '3.8',
    found: { path: '/opt/rh/rh-python38/root/usr/bin/python3.8', version: '3.8' },
  },
  {
    name: 'a file that is only called python3 has the version of its package’s python(abi)',
    host: unusualName,
    word: 'python3',
    found: { path: '/usr/bin/python3', version: '3.13' },
  },
];

describe('the interpreter', () => {
  for (const { name, host, word, found } of cases) {
    it(`${name}: ${word}`, () => {
      const interpreter = findInterpreter(host, word);
      assert.deepEqual(
        { ...interpreter, package: interpreter.package.name },
        { ...interpreter, package: interpreter.package.name, ...found },
      );
      assert.equal(host.root.resolve(interpreter.path), interpreter.path);
      assert.ok(interpreter.loader.endsWith(`/${loaderName}`), interpreter.loader);
    });
  }
});

const script: MadePackage = {
  name: 'pyenv',
  files: { '/usr/bin/python3.7': { text: '#!/bin/sh\n', mode: 0o755 } },
};

const refusals: { name: string; host: Installed; word: string; says: string[] }[] = [
  {
    name: 'a version that is not installed, with the installed versions',
    host: el9,
    word: '3.10',
    says: ["Python '3.10' is not installed", 'Installed versions: 3.9, 3.12.'],
  },
  {
    name: 'another patch level than the installed one',
    host: el9,
    word: '3.12.5',
    says: ["'3.12.5'", '3.9, 3.12'],
  },
  {
    name: 'a package without an interpreter',
    host: el9,
    word: 'glibc',
    says: ["'glibc'", 'set --python to an installed one'],
  },
  {
    name: 'any, if the host has no Python',
    host: await hostOf(base()),
    word: 'python3',
    says: ['No Python is installed.'],
  },
  {
    name: 'a script of that name',
    host: await hostOf([...base(), script]),
    word: '3.7',
    says: ['No Python is installed.'],
  },
  {
    name: 'one that no package owns',
    host: await hostOf(base(), { '/usr/local/bin/python3.13': { elf: { interpreter: '/lib64/ld.so' } } }),
    word: '/usr/local/bin/python3.13',
    says: ['/usr/local/bin/python3.13 is not a Python interpreter of an RPM package'],
  },
  {
    name: 'a path where nothing is',
    host: el9,
    word: '/opt/python',
    says: ["Python '/opt/python' is not installed"],
  },
  {
    name: 'one without its standard library',
    host: await hostOf([
      ...base(),
      ...python({ version: '3.9', name: 'python3', libs: 'python3-libs' }).slice(0, 1),
    ]),
    word: 'python3',
    says: [
      'no os.py in /usr/lib64/python3.9 or /usr/lib/python3.9',
      'Reinstall the packages of this Python: python3',
    ],
  },
  {
    name: 'one that names no loader',
    host: await hostOf([
      ...base(),
      {
        name: 'static',
        files: { '/usr/bin/python3.9': { elf: {} }, '/usr/lib64/python3.9/os.py': { text: '' } },
      },
    ]),
    word: '3.9',
    says: ['names no loader (PT_INTERP)'],
  },
];

describe('no interpreter', () => {
  for (const { name, host, word, says } of refusals) {
    it(`is ${name}: ${word}`, () => {
      assert.throws(
        () => findInterpreter(host, word),
        (error) => {
          assert.ok(error instanceof RelopackError, String(error));
          assert.equal(error.code, 'python-not-found');
          const text = `${error.message}\n${error.remedy}`;
          for (const part of says) assert.ok(text.includes(part), `${text}\nlacks: ${part}`);
          return true;
        },
      );
    });
  }
});
