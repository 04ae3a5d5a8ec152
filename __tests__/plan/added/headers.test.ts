import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import type { Installed } from '../../../src/rpm/installed.ts';
import { type MadePackage, makeHost, planOf } from '../../support/plan/host.ts';
import { base, python, python39 } from '../../support/plan/python.ts';
import { scratch } from '../../support/scratch.ts';

const include = '/usr/include/python3.9';
const devel: MadePackage = {
  name: 'python39-headers',
  noarch: true,
  files: {
    [`${include}/Python.h`]: { text: '#include "object.h"\n' },
    [`${include}/object.h`]: { text: '\n' },
  },
};
const configuration: MadePackage = {
  name: 'python3-configuration',
  noarch: true,
  files: { [`${include}/pyconfig-64.h`]: { text: '#define CONFIGURATION\n' } },
};
const suse = python({
  version: '3.11',
  name: 'python311-base',
  libs: 'libpython3_11-1_0',
  more: {
    '/usr/bin/python3': { link: 'python3.11' },
    '/usr/include/python3.11/pyconfig.h': { text: '#define CONFIGURATION\n' },
    '/usr/lib64/python3.11/EXTERNALLY-MANAGED': { text: '[externally-managed]\n' },
  },
});

/** The headers in an archive: those that relopack made by their text. */
async function headers(installed: Installed, modules: string[]): Promise<string[][]> {
  const { entries } = await planOf(installed, { modules });
  return entries
    .filter(({ path }) => path.startsWith('include/') || path.includes('EXTERNALLY'))
    .map((entry) => [
      entry.path,
      ...(entry.type === 'file' && entry.source.kind === 'made' ? [entry.source.bytes.toString()] : []),
    ]);
}

const replacement = (name: string) =>
  `/* Made by relopack. */\n#error "This Python was packed without its headers. Pack it again, with ${name} as a module."\n`;

describe('the headers of a plan', () => {
  let installed: Installed;
  let other: Installed;
  before(async () => {
    const made = (packages: MadePackage[]) => makeHost(scratch(), [...base(), ...packages]);
    installed = await (await made([...python39(), devel, configuration])).read();
    other = await (await made(suse)).read();
  });

  it('are those of a requested package', async () => {
    const names = ['Python.h', 'object.h', 'pyconfig-64.h'];
    assert.deepEqual(
      await headers(installed, ['python3-configuration', 'python39-headers']),
      names.map((name) => [`include/python3.9/${name}`]),
    );
  });

  it('are one that names the installed package with the headers, if that was not requested', async () => {
    assert.deepEqual(await headers(installed, ['python3-configuration']), [
      ['include/python3.9/Python.h', replacement('python39-headers')],
      ['include/python3.9/pyconfig-64.h'],
    ]);
  });

  it('are one that names the usual package, if no package with headers is installed', async () => {
    assert.deepEqual(await headers(other, []), [
      ['include/python3.11/Python.h', replacement('python311-devel')],
      ['include/python3.11/pyconfig.h'],
    ]);
  });

  it('are none if sysconfig needs none', async () => {
    assert.deepEqual(await headers(installed, []), []);
  });
});
