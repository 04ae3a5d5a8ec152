import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { wordingOf } from '../../../src/plan/requests/wording.ts';

describe('a request that is not a name', () => {
  const cases: [request: string, is: string, name: string][] = [
    ['requests==2.28', 'a requirement, not a name', 'requests'],
    ['requests===2.28', 'a requirement, not a name', 'requests'],
    ['requests>=2.28,<3', 'a requirement, not a name', 'requests'],
    ['requests~=2.28', 'a requirement, not a name', 'requests'],
    ['requests!=2.*', 'a requirement, not a name', 'requests'],
    ['requests<3', 'a requirement, not a name', 'requests'],
    ['requests=2.28', 'a requirement, not a name', 'requests'],
    ['requests@2.28', 'a requirement, not a name', 'requests'],
    ['requests (>=2)', 'a requirement, not a name', 'requests'],
    ['requests[socks,use_chardet]>=2', 'a requirement, not a name', 'requests'],
    ['requests;python_version<"3.8"', 'a requirement, not a name', 'requests'],
    ['requests @ https://example.com/r.zip', 'a requirement, not a name', 'requests'],
    ['python3-requests >= 2.28', 'a requirement, not a name', 'python3-requests'],
    ['python3dist(requests) = 2.28', 'a requirement, not a name', 'python3dist(requests)'],
    ['requests[socks]', 'a name with extras', 'requests'],
    ['requests-2.28-py3-none-any.whl', 'the file name of a wheel', 'requests'],
    [
      '/tmp/dist/zope_interface-5.4-1-cp311-cp311-linux_x86_64.whl',
      'the file name of a wheel',
      'zope_interface',
    ],
    ['requests-2.28.tar.gz', 'the file name of an archive', 'requests'],
    ['./python-dateutil-2.8.2.zip', 'the file name of an archive', 'python-dateutil'],
    ['python3-requests-2.28.1-1.fc37.noarch.rpm', 'the file name of an RPM package', 'python3-requests'],
    ['/tmp/python3-requests-2.28.1-1.fc37.noarch.rpm', 'the file name of an RPM package', 'python3-requests'],
    ['python3-requests-2.28.1-1.fc37.noarch', 'a package with its version', 'python3-requests'],
    ['python3-requests-2:2.28.1-1.fc37.x86_64', 'a package with its version', 'python3-requests'],
    ['python3-requests.noarch', 'a package with its architecture', 'python3-requests'],
    ['https://github.com/psf/requests.git', 'an address', 'requests'],
    ['git+https://github.com/psf/requests@main', 'an address', 'requests'],
    ['requirements.txt', 'the name of a file', ''],
    ['../pyproject.toml', 'the name of a file', ''],
    ['./lib/mine', 'a relative path', ''],
    ['~/mine', 'a relative path', ''],
    ['python3-*', 'a glob', ''],
    ['/usr/lib/python3*', 'a glob', ''],
    ["'requests'", 'a name with other characters around it', 'requests'],
    ['[requests', 'a name with other characters around it', 'requests'],
    ['requests;', 'a requirement, not a name', 'requests'],
    ['-', 'not a name', ''],
    ['>=', 'not a name', ''],
    ['<3', 'not a name', ''],
    ['2.28', 'not a name', ''],
  ];
  for (const [request, is, name] of cases)
    it(`is ${is}: ${request}`, () => {
      assert.deepEqual(wordingOf(request), { is, name, isAmbiguous: false });
    });

  for (const [request, name] of [
    ['requests-2.28', 'requests'],
    ['python3-requests-2.28.1-1.fc37', 'python3-requests'],
    ['webkit2gtk-4.0', 'webkit2gtk'],
  ] as const)
    it(`may be a name with a version: ${request}`, () => {
      assert.deepEqual(wordingOf(request), { is: 'a name with a version', name, isAmbiguous: true });
    });
});

describe('a name', () => {
  for (const request of [
    ...[
      'requests',
      'PyYAML',
      'zope.interface',
      'Flask_Login',
      'python3-requests',
      'libstdc++',
      'NetworkManager',
    ],
    ...[
      'python3dist(pyyaml)',
      'python(abi)',
      'libyaml-0.so.2()(64bit)',
      'python3.12-pyyaml',
      'python312',
      'gtk+',
    ],
    ...[
      '/usr/bin/six',
      '/usr/lib/python3.9/site-packages/six.py',
      '/etc/app/requirements.txt',
      '389-ds-base',
    ],
  ])
    it(`is taken as it is: ${request}`, () => assert.equal(wordingOf(request), undefined));
});
