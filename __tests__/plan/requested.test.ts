import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { RelopackError } from '../../src/common/error.ts';
import { resolveWords } from '../../src/plan/requested.ts';
import { installedIn, installedPackage, interpreterOf } from '../support/plan/values.ts';

const arch = 'x86_64';
const site = (version: string) => `/usr/lib/python${version}/site-packages`;

/** A module of one Python, with or without the Provides that Fedora's generators make. */
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
  return resolveWords(installed, interpreters[version], [word], distribution);
}

describe('a word means', () => {
  const cases: [why: string, word: string, name: string, version?: Version][] = [
    ['the package of that name', 'python3-pyyaml', 'python3-pyyaml'],
    ['the package, where a distribution has the same name', 'six', 'six'],
    ['what provides the capability', 'python3dist(pyyaml)', 'python3-pyyaml'],
    ['what provides an older name', 'python3-yaml', 'python3-pyyaml'],
    ['what provides a soname', 'libyaml-0.so.2()(64bit)', 'libyaml'],
    ['what owns the path', `${site('3.9')}/six/__init__.py`, 'python3-six'],
    ['what owns the path of a program', '/usr/bin/six', 'six'],
    ['the distribution', 'pyyaml', 'python3-pyyaml'],
    ['the distribution, however its name is spelled', 'PyYAML', 'python3-pyyaml'],
    ['the distribution, whatever separates its parts', 'zope.interface', 'python3-zope-interface'],
    ['the distribution whose metadata is all that tells it', 'old_dist', 'python3-olddist'],
    ['the distribution whose metadata has no version in its name', 'bare', 'python3-bare'],
    ['the distribution of the other Python where that is packed', 'pyyaml', 'python3.12-pyyaml', '3.12'],
    ['a package with files for both', 'both', 'both', '3.12'],
  ];
  for (const [why, word, name, version] of cases) {
    it(`${why}: ${word}${version === undefined ? '' : ` for ${version}`}`, () => {
      assert.deepEqual(
        resolve(word, version).map((found) => [found.word, found.package.name]),
        [[word, name]],
      );
    });
  }

  it('the package of the interpreter’s architecture, of two that have the name', () => {
    assert.equal(resolve('libyaml')[0]?.package.arch, arch);
  });

  it('one package, however often it is given', () => {
    const distribution = { id: '', name: '', install: '' };
    assert.equal(resolveWords(installed, interpreters['3.9'], ['six', 'six'], distribution).length, 1);
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

describe('a word is refused, and what to do is said', () => {
  const cases: Refusal[] = [
    {
      name: 'where nothing is like it',
      word: 'kubernetes',
      code: 'module-not-found',
      says: [
        "'kubernetes' is not installed on Test 1",
        "Install it first: dnf -y install 'python3.9dist(kubernetes)'",
      ],
    },
    {
      name: 'with the nearest names of this Python',
      word: 'pyyamll',
      code: 'module-not-found',
      says: ['Did you mean pyyaml, python3-pyyaml?'],
    },
    {
      name: 'with the package that has it as the name of an import',
      word: 'attr',
      code: 'module-not-found',
      says: ['Did you mean python3-attrs?'],
    },
    {
      name: 'with the nearest package of any kind where no module is near',
      word: 'libyamll',
      code: 'module-not-found',
      says: ['Did you mean libyaml?'],
    },
    {
      name: 'with the command of the distribution',
      word: 'Flask_Login',
      install: 'zypper --non-interactive install',
      code: 'module-not-found',
      says: ["zypper --non-interactive install 'python3.9dist(flask-login)'"],
    },
    {
      name: 'with the capability as it was given',
      word: 'python3dist(flask)',
      code: 'module-not-found',
      says: ["dnf -y install 'python3dist(flask)'"],
    },
    {
      name: 'with the name of a Python package as it was given',
      word: 'python3-flask',
      code: 'module-not-found',
      says: ["dnf -y install 'python3-flask'"],
    },
    {
      name: 'quoted so that no shell takes it apart',
      word: "/opt/it's",
      code: 'module-not-found',
      says: ["there is no /opt/it's on Test 1", "dnf -y install '/opt/it'\\''s'"],
    },
    {
      name: 'where a path is there and no package owns it',
      word: '/usr/lib/python3.9',
      code: 'module-not-found',
      says: ['no package of Test 1 owns /usr/lib/python3.9'],
    },
    {
      name: 'where it is for another Python, with the way to install it for this one',
      word: 'flit',
      code: 'module-other-python',
      says: [
        'flit (python3.12-flit-1-1.noarch) is for Python 3.12, but Python 3.9 (python3.9) is packed',
        '--python 3.12',
        "dnf -y install 'python3.9dist(flit)'",
      ],
    },
    {
      name: 'where its package is for another Python, and the one for this is installed',
      word: 'python3-pyyaml',
      version: '3.12',
      code: 'module-other-python',
      says: ['is for Python 3.9, but Python 3.12', 'name the package for this one: python3.12-pyyaml'],
    },
    {
      name: 'where only a package of another Python has the path',
      word: `${site('3.12')}/requests/__init__.py`,
      code: 'module-other-python',
      says: ['requests-1-1.noarch) is for Python 3.12'],
    },
    {
      name: 'where the package has its name and another Python its files',
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
