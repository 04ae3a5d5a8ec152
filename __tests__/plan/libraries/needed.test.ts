import assert from 'node:assert/strict';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { RelopackError } from '../../../src/common/error.ts';
import type { Entry } from '../../../src/plan/entry.ts';
import type { Plan } from '../../../src/plan/plan.ts';
import { explain } from '../../../src/plan/reason.ts';
import type { Installed } from '../../../src/rpm/installed.ts';
import {
  type Content,
  type MadeHost,
  type MadePackage,
  makeHost,
  planOf,
  remarksOf,
} from '../../support/plan/host.ts';
import { base, loaderName, module, python39 } from '../../support/plan/python.ts';
import { must } from '../../support/run.ts';
import { scratch } from '../../support/scratch.ts';

const site = '/usr/lib64/python3.9/site-packages';

/** A package with one shared library. */
function library(
  soname: string,
  needed: string[] = [],
  more: Record<string, Content> = {},
  dlopen?: string,
): MadePackage {
  const elf = { soname, needed, ...(dlopen === undefined ? {} : { dlopen }) };
  return {
    name: soname.replace(/\.so.*/, ''),
    provides: [`${soname}()(64bit)`],
    files: { [`/usr/lib64/${soname}`]: { elf }, ...more },
  };
}

/** A note about libraries that are loaded by dlopen. */
function note(soname: string[], feature?: string, priority?: string): string {
  return JSON.stringify([{ soname, feature, priority }]);
}

/** A module with an extension that needs libraries. */
function extension(name: string, needed: string[], more: Partial<MadePackage> = {}): MadePackage {
  return {
    ...more,
    name: `python3-${name}`,
    files: { [`${site}/${name}.so`]: { elf: { needed } }, ...more.files },
  };
}

