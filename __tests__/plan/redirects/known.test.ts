import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { madeFile } from '../../../src/plan/entry.ts';
import { knownRedirects } from '../../../src/plan/redirects/known.ts';
import { redirectedPaths } from '../../../src/plan/redirects/redirect.ts';
import type { SelectedFile } from '../../../src/plan/selected-file.ts';

const reason = { kind: 'runtime', by: 'a library' } as const;
const selected = (host: string, path: string): SelectedFile => ({
  host,
  path,
  reason,
  owned: undefined,
  type: 'file',
});

describe('the known redirects', () => {
  const cases = [
    {
      name: 'terminfo, from the machine first',
      file: selected('/usr/share/terminfo/x/xterm', 'share/terminfo/x/xterm'),
      path: '/usr/share/terminfo',
      places: ['.', '/etc/terminfo', '/lib/terminfo', '/usr/lib/terminfo', 'share/terminfo'],
    },
    {
      name: 'time zones, from the machine first',
      file: selected('/usr/share/zoneinfo/Europe/Berlin', 'share/zoneinfo/Europe/Berlin'),
      path: '/usr/share/zoneinfo',
      places: ['.', 'share/zoneinfo'],
    },
    {
      name: 'typelibs',
      file: selected('/usr/lib64/girepository-1.0/Gtk-3.0.typelib', 'lib64/girepository-1.0/Gtk-3.0.typelib'),
      path: '/usr/lib64/girepository-1.0',
      places: ['lib64/girepository-1.0'],
    },
    {
      name: 'modules of Tcl in a directory of its major version',
      file: selected('/usr/share/tcl8/8.4/platform.tm', 'share/tcl8/8.4/platform.tm'),
      path: '/usr/share/tcl8',
      places: ['share/tcl8'],
    },
    {
      name: 'the scripts of Tk in lib64',
      file: selected('/usr/lib64/tk9.0/tk.tcl', 'lib64/tk9.0/tk.tcl'),
      path: '/usr/lib64/tk9.0',
      places: ['lib64/tk9.0'],
    },
    {
      name: 'the configuration of FlexiBLAS',
      file: selected('/etc/flexiblasrc', 'etc/flexiblasrc'),
      path: '/etc/flexiblasrc',
      places: ['etc/flexiblasrc'],
    },
    {
      name: 'a directory of the configuration of FlexiBLAS',
      file: selected('/etc/flexiblasrc.d/netlib.conf', 'etc/flexiblasrc.d/netlib.conf'),
      path: '/etc/flexiblasrc.d',
      places: ['etc/flexiblasrc.d'],
    },
  ];
  for (const { name, file, path, places } of cases) {
    test(`contain ${name}`, () => {
      const redirects = knownRedirects([file, file], []);
      assert.deepEqual(redirectedPaths(redirects), [{ path, places }]);
    });
  }

  for (const path of [
    'share/tcltk/more.tcl',
    'share/misc/file',
    'lib64/libflexiblas.so.3',
    'share/terminfo',
  ]) {
    test(`do not contain ${path}`, () => {
      assert.deepEqual(knownRedirects([selected(`/usr/${path}`, path)], []), []);
    });
  }

  test('let each name of a file of certificates lead to the others, and to the packed one', () => {
    const packed = madeFile('etc/pki/tls/certs/ca-bundle.crt', 0o644, 0, Buffer.from('certificates'));
    const rows = redirectedPaths(knownRedirects([], [packed]));
    const fedora = rows.find(({ path }) => path === '/etc/pki/tls/cert.pem');
    assert.deepEqual(fedora?.places, [
      '.',
      '/etc/ssl/certs/ca-certificates.crt',
      '/etc/pki/tls/certs/ca-bundle.crt',
      '/etc/ssl/ca-bundle.pem',
      '/etc/pki/tls/cacert.pem',
      '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
      '/etc/ssl/cert.pem',
      'etc/pki/tls/certs/ca-bundle.crt',
    ]);
    assert.ok(rows.every(({ path, places }) => places.indexOf(path) === -1));
  });

  test('contain no certificates if none were packed', () => {
    assert.deepEqual(knownRedirects([], []), []);
  });
});
