import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { describePlan, type Manifest } from '../../../src/manifest/manifest.ts';
import type { Installed } from '../../../src/rpm/installed.ts';
import { type MadePackage, makeHost, planOf } from '../../support/plan/host.ts';
import type { Elf } from '../../support/plan/linker.ts';
import { base, python39 } from '../../support/plan/python.ts';
import { scratch } from '../../support/scratch.ts';
import { must } from '../../support/run.ts';

function extension(name: string, elf: Elf): MadePackage {
  return { name: `python3-${name}`, files: { [`/usr/lib64/python3.9/site-packages/${name}.so`]: { elf } } };
}

const directory = scratch();
let installed: Installed;
before(async () => {
  const host = makeHost(directory, [
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

function manifestFor(...modules: string[]): Manifest {
  return describePlan(planOf(installed, { modules: modules.map((name) => `python3-${name}`) }), new Map());
}

/** What the machine's own tools say of the real libc and ld.so in the made host. */
function note(pattern: RegExp): string | undefined {
  const libc = command('gcc', ['-print-file-name=libc.so.6']).trim();
  return pattern.exec(command('readelf', ['--notes', '--wide', libc]))?.[1];
}

describe('the manifest says what is needed:', () => {
  it('the version of glibc is that of the libc in the archive', () => {
    assert.equal(`glibc ${manifestFor().glibc}\n`, command('getconf', ['GNU_LIBC_VERSION']));
  });

  it('the kernel is the one that libc’s ABI tag names', () => {
    assert.equal(manifestFor().needs.kernel, note(/OS: Linux, ABI: ([\d.]+)/));
  });

  it('the kernel is the newest that any packed file asks for', () => {
    assert.equal(manifestFor('newer').needs.kernel, '5.9.0');
    assert.equal(manifestFor('newest', 'newer').needs.kernel, '5.10.0');
  });

  const levels: [modules: string[], level: number | undefined][] =
    process.arch === 'x64'
      ? [
          [['second'], 2],
          [['third', 'second'], 3],
        ]
      : [[[], undefined]];
  for (const [modules, level] of levels) {
    it(`the ISA level is the highest that any packed file asks for: ${level}`, () => {
      assert.equal(manifestFor(...modules).needs.isaLevel, level);
    });
  }
});