const packages: MadePackage[] = [
  ...base(),
  { name: 'ldconf', files: { '/etc/ld.so.conf': { text: '/usr/lib64\n' } } },
  ...python39(),
  library('liba.so.1', ['libb.so.1', 'libc.so.6']),
  library('libb.so.1', ['liba.so.1', loaderName]),
  ...['libstdc++.so.6', 'libgcc_s.so.1', 'libm.so.6', 'libpthread.so.0'].map((soname) => library(soname)),
  ...['libnss_files.so.2', 'libnss_dns.so.2'].map((soname) => library(soname)),
  library('libcrypto.so.3', [], {
    '/usr/lib64/ossl-modules/legacy.so': { elf: { needed: ['libcrypto.so.3', 'liba.so.1'] } },
    '/usr/lib64/ossl-modules/fips.so': { elf: { needed: ['libc.so.6'] } },
    '/usr/lib64/ossl-modules/README': { text: 'no module\n' },
    '/usr/lib64/engines-3/padlock.so': { elf: { needed: ['libcrypto.so.3'] } },
    '/usr/lib64/engines-old/old.so.txt': { text: 'none either\n' },
  }),
  {
    name: 'systemd-libs',
    provides: ['libudev.so.1()(64bit)', 'libsystemd.so.0()(64bit)'],
    files: {
      '/usr/lib64/libudev.so.1.7': { elf: { soname: 'libudev.so.1', needed: ['libcap.so.2'] } },
      '/usr/lib64/libudev.so.1': { link: 'libudev.so.1.7' },
      '/usr/lib64/libsystemd.so.0': { elf: { soname: 'libsystemd.so.0' } },
    },
  },
  library('libcap.so.2'),
  { name: 'bash', files: { '/usr/bin/bash': { elf: { needed: ['libtinfo.so.6'] } } } },
  extension('chain', ['liba.so.1']),
  extension('crypto', ['libcrypto.so.3']),
  module('udev', '3.9', { requires: ['libudev.so.1()(64bit)'] }),
  module('systemd', '3.9', { requires: ['systemd-libs'] }),
  extension('explained', ['libudev.so.1'], { requires: ['systemd-libs', 'libudev.so.1()(64bit)'] }),
  extension('indirect', ['liba.so.1'], { requires: ['libb.so.1()(64bit)'] }),
  module('shell', '3.9', { requires: ['bash', 'libabsent.so.1()(64bit)'] }),
  extension('broken', ['libgone.so.1', 'liblost.so.2'], {
    files: { [`${site}/broken2.so`]: { elf: { needed: ['libgone.so.1'] } } },
  }),
  extension('deep', ['libdeep.so.1']),
  library('libdeep.so.1', ['libgone.so.1']),
  extension('data', ['liba.so.1'], {
    files: {
      [`${site}/data/sample32.so`]: { elf: { soname: 'sample', needed: ['libgone.so.1'], class: 32 } },
      [`${site}/data/text.so`]: { text: 'INPUT(liba.so.1)\n' },
    },
  }),
  { name: 'vendor', files: { '/opt/vendor/plugin.so': { elf: { needed: ['liba.so.1'] } } } },
  extension('linked', [], { files: { [`${site}/plugin.so`]: { link: '/opt/vendor/plugin.so' } } }),
  library('libnoted.so.1', [], {}, note(['liboptional.so.1', 'libopt.so.2'], 'speed', 'suggested')),
  ...['liboptional.so.1', 'libopt.so.2'].map((soname) => library(soname)),
  extension('noted', ['libnoted.so.1'], {
    files: {
      [`${site}/noted.libs/libown.so.1`]: { elf: { soname: 'libown.so.1' } },
      [`${site}/own.so`]: {
        elf: { needed: ['libc.so.6'], runpath: '$ORIGIN/noted.libs', dlopen: note(['libown.so.1']) },
      },
    },
  }),
  extension('wanting', ['libc.so.6'], {
    files: {
      [`${site}/required.so`]: { elf: { dlopen: note(['libno.so.2', 'libno.so.1'], 'color', 'required') } },
      [`${site}/optional.so`]: { elf: { dlopen: note(['libno.so.3'], 'sound', 'recommended') } },
      [`${site}/unreadable.so`]: { elf: { dlopen: '[{' } },
    },
  }),
  extension('private', ['libprivate.so.1', 'libb.so.1'], {
    files: {
      [`${site}/private.libs/libprivate.so.1`]: {
        elf: { soname: 'libprivate.so.1', needed: ['libinner.so.1'] },
      },
      [`${site}/private.libs/libinner.so.1`]: { elf: { soname: 'libinner.so.1' } },
      [`${site}/private.so`]: {
        elf: { needed: ['libprivate.so.1', 'libb.so.1'], rpath: '$ORIGIN/private.libs' },
      },
    },
  }),
  extension('second', ['liba.so.1', 'libb.so.1'], {
    files: {
      [`${site}/second.libs/libb.so.1`]: { elf: { soname: 'libb.so.1' } },
      [`${site}/second.so`]: {
        elf: { needed: ['liba.so.1', 'libb.so.1'], runpath: '$ORIGIN/second.libs' },
      },
    },
  }),
];

const directory = scratch();
let host: MadeHost;
let installed: Installed;
before(async () => {
  host = await makeHost(directory, packages);
  installed = await host.read();
});

function planFor(word: string): Promise<Plan> {
  return planOf(installed, { modules: [`python3-${word}`] });
}

function entryAt({ entries }: Plan, path: string): Entry {
  const found = entries.find((entry) => entry.path === path);
  assert.ok(found !== undefined, `${path} is in the archive`);
  return found;
}

/** The other libraries: not those of the interpreter and of glibc, and not those that are always packed. */
function libraries(plan: Plan): Record<string, string> {
  const rows = plan.entries
    .filter(
      ({ path, reason }) => /\.so\b/.test(path) && !['platform', 'loader', 'added'].includes(reason.kind),
    )
    .filter(({ path }) => !/libpython|math\.so|libnss/.test(path))
    .map(({ path, reason }) => [path, explain(reason)] as const);
  return Object.fromEntries(rows.filter(([, why]) => !why.startsWith('requested')));
}

