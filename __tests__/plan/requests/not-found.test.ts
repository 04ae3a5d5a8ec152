import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { asOption, spell } from '../../../src/common/message.ts';
import { notFound } from '../../../src/plan/requests/not-found.ts';
import { installedIn, installedPackage, interpreterOf } from '../../support/plan/values.ts';

const site = '/usr/lib/python3.9/site-packages';
const stdlib = '/usr/lib64/python3.9';
const python39 = installedPackage('python3', { arch: 'x86_64', provides: ['python(abi) = 3.9'] });

/** A package with a module of the same name, and the metadata of its distribution. */
function module(name: string, dist: string, imported = dist) {
  return installedPackage(name, {
    provides: [`python3.9dist(${dist})`, `python3dist(${dist})`],
    files: [`${site}/${imported}/__init__.py`, `${site}/${dist.replaceAll('-', '_')}-1.dist-info/METADATA`],
  });
}

const installed = installedIn([
  python39,
  installedPackage('python3-libs', {
    files: [`${stdlib}/os.py`, `${stdlib}/json/__init__.py`, `${stdlib}/lib-dynload/math.cpython-39.so`],
  }),
  installedPackage('python39-curses', { files: [`${stdlib}/curses/__init__.py`] }),
  module('python3-requests', 'requests'),
  module('python3-pyyaml', 'pyyaml', 'yaml'),
  module('python3-PyMySQL', 'pymysql'),
  module('python3-zope-interface', 'zope-interface', 'zope/interface'),
  installedPackage('NetworkManager', { files: ['/usr/bin/nmcli'] }),
]);

/** The problem and the remedy of a request. */
function refused(request: string, install = 'dnf -y install'): string[] {
  const distribution = { id: 'test1', name: 'Test 1', install };
  const { code, problem, remedy } = notFound(
    { installed, interpreter: interpreterOf(python39, '3.9'), distribution },
    request,
  );
  assert.equal(code, 'module-not-found');
  return [spell(problem, asOption), spell(remedy, asOption)];
}

describe('a request that contains the name of something installed', () => {
  const cases: [request: string, is: string, name: string][] = [
    ['requests==2.28', 'a requirement, not a name', 'requests'],
    ['PyYAML>=5', 'a requirement, not a name', 'PyYAML'],
    ['requests[socks]', 'a name with extras', 'requests'],
    ['requests-2.28-py3-none-any.whl', 'the file name of a wheel', 'requests'],
    ['requests-2.28.tar.gz', 'the file name of an archive', 'requests'],
    ['requests-2.28', 'a name with a version', 'requests'],
    ['python3-requests-2.28.1-1.fc37.noarch.rpm', 'the file name of an RPM package', 'python3-requests'],
    ['python3-requests-2.28.1-1.fc37.noarch', 'a package with its version', 'python3-requests'],
    ['python3-requests.noarch', 'a package with its architecture', 'python3-requests'],
    ['python3dist(requests) >= 2', 'a requirement, not a name', 'python3dist(requests)'],
    ['https://github.com/psf/requests.git', 'an address', 'requests'],
    ['"requests"', 'a name with other characters around it', 'requests'],
  ];
  for (const [request, is, name] of cases)
    it(`is answered with that name: ${request}`, () => {
      assert.deepEqual(refused(request), [
        `'${request}' is ${is}`,
        `Use ${name}: relopack packs the version that is installed.`,
      ]);
    });
});

