import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { importedNames } from '../../../src/python/source/imports.ts';
import { must } from '../../support/run.ts';
import { scratch } from '../../support/scratch.ts';

const cases: { name: string; source: string; names: string[]; isMain?: boolean }[] = [
  { name: 'of a module', source: 'import a\nimport b.c\n', names: ['a', 'b.c'] },
  { name: 'of several modules', source: 'import a, b.c as d\n', names: ['a', 'b.c'] },
  { name: 'from a module', source: 'from a.b import c, d as e\n', names: ['a.b.c', 'a.b.d'] },
  { name: 'of everything', source: 'from a import *\n', names: ['a'] },
  {
    name: 'relative to the package',
    source: 'from . import a\nfrom .b import c\nfrom ...d import e\n',
    names: ['.a', '.b.c', '...d.e'],
  },
  {
    name: 'on several lines',
    source: 'from a import (\n    b,  # the first\n    c,\n)\nfrom d \\\n    import e\n',
    names: ['a.b', 'a.c', 'd.e'],
  },
  {
    name: 'in functions and other blocks',
    source:
      'def f():\n    from .tests import a\ntry: import b\nexcept ImportError: b = None\nx = 1; import c\n',
    names: ['.tests.a', 'b', 'c'],
  },
  {
    name: 'by a call with a text',
    source:
      'import_module("a.b")\nimportlib.import_module(".tests", __name__)\n__import__(\'c\')\nimport_module(name)\n',
    names: ['a.b', '.tests', 'c'],
  },
  {
    name: 'at the end, without a newline, or with those of Windows',
    source: 'import a\r\nimport b',
    names: ['a', 'b'],
  },
];

/** Sources with words that look like an import but are none. */
const none: Record<string, string> = {
  'a docstring': '"""\nimport a\n>>> from b import c\n"""\n',
  'a docstring with quotation marks': "'''\nit's \"\"\"\nimport a\n\\'''\nimport b\n'''\n",
  'a text': 'x = "\\nimport a"; y = \'from b import c\'\n',
  'a comment': '# import a\nx = 1  # ; import b\n',
  'a name': 'important = 1\nx.import_module = 2\n',
  'a generator': 'def f():\n    yield from imported\n',
  'an exception': 'def f():\n    raise ValueError() from error\n',
  'the block of a program':
    'if __name__ == "__main__":\n    import a\n    x = (\n        1\n)\n    import b\n\n    import c\n',
  'the block of type checkers': 'if typing.TYPE_CHECKING:\n    from a import b\n',
};

describe('an import is found:', () => {
  for (const { name, source, names } of cases) {
    it(name, () => assert.deepEqual(importedNames(source, false).sort(), names.sort()));
  }

  it('in the block of a program, if the source is one', () => {
    const source = "if __name__ == '__main__':\n    import a\nelse:\n    import b\n";
    assert.deepEqual(importedNames(source, true), ['a', 'b']);
    assert.deepEqual(importedNames(source, false), ['b']);
  });
});

describe('no import is found in', () => {
  for (const [name, source] of Object.entries(none)) {
    it(name, () => assert.deepEqual(importedNames(source, false), []));
  }
});

/** Prints the absolute and relative names that Python's own parser finds in the standard library. */
const judge = `
import ast, json, pathlib, sys
def names(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = "." * node.level + (node.module or "")
            dot = "" if start == "" or start.endswith(".") else "."
            yield from (start if a.name == "*" else start + dot + a.name for a in node.names)
found = {}
for path in sorted(pathlib.Path(json.__file__).parent.parent.glob("[a-z]*/*.py"))[:400]:
    try:
        found[str(path)] = sorted(set(names(ast.parse(path.read_bytes()))))
    except SyntaxError:
        pass
print(json.dumps(found))
`;

describe('the names in the standard library of this machine', () => {
  it('include all that Python finds, but those of blocks that do not run', async () => {
    const script = join(scratch(), 'judge.py');
    writeFileSync(script, judge);
    const found: Record<string, string[]> = JSON.parse((await must('python3', [script])).stdout.toString());
    const sources = Object.entries(found);
    assert.ok(sources.length > 100);
    for (const [path, names] of sources) {
      const source = readFileSync(path, 'utf8');
      if (/^if.*(?:__name__|TYPE_CHECKING)/m.test(source)) continue;
      const own = importedNames(source, true);
      assert.deepEqual(
        names.filter((name) => !own.includes(name)),
        [],
        path,
      );
      assert.deepEqual(
        own.filter((name) => !names.includes(name) && !/import_module|__import__/.test(source)),
        [],
        path,
      );
    }
  });
});
