import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type MadePackage, makeHost, planOf } from '../../support/plan/host.ts';
import { base, python39 } from '../../support/plan/python.ts';
import { scratch } from '../../support/scratch.ts';

const site = (text: string): MadePackage => ({
  name: 'python3-site',
  noarch: true,
  files: { '/usr/lib64/python3.9/site.py': { text } },
});
const local: MadePackage = {
  name: 'python3-local',
  noarch: true,
  files: { '/usr/local/lib/python3.9/site-packages/local.py': { text: '' } },
};
const patched = `def addsitepackages(known_paths, prefixes=None):
    if ENABLE_USER_SITE and 'RPM_BUILD_ROOT' not in os.environ:
        PREFIXES.insert(0, "/usr/local")
`;

describe('the .pth file for /usr/local', () => {
  const cases: { name: string; packages: MadePackage[]; lines: string[] | undefined }[] = [
    {
      name: 'names the directories that pip installs into, if site.py has the patch of Fedora',
      packages: [site(patched)],
      lines: ['../../../local/lib64/python3.9/site-packages', '../../../local/lib/python3.9/site-packages'],
    },
    {
      name: 'names packed modules first',
      packages: [site(patched), local],
      lines: [
        '../../../host/usr/local/lib/python3.9/site-packages',
        '../../../local/lib64/python3.9/site-packages',
        '../../../local/lib/python3.9/site-packages',
      ],
    },
    {
      name: 'names only packed modules, if site.py is that of CPython',
      packages: [site('PREFIXES = [sys.prefix, sys.exec_prefix]\n'), local],
      lines: ['../../../host/usr/local/lib/python3.9/site-packages'],
    },
    { name: 'does not exist if there is nothing to name', packages: [site('')], lines: undefined },
  ];
  for (const { name, packages, lines } of cases) {
    it(name, async () => {
      const host = await makeHost(scratch(), [...base(), ...python39(), ...packages]);
      const modules = packages.map((pkg) => pkg.name);
      const { entries } = await planOf(await host.read(), { modules });
      const entry = entries.find(({ path }) => path === 'lib64/python3.9/site-packages/usr-local.pth');
      const bytes = entry?.type === 'file' && entry.source.kind === 'made' ? entry.source.bytes : undefined;
      assert.deepEqual(bytes?.toString().trimEnd().split('\n'), lines);
    });
  }
});
