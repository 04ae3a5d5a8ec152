import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { pthPaths } from '../../src/python/pth.ts';
import { relocatePth } from '../../src/relocate/pth.ts';
import { run } from '../support/run.ts';
import { scratch } from '../support/scratch.ts';

const moves = [
  ['/usr/lib64/python3.13/_import_failed', '../_import_failed'],
  ['/usr/lib/with space', '../../with space'],
  ['/opt/vendor', undefined],
] as const;

const cases: { name: string; text: string; paths: string[]; relocated: string }[] = [
  {
    name: 'an absolute path becomes relative',
    text: '/usr/lib64/python3.13/_import_failed\n',
    paths: ['/usr/lib64/python3.13/_import_failed'],
    relocated: '../_import_failed\n',
  },
  {
    name: 'an absolute path that is not packed is left out',
    text: 'a\n/opt/vendor\nb\n',
    paths: ['/opt/vendor'],
    relocated: 'a\nb\n',
  },
  { name: 'relative paths stay', text: 'plugins\n../more\n', paths: [], relocated: 'plugins\n../more\n' },
  {
    name: 'comments and code stay, whatever they name',
    text: "# /opt/vendor\nimport sys; sys.path.insert(0, '/opt/vendor')\nimport\tos\n",
    paths: [],
    relocated: "# /opt/vendor\nimport sys; sys.path.insert(0, '/opt/vendor')\nimport\tos\n",
  },
  {
    name: 'white space at the end is ignored',
    text: '/opt/vendor \t\r\n',
    paths: ['/opt/vendor'],
    relocated: '',
  },
  {
    name: 'white space at the beginning makes a relative path',
    text: ' /opt/vendor\n',
    paths: [],
    relocated: ' /opt/vendor\n',
  },
  {
    name: 'the last line may be without a line end',
    text: 'a\n/usr/lib/with space',
    paths: ['/usr/lib/with space'],
    relocated: 'a\n../../with space',
  },
  { name: 'an empty file stays empty', text: '', paths: [], relocated: '' },
];

describe('in a .pth file', () => {
  for (const { name, text, paths, relocated } of cases) {
    it(name, () => {
      assert.deepEqual(pthPaths(Buffer.from(text)), paths);
      assert.equal(relocatePth(Buffer.from(text), moves).toString(), relocated);
    });
  }
});

describe('a Python', () => {
  const directory = scratch();

  it('finds the same directory by the relative path, wherever the tree is', async () => {
    const site = join(directory, 'moved/lib/python3/site-packages');
    mkdirSync(join(site, '../_import_failed'), { recursive: true });
    mkdirSync(site);
    const host = Buffer.from('/usr/lib64/python3.13/_import_failed\n');
    writeFileSync(join(site, 'zzzz-import-failed-hooks.pth'), relocatePth(host, moves));
    const script = `import site, sys; site.addsitedir(${JSON.stringify(site)}); print(sys.path[-1])`;
    const { stdout, stderr } = await run('python3', ['-I', '-c', script]);
    assert.equal(stdout.toString().trim(), join(directory, 'moved/lib/python3/_import_failed'), stderr);
  });
});