const cases: { name: string; word: string; libraries: Record<string, string> }[] = [
  {
    name: 'those that an extension needs and those that these need, also in a circle',
    word: 'chain',
    libraries: {
      'lib64/liba.so.1': `liba.so.1 needed by ${site}/chain.so`,
      'lib64/libb.so.1': 'libb.so.1 needed by /usr/lib64/liba.so.1',
    },
  },
  {
    name: 'the providers and engines beside libcrypto, and the libraries that they need',
    word: 'crypto',
    libraries: {
      'lib64/engines-3/padlock.so': 'loaded at run time by libcrypto.so.3',
      'lib64/liba.so.1': 'liba.so.1 needed by /usr/lib64/ossl-modules/legacy.so',
      'lib64/libb.so.1': 'libb.so.1 needed by /usr/lib64/liba.so.1',
      'lib64/libcrypto.so.3': `libcrypto.so.3 needed by ${site}/crypto.so`,
      'lib64/ossl-modules/fips.so': 'loaded at run time by libcrypto.so.3',
      'lib64/ossl-modules/legacy.so': 'loaded at run time by libcrypto.so.3',
    },
  },
  {
    name: 'the library that a pure module requires by its soname and loads by ctypes',
    word: 'udev',
    libraries: {
      'lib64/libcap.so.2': 'libcap.so.2 needed by /usr/lib64/libudev.so.1.7',
      'lib64/libudev.so.1': 'declared by python3-udev-1-1.noarch (libudev.so.1()(64bit)), loaded at run time',
      'lib64/libudev.so.1.7': '/usr/lib64/libudev.so.1 leads to it',
    },
  },
  {
    name: 'all libraries of the package that a pure module requires by name',
    word: 'systemd',
    libraries: {
      'lib64/libcap.so.2': 'libcap.so.2 needed by /usr/lib64/libudev.so.1.7',
      'lib64/libsystemd.so.0': 'declared by python3-systemd-1-1.noarch (systemd-libs), loaded at run time',
      'lib64/libudev.so.1': 'declared by python3-systemd-1-1.noarch (systemd-libs), loaded at run time',
      'lib64/libudev.so.1.7': '/usr/lib64/libudev.so.1 leads to it',
    },
  },
  {
    name: 'no further library of a required package, if an extension needs one of its libraries',
    word: 'explained',
    libraries: {
      'lib64/libcap.so.2': 'libcap.so.2 needed by /usr/lib64/libudev.so.1.7',
      'lib64/libudev.so.1': `libudev.so.1 needed by ${site}/explained.so`,
      'lib64/libudev.so.1.7': '/usr/lib64/libudev.so.1 leads to it',
    },
  },
  {
    name: 'a required library, with the ELF file that needs it indirectly as its reason',
    word: 'indirect',
    libraries: {
      'lib64/liba.so.1': `liba.so.1 needed by ${site}/indirect.so`,
      'lib64/libb.so.1': 'libb.so.1 needed by /usr/lib64/liba.so.1',
    },
  },
  {
    name: 'none for a required program, or for a required library that is absent and that no file needs',
    word: 'shell',
    libraries: {},
  },
  {
    name: 'none that an ELF file for another machine needs, as it is data',
    word: 'data',
    libraries: {
      'lib64/liba.so.1': `liba.so.1 needed by ${site}/data.so`,
      'lib64/libb.so.1': 'libb.so.1 needed by /usr/lib64/liba.so.1',
    },
  },
  {
    name: 'those that an ELF file outside needs if only a link leads to it, with that file itself',
    word: 'linked',
    libraries: {
      'host/opt/vendor/plugin.so': `${site}/plugin.so leads to it`,
      'lib64/liba.so.1': 'liba.so.1 needed by /opt/vendor/plugin.so',
      'lib64/libb.so.1': 'libb.so.1 needed by /usr/lib64/liba.so.1',
    },
  },
  {
    name: 'every installed library that a note names as loaded by dlopen, also a private one',
    word: 'noted',
    libraries: {
      'lib64/libnoted.so.1': `libnoted.so.1 needed by ${site}/noted.so`,
      'lib64/liboptional.so.1': "liboptional.so.1 dlopen'ed by /usr/lib64/libnoted.so.1 (speed, suggested)",
      'lib64/libopt.so.2': "libopt.so.2 dlopen'ed by /usr/lib64/libnoted.so.1 (speed, suggested)",
    },
  },
  {
    name: 'the private libraries in the RPATH of an extension, which they inherit',
    word: 'private',
    libraries: {
      'lib64/liba.so.1': 'liba.so.1 needed by /usr/lib64/libb.so.1',
      'lib64/libb.so.1': `libb.so.1 needed by ${site}/private.so`,
    },
  },
];

