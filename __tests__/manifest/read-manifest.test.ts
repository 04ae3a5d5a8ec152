import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { readManifest } from '../../src/manifest/read-manifest.ts';
import { scratch } from '../support/scratch.ts';

const python = { version: '3.12', executable: 'bin/python3' };
const arch = 'x86_64';
const files = [{ path: 'bin/python3' }, { path: 'lib64/libc.so.6' }];
const modules = [{ imports: ['yaml', 'yaml._yaml', 'größe'] }, { imports: [] }];

const cases: { name: string; text: string; isManifest: boolean }[] = [
  {
    name: 'has files, modules and a Python',
    text: JSON.stringify({ python, arch, files, modules }),
    isManifest: true,
  },
  { name: 'has no modules', text: JSON.stringify({ python, arch, files, modules: [] }), isManifest: true },
  {
    name: 'has libraries that its files need',
    text: JSON.stringify({
      python,
      arch,
      files: [...files, { path: 'lib64/x.so', needs: { 'libc.so.6': 'lib64/libc.so.6' } }],
      modules,
      libraryDirectories: ['lib64'],
    }),
    isManifest: true,
  },
  ...Object.entries({
    'is not JSON': '{"files": [',
    'is not an object': '3',
    'is null': 'null',
    'is a list': '[]',
    'has no list of files': JSON.stringify({ python, arch, modules }),
    'has files that are not a list': JSON.stringify({ python, arch, modules, files: {} }),
    'has a file without a path': JSON.stringify({ python, arch, modules, files: [...files, {}] }),
    'has a path that is a number': JSON.stringify({ python, arch, modules, files: [...files, { path: 1 }] }),
    'has no Python': JSON.stringify({ arch, files, modules }),
    'has a Python that is not one of its files': JSON.stringify({
      python: { version: '3.12', executable: '../../bin/ls' },
      arch,
      files,
      modules,
    }),
    'has a version that a shell would run': JSON.stringify({
      python: { ...python, version: '3.12; rm -rf ~;' },
      arch,
      files,
      modules,
    }),
    'has an architecture that is not a word': JSON.stringify({ python, arch: 'x86 64', files, modules }),
    'has lists in each other 100,000 times': `${'['.repeat(100_000)}${']'.repeat(100_000)}`,
    'has the names of prototypes':
      '{"__proto__":{"files":[]},"constructor":{"prototype":{}},"python":{"__proto__":{}}}',
    'has no list of modules': JSON.stringify({ python, arch, files }),
    'has a file that needs a library which is not one of its files': JSON.stringify({
      python,
      arch,
      files: [...files, { path: 'lib64/x.so', needs: { 'libc.so.6': '../../lib64/libc.so.6' } }],
      modules,
    }),
    'has a reason for data that is not a text': JSON.stringify({
      python,
      files: [...files, { path: 'lib64/x.so', data: 1 }],
      modules,
    }),
    'has missing libraries that are not names': JSON.stringify({
      python,
      files: [...files, { path: 'lib64/x.so', missing: [1] }],
      modules,
    }),
    'has an empty directory without a path': JSON.stringify({ python, files, modules, directories: [{}] }),
    'has needs that are not paths': JSON.stringify({
      python,
      arch,
      files: [...files, { path: 'lib64/x.so', needs: { 'libc.so.6': 1 } }],
      modules,
    }),
    'has a directory of libraries outside': JSON.stringify({
      python,
      arch,
      files,
      modules,
      libraryDirectories: ['lib64', 'lib/../../..'],
    }),
    'has a module without imports': JSON.stringify({ python, arch, files, modules: [{}] }),
    'has an import that is not a name': JSON.stringify({
      python,
      arch,
      files,
      modules: [{ imports: ['os; os.abort()'] }],
    }),
    'has an import that begins like an option': JSON.stringify({
      python,
      arch,
      files,
      modules: [{ imports: ['-c'] }],
    }),
  }).map(([name, text]) => ({ name, text, isManifest: false })),
];

describe('a file', () => {
  const directory = scratch();
  for (const [index, { name, text, isManifest }] of cases.entries()) {
    it(`that ${name} is ${isManifest ? 'a manifest' : 'not a manifest'}`, () => {
      const path = join(directory, `${index}.json`);
      writeFileSync(path, text);
      assert.deepEqual(readManifest(path), isManifest ? JSON.parse(text) : undefined);
    });
  }

  it('that is a directory is not a manifest', () => {
    mkdirSync(join(directory, 'manifest.json'));
    assert.equal(readManifest(join(directory, 'manifest.json')), undefined);
  });
});
