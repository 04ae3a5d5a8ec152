import assert from 'node:assert/strict';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { sharedTree } from '../../support/packed/packed.ts';
import { type ForeignRoots, foreignRoots, inRoot } from '../../support/rpm-host/targets.ts';
import { must } from '../../support/run.ts';
import { scratch } from '../../support/scratch.ts';

const tree = '/opt/my py';

/** Every category by the variables, then German by its name, and another language that is missing. */
const script = `
import locale, time
print(locale.setlocale(locale.LC_ALL, ""), time.strftime("%B", time.gmtime(0)), locale.getpreferredencoding())
for name in "de_DE.UTF-8", "de_DE.utf8", ("de_DE", "UTF-8"), "fr_FR.UTF-8":
    try:
        print(locale.setlocale(locale.LC_ALL, name), locale.str(1.5))
    except locale.Error as error:
        print(error)
`;
const named = ['de_DE.UTF-8 1,5', 'de_DE.utf8 1,5', 'de_DE.UTF-8 1,5', 'unsupported locale setting'];

describe('a tree with the locale of a language pack', () => {
  let roots: ForeignRoots;
  let copy: string;
  before(async () => {
    roots = await foreignRoots();
    copy = join(scratch('languages-'), 'copy');
    await must('cp', ['-al', '--', await sharedTree(), copy]);
    // A language pack consists of such directories (glibc.spec of Fedora).
    const german = join(copy, 'lib/locale/de_DE.utf8');
    await must('localedef', ['--no-archive', '-i', 'de_DE', '-f', 'UTF-8', german]);
  });

  const cases = [
    { env: { LANG: 'de_DE.UTF-8' }, first: 'de_DE.UTF-8 Januar utf-8' },
    { env: { LC_ALL: 'de_DE.UTF-8' }, first: 'de_DE.UTF-8 Januar utf-8' },
    { env: { LC_ALL: 'fr_FR.UTF-8' }, first: 'C.UTF-8 January utf-8' },
  ];
  for (const root of ['bullseye', 'busybox'] as const) {
    for (const { env, first } of cases) {
      test(`knows German, but no other language, with ${Object.entries(env).join(' ')}, in ${root}`, async () => {
        const { code, stdout, stderr } = await inRoot(roots[root], [`${tree}/bin/python3`, '-c', script], {
          env: { PATH: '/usr/bin:/bin', ...env },
          readOnly: { [copy]: tree },
        });
        assert.equal(code, 0, stderr);
        assert.equal(stderr, '');
        assert.deepEqual(stdout.toString().toLowerCase().split('\n'), [
          ...[first, ...named].map((line) => line.toLowerCase()),
          '',
        ]);
      });
    }
  }

  test('knows German in C code that calls setlocale() itself', async () => {
    const lines = `
import ctypes, time
setlocale = ctypes.CDLL(None).setlocale
setlocale.restype = ctypes.c_char_p
print(setlocale(6, b""), time.strftime("%B", time.gmtime(0)), setlocale(6, b"fr_FR.UTF-8"))
`;
    const { stdout, stderr } = await inRoot(roots.busybox, [`${tree}/bin/python3`, '-c', lines], {
      env: { LANG: 'de_DE.UTF-8' },
      readOnly: { [copy]: tree },
    });
    assert.equal(stderr, '');
    assert.equal(stdout.toString(), "b'de_DE.UTF-8' Januar None\n");
  });

  test('replaces only the categories whose locale is missing', async () => {
    const categories = 'CTYPE NUMERIC TIME COLLATE MONETARY MESSAGES'.split(' ');
    const lines = `import locale\nlocale.setlocale(locale.LC_ALL, "")\nprint(*(locale.setlocale(getattr(locale, "LC_" + name)) for name in "${categories.join(' ')}".split()))`;
    const { stdout, stderr } = await inRoot(roots.busybox, [`${tree}/bin/python3`, '-c', lines], {
      env: { LANG: 'de_DE.UTF-8', LC_TIME: 'fr_FR.UTF-8', LC_MESSAGES: 'en_US.UTF-8', LC_COLLATE: 'C' },
      readOnly: { [copy]: tree },
    });
    assert.equal(stderr, '');
    assert.equal(stdout.toString(), 'de_DE.UTF-8 de_DE.UTF-8 C.UTF-8 C de_DE.UTF-8 C.UTF-8\n');
  });
});
