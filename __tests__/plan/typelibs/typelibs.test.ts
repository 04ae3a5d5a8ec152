import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { explain } from '../../../src/plan/reason.ts';
import { namespacesIn } from '../../../src/plan/typelibs/asked.ts';
import { readTypelib } from '../../../src/plan/typelibs/header.ts';
import type { Installed } from '../../../src/rpm/installed.ts';
import { type Content, type MadePackage, makeHost, planOf } from '../../support/plan/host.ts';
import { base, module, python39 } from '../../support/plan/python.ts';
import { scratch } from '../../support/scratch.ts';

const site = '/usr/lib/python3.9/site-packages';

/** The header of a typelib with strings behind it. */
function typelib(dependencies: string, libraries: string): Buffer {
  const head = Buffer.alloc(112);
  head.write('GOBJ\nMETADATA\r\n\x1a', 'latin1');
  head.writeUInt32LE(dependencies === '' ? 0 : 112, 36);
  head.writeUInt32LE(libraries === '' ? 0 : 113 + dependencies.length, 52);
  return Buffer.concat([head, Buffer.from(`${dependencies}\0${libraries}\0`)]);
}

function introspected(name: string, version: string, dependencies: string[]): MadePackage {
  const soname = `lib${name.toLowerCase()}-${version}.so.0`;
  return {
    name: `${name.toLowerCase()}${version}`,
    source: name,
    files: {
      [`/usr/lib64/${soname}`]: { elf: { soname } },
      [`/usr/lib64/girepository-1.0/${name}-${version}.typelib`]: {
        bytes: typelib(dependencies.join('|'), soname),
      } satisfies Content,
    },
  };
}

const packages: MadePackage[] = [
  ...base(),
  ...python39(),
  introspected('GLib', '2.0', []),
  introspected('GObject', '2.0', ['GLib-2.0']),
  introspected('Gio', '2.0', ['GLib-2.0', 'GObject-2.0']),
  introspected('Gtk', '3.0', ['Gdk-3.0', 'GLib-2.0']),
  introspected('Gtk', '4.0', ['GLib-2.0']),
  introspected('Gdk', '3.0', ['Gio-2.0', 'xlib-2.0']),
  introspected('xlib', '2.0', []),
  introspected('Secret', '1', ['Gio-2.0']),
  module('gobject', '3.9', {
    source: 'pygobject',
    files: {
      [`${site}/gi/__init__.py`]: { text: 'from . import _gi\n' },
      [`${site}/gi/overrides/Secret.py`]: { text: 'from gi.repository import Secret\n' },
    },
  }),
  module('window', '3.9', {
    source: 'window',
    requires: ['python3-gobject'],
    files: {
      [`${site}/window/main.py`]: {
        text: 'import gi\ngi.require_version("Gtk", "3.0")\nfrom gi.repository import Gtk\n',
      },
    },
  }),
  module('newest', '3.9', {
    source: 'newest',
    requires: ['python3-gobject'],
    files: { [`${site}/newest/main.py`]: { text: 'from gi.repository import Gtk, Unknown\n' } },
  }),
  module('optional', '3.9', {
    source: 'optional',
    files: {
      [`${site}/optional/main.py`]: {
        text: 'try:\n    from gi.repository import Gtk\nexcept ImportError: pass\n',
      },
    },
  }),
];

let installed: Installed;
before(async () => {
  installed = await (await makeHost(scratch(), packages)).read();
});

/** The typelibs that are packed for a module, with their reasons. */
async function packed(name: string): Promise<{ typelibs: Record<string, string>; libraries: string[] }> {
  const { entries } = await planOf(installed, { modules: [`python3-${name}`] });
  const typelibs = entries.filter(({ path }) => path.endsWith('.typelib'));
  return {
    typelibs: Object.fromEntries(
      typelibs.map(({ path, reason }) => [path.replace(/.*\/|\.typelib$/g, ''), explain(reason)]),
    ),
    libraries: entries
      .filter(({ path }) => /lib64\/lib(?!c\.|python|relopack)/.test(path))
      .map(({ path }) => path.replace(/.*\/lib(.*)-.*/, '$1')),
  };
}

describe('typelibs', () => {
  it('are packed for the namespaces that sources ask for, with what these depend on, and their libraries', async () => {
    assert.deepEqual(await packed('window'), {
      typelibs: {
        'GLib-2.0': 'named in __init__.py',
        'GObject-2.0': 'named in __init__.py',
        'Gdk-3.0': 'named in Gtk-3.0.typelib',
        'Gio-2.0': 'named in __init__.py',
        'Gtk-3.0': 'named in main.py',
        'xlib-2.0': 'named in Gdk-3.0.typelib',
      },
      libraries: ['gdk', 'gio', 'glib', 'gobject', 'gtk', 'xlib'],
    });
  });

  it('are of the newest version if a source names none', async () => {
    const { typelibs } = await packed('newest');
    assert.deepEqual(Object.keys(typelibs), ['GLib-2.0', 'GObject-2.0', 'Gio-2.0', 'Gtk-4.0']);
  });

  it('are not packed without PyGObject', async () => {
    assert.deepEqual(await packed('optional'), { typelibs: {}, libraries: [] });
  });

  it('are read from the tree', async () => {
    const { redirects } = await planOf(installed, { modules: ['python3-window'] });
    assert.deepEqual(
      redirects.map(({ path, kind, archive }) => [path, kind, archive]),
      [['/usr/lib64/girepository-1.0', 'tree', 'lib64/girepository-1.0']],
    );
  });
});

describe('the namespaces of a source', () => {
  const cases: [sentence: string, source: string, names: string[]][] = [
    ['are those that it imports', 'from gi.repository import GLib, Gtk as G', ['GLib', 'Gtk']],
    ['are those that it imports by their full names', 'import gi.repository.Gio', ['Gio']],
    ['have the version that it requires', "gi.require_version('Gst', '1.0')", ['Gst 1.0']],
    [
      'have the versions that it requires together',
      "gi.require_versions({'Gtk': '3.0', 'Gst': '1.0'})",
      ['Gtk 3.0', 'Gst 1.0'],
    ],
    ['are not those in a docstring', '"""\nfrom gi.repository import Gtk\n"""', []],
  ];
  for (const [sentence, source, names] of cases)
    it(sentence, () => {
      const found = namespacesIn(source).map(({ name, version }) =>
        [name, version].filter(Boolean).join(' '),
      );
      assert.deepEqual(found, names);
    });
});

describe('the header of a typelib', () => {
  it('names other typelibs and libraries', () => {
    assert.deepEqual(readTypelib(typelib('A-1.0|B-2.0', 'liba.so.1,/usr/lib64/b.so'), true), {
      dependencies: ['A-1.0', 'B-2.0'],
      libraries: ['liba.so.1', '/usr/lib64/b.so'],
    });
  });

  const damaged: [sentence: string, bytes: Buffer][] = [
    ['is not that of another file', Buffer.alloc(200)],
    ['is not that of a short file', typelib('', '').subarray(0, 40)],
  ];
  for (const [sentence, bytes] of damaged)
    it(sentence, () => assert.equal(readTypelib(bytes, true), undefined));

  it('names nothing if its offsets are outside', () => {
    const bytes = typelib('A-1.0', '');
    bytes.writeUInt32LE(0xffffffff, 36);
    assert.deepEqual(readTypelib(bytes, true), { dependencies: [], libraries: [] });
  });
});