describe('the packed libraries are', () => {
  for (const { name, word, libraries: expected } of cases) {
    it(name, async () => assert.deepEqual(libraries(await planFor(word)), expected));
  }

  it('glibc’s public ones, the compilers’ if they are installed, and those that libc loads for user and host names', async () => {
    const always = (await planFor('chain')).entries.filter(
      ({ path, reason }) => path.includes('.so') && ['platform', 'runtime'].includes(reason.kind),
    );
    assert.deepEqual(
      always.map(({ path, reason }) => `${path}: ${explain(reason)}`),
      [
        'lib64/libc.so.6: always packed, for wheels installed later',
        'lib64/libgcc_s.so.1: always packed, for wheels installed later',
        'lib64/libm.so.6: always packed, for wheels installed later',
        'lib64/libnss_dns.so.2: loaded at run time by libc.so.6',
        'lib64/libnss_files.so.2: loaded at run time by libc.so.6',
        'lib64/libpthread.so.0: always packed, for wheels installed later',
        'lib64/libstdc++.so.6: always packed, for wheels installed later',
      ],
    );
  });
});

describe('RUNPATH', () => {
  const runpaths: { name: string; word: string; path: string; runpath: string }[] = [
    {
      name: 'leads from an extension to its libraries',
      word: 'chain',
      path: 'lib64/python3.9/site-packages/chain.so',
      runpath: '$ORIGIN/../..',
    },
    {
      name: 'leads from a library to those beside it',
      word: 'chain',
      path: 'lib64/liba.so.1',
      runpath: '$ORIGIN',
    },
    {
      name: 'leads from the interpreter to its library',
      word: 'chain',
      path: 'libexec/python3.9',
      runpath: '$ORIGIN/../lib64',
    },
    {
      name: 'contains the private directories of the RPATH on the host',
      word: 'private',
      path: 'lib64/python3.9/site-packages/private.so',
      runpath: '$ORIGIN/private.libs:$ORIGIN/../..',
    },
    {
      name: 'leads to a library that is loaded by dlopen',
      word: 'noted',
      path: 'lib64/libnoted.so.1',
      runpath: '$ORIGIN',
    },
    {
      name: 'leads to a private library that is loaded by dlopen before all others',
      word: 'noted',
      path: 'lib64/python3.9/site-packages/own.so',
      runpath: '$ORIGIN/noted.libs:$ORIGIN/../..',
    },
    {
      name: 'begins with the private directories, although a shared library is needed before a private one',
      word: 'second',
      path: 'lib64/python3.9/site-packages/second.so',
      runpath: '$ORIGIN/second.libs:$ORIGIN/../..',
    },
    {
      name: 'replaces an inherited RPATH',
      word: 'private',
      path: 'lib64/python3.9/site-packages/private.libs/libprivate.so.1',
      runpath: '$ORIGIN',
    },
    {
      name: 'leads from outside into the prefix, also from the directory of the link',
      word: 'linked',
      path: 'host/opt/vendor/plugin.so',
      runpath: '$ORIGIN/../..:$ORIGIN/../../../lib64',
    },
  ];
  for (const { name, word, path, runpath } of runpaths) {
    it(name, async () => {
      const entry = entryAt(await planFor(word), path);
      assert.ok(entry.type === 'file' && entry.source.kind === 'host');
      const { relocation } = entry.source;
      assert.ok(relocation.kind === 'elf');
      assert.equal(relocation.runpath, runpath);
    });
  }

  it('is not set in a file for another machine, or in a text', async () => {
    const plan = await planFor('data');
    for (const name of ['sample32.so', 'text.so']) {
      const entry = entryAt(plan, `lib64/python3.9/site-packages/data/${name}`);
      assert.ok(entry.type === 'file' && entry.source.kind === 'host');
      assert.deepEqual(entry.source.relocation, { kind: 'none' });
    }
  });
});

