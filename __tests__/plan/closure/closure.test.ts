import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { closePackages, leftOut } from '../../../src/plan/closure/closure.ts';
import { explain } from '../../../src/plan/reason.ts';
import { type Dependency, Sense } from '../../../src/rpm/dependency.ts';
import type { InstalledPackage } from '../../../src/rpm/package.ts';
import { dependency, installedIn, installedPackage, interpreterOf } from '../../support/plan/values.ts';

const arch = 'x86_64';
const site = '/usr/lib/python3.9/site-packages';

/** A package with a file of Python 3.9. */
function pythonPackage(name: string, about: Parameters<typeof installedPackage>[1] = {}): InstalledPackage {
  return installedPackage(name, { ...about, files: [`${site}/${name}.py`, ...(about.files ?? [])] });
}

interface Case {
  name: string;
  /** The Requires of the package `asked`, which the user requests. */
  requires: (string | Dependency)[];
  installed: InstalledPackage[];
  /** The packages that are packed because of it. */
  packages: string[];
  /** The Requires on packages without Python files. */
  outward?: string[];
}

const cases: Case[] = [
  {
    name: 'a package by its name',
    requires: ['a'],
    installed: [pythonPackage('a')],
    packages: ['a'],
  },
  {
    name: 'the Requires of a required package, also in a circle',
    requires: ['a'],
    installed: [
      pythonPackage('a', { requires: ['b'] }),
      pythonPackage('b', { requires: ['c'] }),
      pythonPackage('c', { requires: ['a', 'asked'] }),
    ],
    packages: ['a', 'b', 'c'],
  },
  {
    name: 'a Python distribution, by the capability that rpm generates',
    requires: ['python3.9dist(a) >= 1.2'],
    installed: [pythonPackage('a', { provides: ['python3.9dist(a) = 1.3'] })],
    packages: ['a'],
  },
  {
    name: 'a package by the path of one of its files',
    requires: ['/usr/libexec/platform-python'],
    installed: [pythonPackage('a', { files: ['/usr/libexec/platform-python'] })],
    packages: ['a'],
  },
  {
    name: 'no package that is not installed, as rpm accepted that',
    requires: ['absent', '(absent or missing)'],
    installed: [pythonPackage('a')],
    packages: [],
  },
  {
    name: 'only the provider whose version fits',
    requires: ['thing >= 2'],
    installed: [
      pythonPackage('a', { provides: ['thing = 1'] }),
      pythonPackage('b', { provides: ['thing = 2'] }),
    ],
    packages: ['b'],
  },
  {
    name: 'one provider of several: the first by name',
    requires: ['thing'],
    installed: [pythonPackage('b', { provides: ['thing'] }), pythonPackage('a', { provides: ['thing'] })],
    packages: ['a'],
  },
  {
    name: 'one provider of several: the package of that name',
    requires: ['thing'],
    installed: [pythonPackage('a', { provides: ['thing'] }), pythonPackage('thing')],
    packages: ['thing'],
  },
  {
    name: 'one provider of several: the one that is already packed',
    requires: ['b', 'thing'],
    installed: [pythonPackage('a', { provides: ['thing'] }), pythonPackage('b', { provides: ['thing'] })],
    packages: ['b'],
  },
  {
    name: 'one provider of several: the one of the interpreter’s architecture',
    requires: ['thing'],
    installed: [pythonPackage('thing', { arch: 'i686' }), pythonPackage('thing', { arch })],
    packages: ['thing.x86_64'],
  },
  {
    name: 'one provider of several: the newest of one name',
    requires: ['thing'],
    installed: [pythonPackage('thing', { evr: '1.9-1' }), pythonPackage('thing', { evr: '1.10-1' })],
    packages: ['thing-1.10'],
  },
  {
    name: 'every installed operand of a rich dependency',
    requires: ['((a >= 2 with a < 3) or b or absent)'],
    installed: [pythonPackage('a', { evr: '2.5-1' }), pythonPackage('b')],
    packages: ['a', 'b'],
  },
  {
    name: 'the packages of a condition',
    requires: ['(a if b)', '(c if absent else d)'],
    installed: [pythonPackage('a'), pythonPackage('b'), pythonPackage('c'), pythonPackage('d')],
    packages: ['a', 'b', 'c', 'd'],
  },
  {
    name: 'no package that is named after without',
    requires: ['(thing without b)'],
    installed: [pythonPackage('a', { provides: ['thing'] }), pythonPackage('b')],
    packages: ['a'],
  },
  ...(['pre', 'post', 'preun', 'postun', 'pretrans', 'posttrans', 'verify', 'interpreter'] as const).map(
    (kind) => ({
      name: `no package that only a scriptlet needs: ${kind}`,
      requires: [dependency('a', Sense[kind])],
      installed: [pythonPackage('a')],
      packages: [],
    }),
  ),
  {
    name: 'a package that both a scriptlet and files need',
    requires: [dependency('a', Sense.post), 'a'],
    installed: [pythonPackage('a')],
    packages: ['a'],
  },
  {
    name: 'no package without files of this Python; such Requires are reported',
    requires: ['bash', 'libudev.so.1()(64bit)'],
    installed: [
      installedPackage('bash'),
      installedPackage('systemd-libs', { provides: ['libudev.so.1()(64bit)'] }),
    ],
    packages: [],
    outward: ['asked → bash (bash)', 'asked → systemd-libs (libudev.so.1()(64bit))'],
  },
  {
    name: 'a package that only a package without Python files requires, and not that one',
    requires: ['bash'],
    installed: [installedPackage('bash', { requires: ['a'] }), pythonPackage('a')],
    packages: ['a'],
    outward: ['asked → bash (bash)'],
  },
  {
    name: 'no module of another Python',
    requires: ['a'],
    installed: [installedPackage('a', { files: ['/usr/lib/python3.12/site-packages/a.py'] })],
    packages: [],
    outward: ['asked → a (a)'],
  },
  {
    name: 'the provider for this Python, even if another one is first by name',
    requires: ['thing'],
    installed: [
      installedPackage('a', { provides: ['thing'], files: ['/usr/lib/python3.12/site-packages/a.py'] }),
      pythonPackage('b', { provides: ['thing'] }),
    ],
    packages: ['b'],
  },
  {
    name: 'the library of the interpreter',
    requires: ['libpython3.9.so.1.0()(64bit)'],
    installed: [
      installedPackage('libpython3_9-1_0', {
        provides: ['libpython3.9.so.1.0()(64bit)'],
        files: ['/usr/lib64/libpython3.9.so.1.0'],
      }),
    ],
    packages: ['libpython3_9-1_0'],
  },
];

