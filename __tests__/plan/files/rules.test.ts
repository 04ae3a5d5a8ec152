import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type FileChoice, Rules } from '../../../src/plan/files/rules.ts';
import { testDirectories } from '../../../src/plan/files/test-directories.ts';
import { FileFlag } from '../../../src/rpm/package.ts';

const standard: FileChoice = { bytecode: true, scripts: true, tests: false, globs: [] };

interface Case {
  name: string;
  path: string;
  flags?: number;
  choice?: Partial<FileChoice>;
  /** Other files of the same package. */
  beside?: string[];
  admitted: boolean;
}

const site = 'lib/python3.13/site-packages';

const cases: Case[] = [
  { name: 'a module is packed', path: `${site}/yaml/__init__.py`, admitted: true },
  { name: 'an extension module is packed', path: 'lib64/python3.13/lib-dynload/_ssl.so', admitted: true },
  { name: 'data in share is packed', path: 'share/zoneinfo/UTC', admitted: true },
  {
    name: 'the header that sysconfig reads is packed',
    path: 'include/python3.13/pyconfig-64.h',
    admitted: true,
  },
  { name: 'a header of Python is packed', path: 'include/python3.13/Python.h', admitted: true },
  { name: 'another header is not packed', path: 'include/zlib.h', admitted: false },
  {
    name: "the mark that keeps pip out of the host's packages is not packed",
    path: 'lib64/python3.13/EXTERNALLY-MANAGED',
    admitted: false,
  },
  {
    name: 'that mark is packed if it is included',
    path: 'lib64/python3.13/EXTERNALLY-MANAGED',
    choice: { globs: [{ kind: 'include', pattern: '**/EXTERNALLY-MANAGED' }] },
    admitted: true,
  },
  { name: 'bytecode of level 0 is packed', path: `${site}/__pycache__/six.cpython-313.pyc`, admitted: true },
  {
    name: 'bytecode for -O is not packed',
    path: `${site}/__pycache__/six.cpython-313.opt-1.pyc`,
    admitted: false,
  },
  {
    name: 'bytecode for -OO is not packed',
    path: `${site}/__pycache__/six.cpython-313.opt-2.pyc`,
    admitted: false,
  },
  {
    name: 'bytecode is not packed with --no-bytecode',
    path: `${site}/__pycache__/six.cpython-313.pyc`,
    choice: { bytecode: false },
    admitted: false,
  },
  {
    name: 'a file that is flagged as documentation is packed in the directory of a module, which may read it',
    path: `${site}/yaml/README`,
    flags: FileFlag.doc,
    admitted: true,
  },
  {
    name: 'a file that is flagged as documentation is not packed elsewhere',
    path: 'share/yaml/README',
    flags: FileFlag.doc,
    admitted: false,
  },
  {
    name: 'a build-id link is not packed',
    path: 'lib/.build-id/00/ff',
    flags: FileFlag.artifact,
    admitted: false,
  },
  { name: 'a locale is packed', path: 'lib/locale/de_DE.utf8/LC_TIME', admitted: true },
  {
    name: 'the archive of all locales is not packed',
    path: 'lib/locale/locale-archive.real',
    admitted: false,
  },
  {
    name: 'a ghost is packed in the directory of a module',
    path: `${site}/yaml/cache.db`,
    flags: FileFlag.ghost,
    admitted: true,
  },
  { name: 'a ghost is not packed', path: `${site}/cache.db`, flags: FileFlag.ghost, admitted: false },
  { name: 'a manual page is not packed', path: 'share/man/man1/python3.1.gz', admitted: false },
  { name: 'a program is not packed', path: 'bin/pydoc3', admitted: false },
  { name: 'a configuration file is not packed', path: 'etc/foo.conf', admitted: false },
  {
    name: 'a static library is not packed',
    path: 'lib64/python3.13/config/libpython3.13.a',
    admitted: false,
  },
  {
    name: 'a library for one kind of CPU is not packed',
    path: 'lib64/glibc-hwcaps/x86-64-v3/libz.so.1',
    admitted: false,
  },
  {
    name: 'the tests of a module are not packed',
    path: `${site}/psutil/tests/test_linux.py`,
    beside: [`${site}/psutil/tests/test_linux.py`],
    admitted: false,
  },
  {
    name: 'the data of tests is not packed either',
    path: `${site}/numpy/core/tests/data/x.csv`,
    beside: [`${site}/numpy/core/tests/test_core.py`],
    admitted: false,
  },
  {
    name: 'tests are packed with --tests',
    path: `${site}/psutil/tests/test_linux.py`,
    beside: [`${site}/psutil/tests/test_linux.py`],
    choice: { tests: true },
    admitted: true,
  },
  {
    name: 'a package that is only called test is packed',
    path: `${site}/django/test/client.py`,
    beside: [`${site}/django/test/client.py`, `${site}/django/test/utils.py`],
    admitted: true,
  },
  {
    name: 'a directory whose name begins with test is packed',
    path: `${site}/numpy/testing/utils.py`,
    beside: [`${site}/numpy/test/test_a.py`],
    admitted: true,
  },
  {
    name: 'an include adds a program',
    path: 'bin/xz',
    choice: { globs: [{ kind: 'include', pattern: 'bin/*' }] },
    admitted: true,
  },
  {
    name: 'an include matches hidden files',
    path: 'lib/.hidden/file',
    flags: FileFlag.doc,
    choice: { globs: [{ kind: 'include', pattern: 'lib/**' }] },
    admitted: true,
  },
  {
    name: 'the last matching glob wins: exclude',
    path: `${site}/a.py`,
    choice: {
      globs: [
        { kind: 'include', pattern: '**/*.py' },
        { kind: 'exclude', pattern: '**/a.py' },
      ],
    },
    admitted: false,
  },
  {
    name: 'the last matching glob wins: include',
    path: `${site}/a.py`,
    choice: {
      globs: [
        { kind: 'exclude', pattern: '**/a.py' },
        { kind: 'include', pattern: '**/*.py' },
      ],
    },
    admitted: true,
  },
];

for (const { name, path, flags = 0, choice, beside = [], admitted } of cases) {
  test(name, () => {
    const file = {
      path: `/usr/${path}`,
      mode: 0o100644,
      size: 1,
      mtime: 0,
      digest: '',
      flags,
      state: 0,
    };
    const rules = new Rules({ ...standard, ...choice }, '3.13');
    assert.equal(rules.admits(path, file, testDirectories(beside)), admitted);
  });
}

describe('the unmatched globs', () => {
  const globs = [
    { kind: 'include' as const, pattern: 'bin/*' },
    { kind: 'exclude' as const, pattern: 'bin/tool' },
    { kind: 'include' as const, pattern: '/usr/bin/*' },
  ];
  const rules = new Rules({ ...standard, globs }, '3.13');

  test('are those that match none of the paths, also if another glob wins', () => {
    assert.deepEqual(rules.unmatched(new Set(['lib/x', 'bin/tool'])), globs.slice(2));
  });

  test('are all of them if there are no paths', () => {
    assert.deepEqual(rules.unmatched(new Set()), globs);
  });

  test('do not depend on the questions that were asked before', () => {
    assert.equal(rules.verdict('bin/tool')?.include, false);
    assert.deepEqual(rules.unmatched(new Set()), globs);
  });
});
