import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { closePackages, leftOut } from '../../src/plan/closure.ts';
import { explain } from '../../src/plan/reason.ts';
import { type Dependency, Sense } from '../../src/rpm/dependency.ts';
import type { InstalledPackage } from '../../src/rpm/package.ts';
import { dependency, installedIn, installedPackage, interpreterOf } from '../support/plan/values.ts';

const arch = 'x86_64';
const site = '/usr/lib/python3.9/site-packages';

/** A package with a file of Python 3.9. */
function pythonic(name: string, about: Parameters<typeof installedPackage>[1] = {}): InstalledPackage {
  return installedPackage(name, { ...about, files: [`${site}/${name}.py`, ...(about.files ?? [])] });
}

interface Case {
  name: string;
  /** What the package `asked`, which is asked for, requires. */
  requires: (string | Dependency)[];
  installed: InstalledPackage[];
  /** Packages that go in because of it, and the sort of it. */
  packages: string[];
  /** Where Requires lead out of Python. */
  outward?: string[];
}

const cases: Case[] = [
  {
    name: 'a package by its name',
    requires: ['a'],
    installed: [pythonic('a')],
    packages: ['a'],
  },
  {
    name: 'what a required package requires in its turn, round in a circle too',
    requires: ['a'],
    installed: [
      pythonic('a', { requires: ['b'] }),
      pythonic('b', { requires: ['c'] }),
      pythonic('c', { requires: ['a', 'asked'] }),
    ],
    packages: ['a', 'b', 'c'],
  },
  {
    name: 'the distribution that a generator wrote down',
    requires: ['python3.9dist(a) >= 1.2'],
    installed: [pythonic('a', { provides: ['python3.9dist(a) = 1.3'] })],
    packages: ['a'],
  },
  {
    name: 'a package by the path of a file of it',
    requires: ['/usr/libexec/platform-python'],
    installed: [pythonic('a', { files: ['/usr/libexec/platform-python'] })],
    packages: ['a'],
  },
  {
    name: 'nothing that is not installed: rpm let it be',
    requires: ['absent', '(absent or missing)'],
    installed: [pythonic('a')],
    packages: [],
  },
  {
    name: 'only the provider whose version fits',
    requires: ['thing >= 2'],
    installed: [pythonic('a', { provides: ['thing = 1'] }), pythonic('b', { provides: ['thing = 2'] })],
    packages: ['b'],
  },
  {
    name: 'one provider of several: the first by name',
    requires: ['thing'],
    installed: [pythonic('b', { provides: ['thing'] }), pythonic('a', { provides: ['thing'] })],
    packages: ['a'],
  },
  {
    name: 'one provider of several: the package of that name',
    requires: ['thing'],
    installed: [pythonic('a', { provides: ['thing'] }), pythonic('thing')],
    packages: ['thing'],
  },
  {
    name: 'one provider of several: the one that is in already',
    requires: ['b', 'thing'],
    installed: [pythonic('a', { provides: ['thing'] }), pythonic('b', { provides: ['thing'] })],
    packages: ['b'],
  },
  {
    name: 'one provider of several: the one of the interpreter’s architecture',
    requires: ['thing'],
    installed: [pythonic('thing', { arch: 'i686' }), pythonic('thing', { arch })],
    packages: ['thing.x86_64'],
  },
  {
    name: 'one provider of several: the newest of one name',
    requires: ['thing'],
    installed: [pythonic('thing', { evr: '1.9-1' }), pythonic('thing', { evr: '1.10-1' })],
    packages: ['thing-1.10'],
  },
  {
    name: 'every installed operand of a rich dependency',
    requires: ['((a >= 2 with a < 3) or b or absent)'],
    installed: [pythonic('a', { evr: '2.5-1' }), pythonic('b')],
    packages: ['a', 'b'],
  },
  {
    name: 'the package that a condition asks for',
    requires: ['(a if b)', '(c if absent else d)'],
    installed: [pythonic('a'), pythonic('b'), pythonic('c'), pythonic('d')],
    packages: ['a', 'b', 'c', 'd'],
  },
  {
    name: 'nothing that is only named to be shut out',
    requires: ['(thing without b)'],
    installed: [pythonic('a', { provides: ['thing'] }), pythonic('b')],
    packages: ['a'],
  },
  ...(['pre', 'post', 'preun', 'postun', 'pretrans', 'posttrans', 'verify', 'interpreter'] as const).map(
    (kind) => ({
      name: `nothing that only a scriptlet needs: ${kind}`,
      requires: [dependency('a', Sense[kind])],
      installed: [pythonic('a')],
      packages: [],
    }),
  ),
  {
    name: 'what a scriptlet needs and files need too',
    requires: [dependency('a', Sense.post), 'a'],
    installed: [pythonic('a')],
    packages: ['a'],
  },
  {
    name: 'no package without files of this Python, but it is noted where it leads',
    requires: ['bash', 'libudev.so.1()(64bit)'],
    installed: [
      installedPackage('bash'),
      installedPackage('systemd-libs', { provides: ['libudev.so.1()(64bit)'] }),
    ],
    packages: [],
    outward: ['asked → bash (bash)', 'asked → systemd-libs (libudev.so.1()(64bit))'],
  },
  {
    name: 'nothing beyond a package that is not Python’s',
    requires: ['bash'],
    installed: [installedPackage('bash', { requires: ['a'] }), pythonic('a')],
    packages: [],
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
    name: 'the provider of this Python, where another one comes first by name',
    requires: ['thing'],
    installed: [
      installedPackage('a', { provides: ['thing'], files: ['/usr/lib/python3.12/site-packages/a.py'] }),
      pythonic('b', { provides: ['thing'] }),
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

describe('following Requires brings in', () => {
  for (const { name, requires, installed: others, packages, outward = [] } of cases) {
    it(name, () => {
      const asked = pythonic('asked', { requires });
      const installed = installedIn([python, asked, ...others]);
      const closure = closePackages(installed, interpreterOf(python, '3.9'), [
        { word: 'asked', package: asked },
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
  it('has the reason why it is in', () => {
    const asked = pythonic('asked', { requires: ['a >= 1'] });
    const installed = installedIn([
      python,
      asked,
      pythonic('a', { requires: ['(b < 9 if c)'] }),
      pythonic('b'),
    ]);
    const { packages } = closePackages(installed, interpreterOf(python, '3.9'), [
      { word: 'Asked', package: asked },
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

describe('what is left out', () => {
  it('is told with the shortest way there, once each, and not what is in', () => {
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
    const present = new Set(all.slice(0, 2));
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

  it('is nothing where all that is required is in', () => {
    const all = [installedPackage('a', { requires: ['b'] }), installedPackage('b')];
    assert.deepEqual(leftOut(installedIn(all), new Set(all), arch), []);
  });
});