describe('a request is answered', () => {
  const nothing = 'no package, capability or Python project has this name';
  const nameSomething = 'Name a package, a capability, or a Python distribution such as pyyaml.';
  const cases: { name: string; request: string; problem: string; remedy: string; install?: string }[] = [
    {
      name: 'with the package of an import name, and no command',
      request: 'yaml',
      problem: `'yaml' is not installed on Test 1: ${nothing}`,
      remedy: 'Did you mean python3-pyyaml?',
    },
    {
      name: 'with the distribution of a private import name',
      request: '_yaml',
      problem: `'_yaml' is not installed on Test 1: ${nothing}`,
      remedy: 'Did you mean pyyaml?',
    },
    {
      name: 'with the package of a submodule',
      request: 'zope.interface.verify',
      problem: `'zope.interface.verify' is not installed on Test 1: ${nothing}`,
      remedy: 'Did you mean python3-zope-interface?',
    },
    {
      name: 'with the package of an import name and a version',
      request: 'yaml==6.0',
      problem: `'yaml==6.0' is a requirement, not a name, and 'yaml' is not installed on Test 1: ${nothing}`,
      remedy: 'Did you mean python3-pyyaml?',
    },
    {
      name: 'with the package that differs in upper case',
      request: 'Python3-pymysql',
      problem: `'Python3-pymysql' is not installed on Test 1: ${nothing}`,
      remedy: 'Did you mean python3-PyMySQL?',
    },
    {
      name: 'with the package without Python files that differs in upper case',
      request: 'networkmanager',
      problem: `'networkmanager' is not installed on Test 1: ${nothing}`,
      remedy: 'Did you mean NetworkManager?',
    },
    {
      name: 'with the capability as rpm writes it',
      request: 'python3dist(Zope.Interface)',
      problem: `'python3dist(Zope.Interface)' is not installed on Test 1: ${nothing}`,
      remedy: 'Did you mean python3dist(zope-interface)?',
    },
    {
      name: 'with the capability that rpm would write, if it is not installed',
      request: 'python3dist(Flask_Login)',
      problem: `'python3dist(Flask_Login)' is not installed on Test 1: ${nothing}`,
      remedy: "Install it first: dnf -y install 'python3dist(flask-login)'",
    },
    {
      name: 'with the distribution of an import name that is not installed',
      request: 'bs4',
      problem: `'bs4' is not installed on Test 1: ${nothing}`,
      remedy: "Install it first: dnf -y install 'python3.9dist(beautifulsoup4)'",
    },
    {
      name: 'with the distribution of a wheel that is not installed',
      request: 'Flask_Login-0.6-py3-none-any.whl',
      problem: `'Flask_Login-0.6-py3-none-any.whl' is the file name of a wheel, and 'Flask_Login' is not installed on Test 1: ${nothing}`,
      remedy:
        "Install it first: dnf -y install 'python3.9dist(flask-login)' (if it is the name of a package: dnf -y install 'Flask_Login')",
    },
    {
      name: 'with the package of an RPM file that is not installed',
      request: 'python3-flask-2.2-1.fc37.noarch.rpm',
      problem: `'python3-flask-2.2-1.fc37.noarch.rpm' is the file name of an RPM package, and 'python3-flask' is not installed on Test 1: ${nothing}`,
      remedy: "Install it first: dnf -y install 'python3-flask'",
    },
    {
      name: 'with the package for Python 3, if it has the name of one for Python 2',
      request: 'python-flask',
      problem: `'python-flask' is not installed on Test 1: ${nothing}`,
      remedy: "Install it first: dnf -y install 'python3-flask'",
    },
    {
      name: 'with the name of a package as well, since it can be one',
      request: 'glibc-langpack-de',
      problem: `'glibc-langpack-de' is not installed on Test 1: ${nothing}`,
      remedy:
        "Install it first: dnf -y install 'python3.9dist(glibc-langpack-de)' (if it is the name of a package: dnf -y install 'glibc-langpack-de')",
    },
    {
      name: 'with the name of a package only, if no distribution can have the name',
      request: 'gtk+',
      problem: `'gtk+' is not installed on Test 1: ${nothing}`,
      remedy: "Install it first: dnf -y install 'gtk+'",
    },
    {
      name: 'with the package of tkinter, which is part of Python',
      request: 'tkinter.ttk',
      problem: `'tkinter.ttk' is not installed on Test 1: ${nothing}`,
      remedy: "Install it first: dnf -y install 'python3-tkinter'",
    },
    {
      name: 'with the package of tkinter on openSUSE',
      request: 'tkinter',
      install: 'zypper --non-interactive install',
      problem: `'tkinter' is not installed on Test 1: ${nothing}`,
      remedy: "Install it first: zypper --non-interactive install 'python3-tk'",
    },
    {
      name: 'to leave out a module of Python itself',
      request: 'json',
      problem: "'json' is a module of Python itself",
      remedy: 'Leave it out: the standard library is always packed.',
    },
    {
      name: 'to leave out an extension module of Python itself',
      request: 'math',
      problem: "'math' is a module of Python itself",
      remedy: 'Leave it out: the standard library is always packed.',
    },
    {
      name: 'to leave out a module of Python itself that has no file, with or without a version',
      request: 'sys>=3',
      problem: "'sys>=3' is a requirement, not a name, and 'sys' is a module of Python itself",
      remedy: 'Leave it out: the standard library is always packed.',
    },
    {
      name: 'with the package of a module of Python itself, if it has its own',
      request: 'curses.ascii',
      problem: "'curses.ascii' is a module of Python itself",
      remedy: 'Use the name of its package: python39-curses',
    },
    {
      name: 'with the packages that a glob matches',
      request: 'python3-[Pp]*',
      problem: "'python3-[Pp]*' is a glob",
      remedy: 'Use the name of each package. The glob matches python3-PyMySQL, python3-pyyaml.',
    },
    {
      name: 'with five packages that a glob matches, and how many more there are',
      request: '*',
      problem: "'*' is a glob",
      remedy:
        'Use the name of each package. The glob matches NetworkManager, python3, python3-PyMySQL, python3-libs, python3-pyyaml, and 3 more.',
    },
    {
      name: 'without a command, if a glob matches nothing',
      request: '/opt/*',
      problem: "'/opt/*' is a glob",
      remedy: nameSomething,
    },
    {
      name: 'without a command, if it is a relative path',
      request: './mine',
      problem: "'./mine' is a relative path",
      remedy: nameSomething,
    },
    {
      name: 'without a command, if it is a list of requirements',
      request: 'requirements.txt',
      problem: "'requirements.txt' is the name of a file",
      remedy: nameSomething,
    },
    {
      name: 'without a command, if it is the rest of a requirement that was cut at a space or comma',
      request: '<3',
      problem: "'<3' is not a name",
      remedy: nameSomething,
    },
    {
      name: 'without a command, if it has characters of no name',
      request: 'größe',
      problem: `'größe' is not installed on Test 1: ${nothing}`,
      remedy: nameSomething,
    },
    {
      name: 'without a command, if no package has files in that directory',
      request: '/home/me/mine.py',
      problem: 'the file /home/me/mine.py does not exist on Test 1',
      remedy: 'Name a file of a package. No package has files in this directory.',
    },
  ];
  for (const { name, request, problem, remedy, install } of cases)
    it(`${name}: ${request}`, () => assert.deepEqual(refused(request, install), [problem, remedy]));
});