describe('a needed library that is absent', () => {
  async function refusal(word: string): Promise<RelopackError> {
    try {
      await planFor(word);
    } catch (error) {
      assert.ok(error instanceof RelopackError, String(error));
      return error;
    }
    assert.fail('the plan was made');
  }

  it('is an error that names each library, the file that needs it, and the command that installs it', async () => {
    const { code, message, remedy } = await refusal('broken');
    assert.equal(code, 'library-missing');
    const owner = installed.named('python3-broken')[0];
    assert.equal(
      message,
      `libraries are not installed: libgone.so.1 (needed by ${site}/broken.so of python3-broken-1-1.${owner?.arch} and 1 more), ` +
        `liblost.so.2 (needed by ${site}/broken.so of python3-broken-1-1.${owner?.arch})`,
    );
    assert.match(remedy, /dnf -y install 'libgone\.so\.1\(\)\(64bit\)' 'liblost\.so\.2\(\)\(64bit\)'/);
  });

  it('is named as a capability of 32 bits for an interpreter of 32 bits', async () => {
    const small = await makeHost(join(directory, 'small'), [
      {
        name: 'python3',
        files: {
          '/usr/bin/python3.9': {
            elf: { class: 32, interpreter: '/usr/lib/ld-linux.so.2', needed: ['libgone.so.1'] },
          },
          '/usr/bin/python3': { link: 'python3.9' },
          '/usr/lib/ld-linux.so.2': { elf: { class: 32, soname: 'ld-linux.so.2' } },
          '/usr/lib/python3.9/os.py': { text: '# os\n' },
        },
      },
    ]);
    const found = await small.read();
    await assert.rejects(
      planOf(found),
      (error) => error instanceof RelopackError && error.remedy.includes("install 'libgone.so.1'. Or"),
    );
  });

  it('is also an error if only another library needs it', async () => {
    assert.match(
      (await refusal('deep')).message,
      /libgone\.so\.1 \(needed by \/usr\/lib64\/libdeep\.so\.1 of libdeep-1-1/,
    );
  });

  it('is not an error if the files that need it are left out', async () => {
    const globs = [{ kind: 'exclude' as const, pattern: '**/broken*.so' }];
    const { entries } = await planOf(installed, { modules: ['python3-broken'], globs });
    assert.ok(!entries.some(({ path }) => path.includes('broken')));
  });
});

describe('a note about dlopen', () => {
  it('is mentioned if it cannot be read, or requires a library that is not installed', async () => {
    const dlopens = remarksOf(await planFor('wanting')).filter((text) => text.includes('dlopen'));
    assert.deepEqual(dlopens, [
      `${site}/required.so requires libno.so.2 or libno.so.1 for color and loads it by dlopen, but it is not installed`,
      `${site}/unreadable.so: its note about dlopen is malformed, so it is ignored`,
    ]);
  });
});

describe('ld.so itself', () => {
  it('loads only files of the plan', async () => {
    await must('ldconfig', ['-r', host.root]);
    for (const word of ['chain', 'crypto', 'explained', 'linked', 'private']) {
      const files = new Set(
        (await planFor(word)).entries.flatMap((entry) =>
          entry.type === 'file' && entry.source.kind === 'host' ? entry.source.host : [],
        ),
      );
      const loader = `/lib64/${loaderName}`;
      const { stdout } = await must('chroot', [
        host.root,
        loader,
        '--list',
        `${site}/${word === 'linked' ? 'plugin' : word}.so`,
      ]);
      const said = stdout.toString();
      const loaded = [...said.matchAll(/ (?:=> )?(\/\S+) \(0x/g)].map(
        ([, path = '']) => installed.root.resolve(path) ?? path,
      );
      assert.ok(loaded.length > 0, said);
      assert.deepEqual(
        loaded.filter((path) => !files.has(path)),
        [],
        said,
      );
    }
  });
});
