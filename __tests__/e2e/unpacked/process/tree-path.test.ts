import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { sharedTree } from '../../../support/packed/packed.ts';
import { foreignRoots, inRoot } from '../../../support/rpm-host/targets.ts';
import { must } from '../../../support/run.ts';
import { scratch } from '../../../support/scratch.ts';

/** Directories for a tree. ld.so splits lists of paths at ':' and ';', and expands the words after '$'. */
const names = [
  'a space',
  'col:on',
  'semi;colon',
  '$ORIGIN',
  '$' + '{ORIGIN}',
  '$LIB and $PLATFORM',
  '$other',
  'per%cent',
  'new\nline',
  'quote\'s "and\\',
  '#=?*[',
  'Käse',
];

/** Loads modules and libraries of the tree, and a library from elsewhere that needs one of the tree and has no path. */
const script = `
import ctypes, os, sys, ssl, sqlite3, json, cryptography.x509, lxml.etree
assert sys.prefix == os.environ["T"], sys.prefix
assert sys.executable == os.environ["T"] + "/bin/python3", sys.executable
ctypes.CDLL("/later/later.so")
ctypes.CDLL("libncursesw.so.6")
ctypes.CDLL(sys.prefix + "/lib64/libz.so.1")
assert all(module.__file__.startswith(sys.prefix + "/") for module in (sqlite3, lxml.etree))
assert os.spawnl(os.P_WAIT, sys.executable, "python3", "-c", "import ssl") == 0
`;

describe('a packed Python works in a tree whose path contains', () => {
  let root: string;
  let packed: string;
  const directory = scratch('later-');
  before(async () => {
    [root, packed] = [(await foreignRoots()).bullseye, await sharedTree()];
    writeFileSync(join(directory, 'later.c'), 'int later;');
    const library = join(packed, 'lib64/libpanelw.so.6');
    const options = ['-shared', '-fPIC', '-nostdlib', '-Wl,--no-as-needed,--unresolved-symbols=ignore-all'];
    await must('gcc', [...options, '-o', 'later.so', 'later.c', library], { cwd: directory });
  });

  for (const name of names) {
    test(JSON.stringify(name), async () => {
      const tree = `/opt/${name}/py`;
      const { code, stderr } = await inRoot(root, [`${tree}/bin/python3`, '-c', script], {
        env: { T: tree },
        readOnly: { [packed]: tree, [directory]: '/later' },
      });
      assert.equal(code, 0, stderr);
    });
  }
});
