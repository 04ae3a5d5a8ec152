import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { describePlan, type Manifest } from '../../../src/manifest/manifest.ts';
import type { Installed } from '../../../src/rpm/installed.ts';
import { type MadePackage, makeHost, planOf } from '../../support/plan/host.ts';
import { type Elf, realGlibc } from '../../support/plan/linker.ts';
import { base, python39 } from '../../support/plan/python.ts';
import { must } from '../../support/run.ts';
import { scratch } from '../../support/scratch.ts';

function extension(name: string, elf: Elf): MadePackage {
  return { name: `python3-${name}`, files: { [`/usr/lib64/python3.9/site-packages/${name}.so`]: { elf } } };
}

const directory = scratch();
let installed: Installed;
before(async () => {
  const host = await makeHost(directory, [
    ...base(),
    ...python39(),
    extension('newer', { kernel: '5.9.0' }),
    extension('newest', { kernel: '5.10.0' }),
    ...(process.arch === 'x64'
      ? [extension('second', { isa: 'x86-64-v2' }), extension('third', { isa: 'x86-64-v3' })]
      : []),
  ]);
  installed = await host.read();
});

async function manifestFor(...modules: string[]): Promise<Manifest> {
  const plan = await planOf(installed, { modules: modules.map((name) => `python3-${name}`) });
  return describePlan(plan, new Map());
}

/** The notes of this machine's libc, which is also in the made host, as readelf prints them. */
async function note(pattern: RegExp): Promise<string | undefined> {
  const { libc } = await realGlibc();
  const { stdout } = await must('readelf', ['--notes', '--wide', libc]);
  return pattern.exec(stdout.toString())?.[1];
}

describe('in the manifest', () => {
  it('the version of glibc is that of the packed libc', async () => {
    const { stdout } = await must('getconf', ['GNU_LIBC_VERSION']);
    assert.equal(`glibc ${(await manifestFor()).glibc}\n`, stdout.toString());
  });

  it('the kernel is the one in libc’s ABI tag', async () => {
    assert.equal((await manifestFor()).needs.kernel, await note(/OS: Linux, ABI: ([\d.]+)/));
  });

  it('the kernel is the newest that any packed file needs', async () => {
    assert.equal((await manifestFor('newer')).needs.kernel, '5.9.0');
    assert.equal((await manifestFor('newest', 'newer')).needs.kernel, '5.10.0');
  });

  const levels: [modules: string[], level: number | undefined][] =
    process.arch === 'x64'
      ? [
          [['second'], 2],
          [['third', 'second'], 3],
        ]
      : [[[], undefined]];
  for (const [modules, level] of levels) {
    it(`the ISA level is the highest that any packed file needs: ${level}`, async () => {
      assert.equal((await manifestFor(...modules)).needs.isaLevel, level);
    });
  }
});