const python = installedPackage('python3', { arch, provides: ['python(abi) = 3.9'] });

describe('following Requires adds', () => {
  for (const { name, requires, installed: others, packages, outward = [] } of cases) {
    it(name, () => {
      const asked = pythonPackage('asked', { requires });
      const installed = installedIn([python, asked, ...others]);
      const closure = closePackages(installed, interpreterOf(python, '3.9'), [
        { request: 'asked', package: asked },
      ]);
      const [first, second, ...more] = closure.packages.keys();
      assert.deepEqual([first, second], [python, asked]);
      // A case may tell two packages of one name apart by their architecture or version.
      const names = more.map(
        ({ name: found, evr, arch: own }) =>
          [`${found}.${own}`, `${found}-${evr.replace(/-.*/, '')}`].find((full) => packages.includes(full)) ??
          found,
      );
      assert.deepEqual(names, packages);
      assert.deepEqual(
        closure.outward.map(
          ({ by, capability, provider }) => `${by.name} → ${provider.name} (${capability})`,
        ),
        outward,
      );
    });
  }
});

describe('each package', () => {
  it('has its reason', () => {
    const asked = pythonPackage('asked', { requires: ['a >= 1'] });
    const installed = installedIn([
      python,
      asked,
      pythonPackage('a', { requires: ['(b < 9 if c)'] }),
      pythonPackage('b'),
    ]);
    const { packages } = closePackages(installed, interpreterOf(python, '3.9'), [
      { request: 'Asked', package: asked },
    ]);
    assert.deepEqual(
      [...packages].map(([{ name }, reason]) => [name, explain(reason)]),
      [
        ['python3', 'the interpreter'],
        ['asked', 'requested as Asked'],
        ['a', 'required by asked-1-1.noarch (a >= 1)'],
        ['b', 'required by a-1-1.noarch (b < 9)'],
      ],
    );
  });
});

describe('the packages that are left out', () => {
  it('are listed once each, with the shortest way there', () => {
    const all = [
      installedPackage('python3', { requires: ['libs'] }),
      installedPackage('libs', { requires: ['bash', 'tzdata', 'python3'] }),
      installedPackage('bash', { requires: ['filesystem'] }),
      installedPackage('filesystem', { requires: ['setup', 'bash'] }),
      installedPackage('setup'),
      installedPackage('tzdata', { requires: ['setup'] }),
      installedPackage('unrelated'),
    ];
    const installed = installedIn(all);
    const present = new Map(all.slice(0, 2).map((pkg) => [pkg, { kind: 'interpreter' } as const]));
    assert.deepEqual(
      leftOut(installed, present, arch).map(({ package: { name }, chain }) => [name, chain.join(' → ')]),
      [
        ['bash', 'libs → bash'],
        ['tzdata', 'libs → tzdata'],
        ['filesystem', 'libs → bash → filesystem'],
        ['setup', 'libs → tzdata → setup'],
      ],
    );
  });

  it('are none if all required packages are packed', () => {
    const all = [installedPackage('a', { requires: ['b'] }), installedPackage('b')];
    const packed = new Map(all.map((pkg) => [pkg, { kind: 'interpreter' } as const]));
    assert.deepEqual(leftOut(installedIn(all), packed, arch), []);
  });

  it('are not those that a package of named files requires', () => {
    const all = [installedPackage('data', { requires: ['b'] }), installedPackage('b')];
    const packed = new Map(all.slice(0, 1).map((pkg) => [pkg, { kind: 'named', by: 'liba.so' } as const]));
    assert.deepEqual(leftOut(installedIn(all), packed, arch), []);
  });
});
