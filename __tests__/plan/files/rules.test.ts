import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Choice, Rules, testDirectories } from '../../../src/plan/files/rules.ts';
import { FileFlag } from '../../../src/rpm/package.ts';

const standard: Choice = { bytecode: true, scripts: true, tests: false, globs: [] };

interface Case {
  name: string;
  path: string;
  flags?: number;
  choice?: Partial<Choice>;
  /** Other files of the same package. */
  beside?: string[];
  admitted: boolean;
}

const site = 'lib/python3.13/site-packages';

const cases: Case[] = [
  { name: 'a module goes in', path: `${site}/yaml/__init__.py`, admitted: true },
  { name: 'an extension module goes in', path: 'lib64/python3.13/lib-dynload/_ssl.so', admitted: true },
  { name: 'data in share goes in', path: 'share/zoneinfo/UTC', admitted: true },
  {
    name: 'the header that sysconfig reads goes in',
    path: 'include/python3.13/pyconfig-64.h',
    admitted: true,
  },
  { name: 'a header for compilers stays out', path: 'include/python3.13/Python.h', admitted: false },
  { name: 'bytecode of level 0 goes in', path: `${site}/__pycache__/six.cpython-313.pyc`, admitted: true },
  {
    name: 'bytecode for -O stays out',
    path: `${site}/__pycache__/six.cpython-313.opt-1.pyc`,
    admitted: false,
  },
  {
    name: 'bytecode for -OO stays out',
    path: `${site}/__pycache__/six.cpython-313.opt-2.pyc`,
    admitted: false,
  },
  {
    name: 'no bytecode goes in with --no-bytecode',
    path: `${site}/__pycache__/six.cpython-313.pyc`,
    choice: { bytecode: false },
    admitted: false,
  },
  {
    name: 'what is flagged as documentation stays out',
    path: `${site}/yaml/README`,
    flags: FileFlag.doc,
    admitted: false,
  },
  {
    name: 'a build-id link stays out',
    path: 'lib/.build-id/00/ff',
    flags: FileFlag.artifact,
    admitted: false,
  },
  { name: 'a ghost stays out', path: `${site}/cache.db`, flags: FileFlag.ghost, admitted: false },
  { name: 'a manual page stays out', path: 'share/man/man1/python3.1.gz', admitted: false },
  { name: 'a program stays out', path: 'bin/pydoc3', admitted: false },
  { name: 'a configuration file stays out', path: 'etc/foo.conf', admitted: false },
  { name: 'a static library stays out', path: 'lib64/python3.13/config/libpython3.13.a', admitted: false },
  {
    name: 'a library for one kind of CPU stays out',
    path: 'lib64/glibc-hwcaps/x86-64-v3/libz.so.1',
    admitted: false,
  },
  {
    name: 'the tests of a module stay out',
    path: `${site}/psutil/tests/test_linux.py`,
    beside: [`${site}/psutil/tests/test_linux.py`],
    admitted: false,
  },
  {
    name: 'what tests need beside them stays out as well',
    path: `${site}/numpy/core/tests/data/x.csv`,
    beside: [`${site}/numpy/core/tests/test_core.py`],
    admitted: false,
  },
  {
    name: 'tests go in with --tests',
    path: `${site}/psutil/tests/test_linux.py`,
    beside: [`${site}/psutil/tests/test_linux.py`],
    choice: { tests: true },
    admitted: true,
  },
  {
    name: 'a package that is merely called test goes in',
    path: `${site}/django/test/client.py`,
    beside: [`${site}/django/test/client.py`, `${site}/django/test/utils.py`],
    admitted: true,
  },
  {
    name: 'a directory whose name begins like that of tests goes in',
    path: `${site}/numpy/testing/utils.py`,
    beside: [`${site}/numpy/test/test_a.py`],
    admitted: true,
  },
  {
    name: 'an include brings a program in',
    path: 'bin/xz',
    choice: { globs: [{ kind: 'include', pattern: 'bin/*' }] },
    admitted: true,
  },
  {
    name: 'an include reaches hidden files',
    path: 'lib/.hidden/file',
    flags: FileFlag.doc,
    choice: { globs: [{ kind: 'include', pattern: 'lib/**' }] },
    admitted: true,
  },
  {
    name: 'of two globs that match, the last decides: exclude',
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
    name: 'of two globs that match, the last decides: include',
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
      linkTo: '',
      digest: '',
      flags,
      state: 0,
    };
    const rules = new Rules({ ...standard, ...choice }, '3.13');
    assert.equal(rules.admits(path, file, testDirectories(beside)), admitted);
  });
}
