import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import type { Installed } from '../../../src/rpm/installed.ts';
import { type MadePackage, makeHost, planOf, remarksOf } from '../../support/plan/host.ts';
import { base, python39 } from '../../support/plan/python.ts';
import { scratch } from '../../support/scratch.ts';

const packages: MadePackage[] = [
  ...base(),
  ...python39(),
  {
    name: 'glibc-langpack-de',
    files: {
      '/usr/lib/locale/de_DE.utf8/LC_TIME': { text: 'times\n' },
      '/usr/lib/locale/de_DE.utf8/LC_MESSAGES/SYS_LC_MESSAGES': { text: 'messages\n' },
      '/usr/lib/locale/de_DE@euro/LC_TIME': { text: 'times\n' },
    },
  },
  {
    name: 'glibc-all-langpacks',
    files: {
      '/usr/lib/locale/locale-archive.real': { text: 'archive\n' },
      '/usr/lib/locale/locale-archive': { text: '', as: '%ghost' },
    },
  },
];

describe('the locales of a plan', () => {
  let installed: Installed;
  before(async () => {
    installed = await (await makeHost(scratch(), packages)).read();
  });

  const cases: { name: string; modules: string[]; locales: string[]; remarks: RegExp[] }[] = [
    {
      name: 'are C.UTF-8 alone, although language packs are installed',
      modules: [],
      locales: ['C.utf8/LC_CTYPE'],
      remarks: [],
    },
    {
      name: 'include those of a requested language pack',
      modules: ['glibc-langpack-de'],
      locales: [
        'C.utf8/LC_CTYPE',
        'de_DE.utf8/LC_MESSAGES/SYS_LC_MESSAGES',
        'de_DE.utf8/LC_TIME',
        'de_DE@euro/LC_TIME',
      ],
      remarks: [],
    },
    {
      name: 'do not include the archive of all locales, with a remark',
      modules: ['glibc-all-langpacks'],
      locales: ['C.utf8/LC_CTYPE'],
      remarks: [
        /^glibc-all-langpacks: its locales are in one archive, .*Install the language packs .* name them as modules$/,
      ],
    },
  ];
  for (const { name, modules, locales, remarks } of cases) {
    it(name, async () => {
      const plan = await planOf(installed, { modules });
      const paths = plan.entries.map(({ path }) => path).filter((path) => path.includes('locale/'));
      assert.deepEqual(
        paths,
        locales.map((path) => `lib/locale/${path}`),
      );
      const found = remarksOf(plan).filter((remark) => /locale|langpack/.test(remark));
      assert.equal(found.length, remarks.length, found.join('\n'));
      for (const [index, remark] of remarks.entries()) assert.match(found[index] ?? '', remark);
    });
  }
});
