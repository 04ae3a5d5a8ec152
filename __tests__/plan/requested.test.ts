import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { RelopackError } from '../../src/common/error.ts';
import { findRequested } from '../../src/plan/requested.ts';
import { installedIn, installedPackage, interpreterOf } from '../support/plan/values.ts';

const arch = 'x86_64';
const site = (version: string) => `/usr/lib/python${version}/site-packages`;

/** A module of one Python, with the Provides that Fedora's generators make, or with other ones. */
function module(name: string, version: string, dist: string, provides = [`python${version}dist(${dist})`]) {
  return installedPackage(name, {
    provides,
    files: [
      `${site(version)}/${dist.replaceAll('-', '_')}/__init__.py`,
      `${site(version)}/${dist.replaceAll('-', '_')}-1.0.dist-info/METADATA`,
    ],
  });
}

const python39 = installedPackage('python3', { arch, provides: ['python(abi) = 3.9'] });
const python312 = installedPackage('python3.12', { arch, provides: ['python(abi) = 3.12'] });

const installed = installedIn([
  python39,
  python312,
  module('python3-pyyaml', '3.9', 'pyyaml', ['python3.9dist(pyyaml)', 'python3dist(pyyaml)', 'python3-yaml']),
  module('python3.12-pyyaml', '3.12', 'pyyaml'),
  module('python3-zope-interface', '3.9', 'zope-interface'),
  module('python3-six', '3.9', 'six'),
  module('python3.12-flit', '3.12', 'flit'),
  installedPackage('python3-olddist', { files: [`${site('3.9')}/Old.Dist-2.0-py3.9.egg-info`] }),
  installedPackage('python3-bare', {
    files: [`${site('3.9')}/bare.egg-info/PKG-INFO`, `${site('3.9')}/bare.py`],
  }),
  installedPackage('six', { files: ['/usr/bin/six'] }),
  installedPackage('requests', { files: [`${site('3.12')}/requests/__init__.py`] }),
  installedPackage('python3-attrs', {
    files: [`${site('3.9')}/attr/__init__.py`, `${site('3.9')}/attrs/__init__.py`],
  }),
  installedPackage('libyaml', {
    arch: 'i686',
    provides: ['libyaml-0.so.2'],
    files: ['/usr/lib/libyaml-0.so.2'],
  }),
  installedPackage('libyaml', {
    arch,
    provides: ['libyaml-0.so.2()(64bit)'],
    files: ['/usr/lib64/libyaml-0.so.2'],
  }),
  installedPackage('both', { files: [`${site('3.9')}/both.py`, `${site('3.12')}/both.py`] }),
]);

const interpreters = { '3.9': interpreterOf(python39, '3.9'), '3.12': interpreterOf(python312, '3.12') };
type Version = keyof typeof interpreters;

function resolve(word: string, version: Version = '3.9', install = 'dnf -y install') {
  const distribution = { id: 'test1', name: 'Test 1', install };
  return findRequested(installed, interpreters[version], [word], distribution);
}

describe('a MODULE names', () => {
  const cases: [why: string, word: string, name: string, version?: Version][] = [
    ['the package of that name', 'python3-pyyaml', 'python3-pyyaml'],
    ['the package, even if a distribution has the same name', 'six', 'six'],
    ['the package that provides the capability', 'python3dist(pyyaml)', 'python3-pyyaml'],
    ['the package that provides an older name', 'python3-yaml', 'python3-pyyaml'],
    ['the package that provides a soname', 'libyaml-0.so.2()(64bit)', 'libyaml'],
    ['the package that owns the path', `${site('3.9')}/six/__init__.py`, 'python3-six'],
    ['the package that owns the path of a program', '/usr/bin/six', 'six'],
    ['the distribution', 'pyyaml', 'python3-pyyaml'],
    ['the distribution, in any spelling', 'PyYAML', 'python3-pyyaml'],
    ['the distribution, with any separator', 'zope.interface', 'python3-zope-interface'],
    ['a distribution that only has egg-info with a version', 'old_dist', 'python3-olddist'],
    ['a distribution whose egg-info has no version in its name', 'bare', 'python3-bare'],
    ['the distribution for the packed Python', 'pyyaml', 'python3.12-pyyaml', '3.12'],
    ['a package with files for both', 'both', 'both', '3.12'],
  ];
  for (const [why, word, name, version] of cases) {
    it(`${why}: ${word}${version === undefined ? '' : ` for ${version}`}`, () => {
      assert.deepEqual(
        resolve(word, version).map((found) => [found.request, found.package.name]),
        [[word, name]],
      );
    });
  }

  it('the package of the interpreter’s architecture, if two have the name', () => {
    assert.equal(resolve('libyaml')[0]?.package.arch, arch);
  });

  it('one package, even if it is given twice', () => {
    const distribution = { id: '', name: '', install: '' };
    assert.equal(findRequested(installed, interpreters['3.9'], ['six', 'six'], distribution).length, 1);
  });
});

