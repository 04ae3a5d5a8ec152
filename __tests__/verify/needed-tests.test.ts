import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { needsTests } from '../../src/verify/needed-tests.ts';

const tests = [
  'lib/python3.11/site-packages/astro/tests/__init__.py',
  'lib64/python3.11/site-packages/astro/core/tests/runner.py',
  'lib64/python3.11/site-packages/astro/core/tests/data/table.csv',
  'lib64/python3.11/json/test/cases.py',
];

const [, , table] = tests;

const named: Record<string, string> = {
  'a package of tests': "ModuleNotFoundError: No module named 'astro.tests'",
  'a module of tests': "No module named 'astro.core.tests.runner'",
  'the package of a module of tests': "No module named 'astro.core.tests'",
  'a test of the standard library': "No module named 'json.test'",
  'a package of tests after `from … import`':
    "ImportError: cannot import name 'tests' from 'astro' (/tmp/x/astro/__init__.py)",
  'the data of tests': `FileNotFoundError: [Errno 2] No such file or directory: '/tmp/top/${table}'`,
};

const other: Record<string, string> = {
  'another module': "No module named 'astro.testing'",
  'a module of that name in another place': "No module named 'tests'",
  'another name after `from … import`': "cannot import name 'test' from 'astro'",
  'no module': 'ValueError: tests',
};

describe('an import failed because of tests that were left out, if its error names', () => {
  for (const [name, error] of Object.entries(named)) it(name, () => assert.ok(needsTests(error, tests)));
});

describe('an import failed for another reason, if its error names', () => {
  for (const [name, error] of Object.entries(other)) it(name, () => assert.ok(!needsTests(error, tests)));
});
