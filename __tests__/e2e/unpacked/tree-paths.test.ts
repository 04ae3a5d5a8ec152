import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { sharedTree } from '../../support/packed/packed.ts';
import { type ForeignRoots, foreignRoots, inRoot } from '../../support/rpm-host/targets.ts';

/** Imports extension modules of the standard library and of packages, and loads a library by its path. */
const script = `import ctypes, glob, json, sys
import _ssl, _sqlite3, yaml._yaml, lxml.etree
library = ctypes.CDLL(glob.glob(glob.escape(sys.prefix) + "/lib64/libz.so.1")[0])
library.zlibVersion.restype = ctypes.c_char_p
maps = {line[line.index("/"):].strip() for line in open("/proc/self/maps") if "/" in line}
outside = [path for path in maps if not path.startswith(sys.prefix + "/")]
assert library.zlibVersion(), library
print(json.dumps([sys.prefix, _ssl.__file__, lxml.etree.__spec__.origin, outside]))
`;

describe('a tree', () => {
  let tree: string;
  let roots: ForeignRoots;
  before(async () => {
    roots = await foreignRoots();
    tree = await sharedTree();
  });

  for (const name of ['$LIB', 'a$ORIGIN', '$' + '{ORIGIN}', '$PLATFORM $x']) {
    test(`works with ${name} in its path`, async () => {
      const place = `/opt/${name}/py`;
      const { code, stdout, stderr } = await inRoot(roots.bullseye, [`${place}/bin/python3`, '-c', script], {
        env: { PATH: '/usr/bin:/bin' },
        readOnly: { [tree]: place },
      });
      assert.equal(code, 0, stderr);
      const [prefix, extension, origin, outside] = JSON.parse(stdout.toString());
      assert.equal(prefix, place);
      assert.match(extension, /lib64\/python3\.11\/lib-dynload\/_ssl/);
      for (const path of [extension, origin]) assert.ok(path.startsWith(`${place}/`), path);
      assert.deepEqual(outside, []);
    });
  }
});