interface Refusal {
  name: string;
  word: string;
  version?: Version;
  install?: string;
  code: 'module-not-found' | 'module-other-python';
  says: string[];
}

describe('several MODULEs that are refused', () => {
  it('are one error, with a remedy for each', () => {
    const distribution = { id: 'test1', name: 'Test 1', install: 'dnf -y install' };
    const words = ['six', 'attr', 'flit', 'pyyaml==6'];
    assert.throws(() => findRequested(installed, interpreters['3.9'], words, distribution), {
      code: 'module-not-found',
      message: /^'attr' is not installed .*; flit .* is for Python 3\.12, .*; 'pyyaml==6' is a requirement/,
      remedy: [
        'attr: Did you mean python3-attrs?',
        "flit: Pack Python 3.12 (--python 3.12), or install the module for Python 3.9: dnf -y install 'python3.9dist(flit)'",
        'pyyaml==6: Use pyyaml: relopack packs the version that is installed.',
      ].join('; '),
    });
  });
});

describe('a MODULE is refused with a remedy', () => {
  const cases: Refusal[] = [
    {
      name: 'if no name is similar',
      word: 'kubernetes',
      code: 'module-not-found',
      says: [
        "'kubernetes' is not installed on Test 1",
        "Install it first: dnf -y install 'python3.9dist(kubernetes)'",
      ],
    },
    {
      name: 'with similar names for this Python',
      word: 'pyyamll',
      code: 'module-not-found',
      says: ['Did you mean pyyaml, python3-pyyaml?'],
    },
    {
      name: 'with the package that has a module of that name',
      word: 'attr',
      code: 'module-not-found',
      says: ['Did you mean python3-attrs?'],
    },
    {
      name: 'with a similar package of any kind if no module is similar',
      word: 'libyamll',
      code: 'module-not-found',
      says: ['Did you mean libyaml?'],
    },
    {
      name: 'with the install command of the distribution',
      word: 'Flask_Login',
      install: 'zypper --non-interactive install',
      code: 'module-not-found',
      says: ["zypper --non-interactive install 'python3.9dist(flask-login)'"],
    },
    {
      name: 'with the unchanged capability',
      word: 'python3dist(flask)',
      code: 'module-not-found',
      says: ["dnf -y install 'python3dist(flask)'"],
    },
    {
      name: 'with the unchanged name of a Python package',
      word: 'python3-flask',
      code: 'module-not-found',
      says: ["dnf -y install 'python3-flask'"],
    },
    {
      name: 'quoted for a shell',
      word: "/opt/it's",
      code: 'module-not-found',
      says: ["the file /opt/it's does not exist on Test 1", "dnf -y install '/opt/it'\\''s'"],
    },
    {
      name: 'if no package owns the path',
      word: '/usr/lib/python3.9',
      code: 'module-not-found',
      says: ['/usr/lib/python3.9 belongs to no RPM package of Test 1'],
    },
    {
      name: 'if it is for another Python, with the command that installs it for this one',
      word: 'flit',
      code: 'module-other-python',
      says: [
        'flit (python3.12-flit-1-1.noarch) is for Python 3.12, but this run packs Python 3.9 (python3.9)',
        '--python 3.12',
        "dnf -y install 'python3.9dist(flit)'",
      ],
    },
    {
      name: 'if its package is for another Python, with the installed package for this one',
      word: 'python3-pyyaml',
      version: '3.12',
      code: 'module-other-python',
      says: [
        'is for Python 3.9, but this run packs Python 3.12',
        'use the package for Python 3.12: python3.12-pyyaml',
      ],
    },
    {
      name: 'if only a package for another Python owns the path',
      word: `${site('3.12')}/requests/__init__.py`,
      code: 'module-other-python',
      says: ['requests-1-1.noarch) is for Python 3.12', '(--python 3.12).'],
    },
    {
      name: 'if the package of that name has files for another Python',
      word: 'requests',
      code: 'module-other-python',
      says: ['--python 3.12', "dnf -y install 'python3.9dist(requests)'"],
    },
  ];
  for (const { name, word, version, install, code, says } of cases) {
    it(`${name}: ${word}`, () => {
      assert.throws(
        () => resolve(word, version, install),
        (error) => {
          assert.ok(error instanceof RelopackError, String(error));
          const text = `${error.message}\n${error.remedy}`;
          assert.equal(error.code, code, text);
          for (const part of says) assert.ok(text.includes(part), `${text}\nlacks: ${part}`);
          return true;
        },
      );
    });
  }
});
