import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { RelopackError } from '../../../src/common/error.ts';
import { asOption, spell } from '../../../src/common/message.ts';
import type { Plan } from '../../../src/plan/plan.ts';
import type { Installed } from '../../../src/rpm/installed.ts';
import { type Content, type MadePackage, makeHost, planOf } from '../../support/plan/host.ts';
import { type Elf, Linker } from '../../support/plan/linker.ts';
import { base, module, python39 } from '../../support/plan/python.ts';
import { must } from '../../support/run.ts';
import { scratch } from '../../support/scratch.ts';

const site = '/usr/lib64/python3.9/site-packages';
const directory = scratch();
const linker = new Linker(join(directory, 'linked'));

async function linked(elf: Elf): Promise<Buffer> {
  return readFileSync(await linker.link(elf));
}

/** An object file of gcc. */
async function object(): Promise<Buffer> {
  const source = join(directory, 'object.c');
  writeFileSync(source, 'int value = 1;\n');
  await must('gcc', ['-c', '-o', join(directory, 'object.o'), source]);
  return readFileSync(join(directory, 'object.o'));
}

/** A copy of a file with other bytes at an offset. */
function patched(bytes: Buffer, at: number, ...values: number[]): Buffer {
  const copy = Buffer.from(bytes);
  copy.set(values, at);
  return copy;
}

const library = await linked({ soname: 'libsample.so.1', needed: ['libc.so.6'] });
const [typeAt, machineAt] = [16, 18];
const tagged = (tag: string) => `fast.cpython-39-${tag}.so`;

/** Files of one module that this Python does not load, with the words of the finding about each. */
const samples: { name: string; file: string; bytes: Buffer; finding: RegExp }[] = [
  {
    name: 'a file that ends in its segments',
    file: 'samples/short.so',
    bytes: library.subarray(0, 300),
    finding: /not a valid ELF file/,
  },
  {
    name: 'a file that ends in its header',
    file: 'samples/header.elf',
    bytes: library.subarray(0, 40),
    finding: /not a valid ELF file/,
  },
  {
    name: 'four bytes of magic',
    file: 'samples/magic',
    bytes: library.subarray(0, 4),
    finding: /not a valid ELF file/,
  },
  {
    name: 'a text after the magic',
    file: 'samples/text.elf',
    bytes: Buffer.from('\x7fELF\x02\x01\x01\0a sample for a parser, as text'),
    finding: /is for another machine/,
  },
  {
    name: 'firmware of another machine',
    file: 'firmware/esp32.elf',
    bytes: patched(library, machineAt, 94, 0),
    finding: /is for another machine/,
  },
  {
    name: 'an object file',
    file: 'samples/value.o',
    bytes: await object(),
    finding: /is an object file for a linker/,
  },
  {
    name: 'a core dump',
    file: 'samples/core',
    bytes: patched(library, typeAt, 4, 0),
    finding: /is neither a program nor a library/,
  },
  {
    name: 'an extension module for musl',
    file: tagged('x86_64-linux-musl'),
    bytes: await linked({ needed: ['libc.musl-x86_64.so.1'] }),
    finding: /is for another C library \(libc\.musl-x86_64\.so\.1\)/,
  },
  {
    name: 'a static-pie program for musl',
    file: 'samples/musl',
    bytes: await linked({ interpreter: '/lib/ld-musl-x86_64.so.1' }),
    finding: /is for another C library \(\/lib\/ld-musl-x86_64\.so\.1\)/,
  },
];

const file = (bytes: Buffer): Content => ({ bytes, mode: 0o644 });

/** A module for this machine, with the files below its directory. */
function withFiles(name: string, files: Record<string, Content>): MadePackage {
  const own = Object.entries({ '__init__.py': { text: '' }, ...files });
  return {
    name: `python3-${name}`,
    files: Object.fromEntries(own.map(([path, content]) => [`${site}/${name}/${path}`, content])),
  };
}

const packages: MadePackage[] = [
  ...base(),
  { name: 'ldconf', files: { '/etc/ld.so.conf': { text: '/usr/lib64\n' } } },
  ...python39(),
  { name: 'tagged', files: { [`${site}/../lib-dynload/${tagged('x86_64-linux-gnu')}`]: file(library) } },
  ...samples.map(({ file: path, bytes }, index) => withFiles(`odd${index}`, { [path]: file(bytes) })),
  withFiles(
    'many',
    Object.fromEntries([...'1234567'].map((n) => [`${n}.bin`, file(library.subarray(0, 99))])),
  ),
  withFiles('helper', { 'libexec/helper': { elf: { needed: ['libgone.so.1', 'liblost.so.2'] } } }),
  withFiles('cut', { 'fast.so': file(library.subarray(0, 300)) }),
  withFiles('stable', { 'native/fast.abi3.so': file(library.subarray(0, 300)) }),
  withFiles('own', { [`native/${tagged('x86_64-linux-gnu')}`]: file(library.subarray(0, 300)) }),
  withFiles('needing', { 'fast.so': { elf: { needed: ['libcut.so.1'] } } }),
  { name: 'libcut', files: { '/usr/lib64/libcut.so.1': file(library.subarray(0, 300)) } },
  withFiles('wanting', { 'fast.so': { elf: { needed: ['libgone.so.1'] } } }),
  { name: 'tool', files: { '/usr/bin/tool': { elf: { needed: ['libgone.so.1'] } } } },
  withFiles('torn', {
    'libexec/torn': { elf: { needed: ['/opt/torn/libnosoname.so', 'libother.so.1'] } },
    'libexec/whole': { elf: { needed: ['/usr/lib64/libnosoname.so', '/opt/torn/libother.so.1'] } },
  }),
  ...['/opt/torn', '/usr/lib64'].map((place) => ({
    name: `libraries-${place.slice(5)}`,
    files: {
      [`${place}/libnosoname.so`]: { elf: {} },
      [`${place}/libother.so.1`]: { elf: {} },
    },
  })),
  module('none', '3.9'),
];

let installed: Installed;
before(async () => {
  installed = await (await makeHost(directory, packages, linker)).read();
});

function planFor(word: string, include?: string): Promise<Plan> {
  const globs = include === undefined ? [] : [{ kind: 'include' as const, pattern: include }];
  return planOf(installed, { modules: [word], globs });
}

/** The findings about ELF files, with their severity. */
async function findings(word: string): Promise<string[]> {
  const texts = (await planFor(word)).findings.map(
    ({ severity, message }) => `${severity}: ${spell(message, asOption)}`,
  );
  return texts.filter((text) => /packed as data|not installed/.test(text));
}

describe('packed as data, with a remark, is', () => {
  for (const [index, { name, file: path, finding }] of samples.entries()) {
    it(`${name}: ${path}`, async () => {
      const { entries, data } = await planFor(`python3-odd${index}`);
      const entry = entries.find((one) => one.path.endsWith(`/odd${index}/${path}`));
      assert.ok(entry?.type === 'file' && entry.source.kind === 'host');
      assert.equal(entry.source.relocation.kind, 'none');
      assert.match(data.get(entry.source.host) ?? '', finding);
      const [found, ...more] = await findings(`python3-odd${index}`);
      assert.match(found ?? '', /^remark: packed as data, because this Python cannot load it: \/usr/);
      assert.match(found ?? '', finding);
      assert.deepEqual(more, []);
    });
  }

  it('each of many files, of which the remark names five', async () => {
    const [found, ...more] = await findings('python3-many');
    assert.equal(found?.match(/\.bin/g)?.length, 5);
    assert.match(found ?? '', /; and 2 more$/);
    assert.deepEqual(more, []);
  });

  it('a program of which no RUNPATH leads to all libraries, if it is not in bin', async () => {
    const [found, ...more] = await findings('python3-torn');
    assert.match(found ?? '', /libexec\/torn cannot be relocated: .*no order of directories/);
    assert.deepEqual(more, []);
  });

  it('nothing of a usual module', async () => assert.deepEqual(await findings('python3-none'), []));
});

describe('a library that is not installed', () => {
  it('is a warning if neither Python nor a program in bin loads the file that needs it', async () => {
    const host = `${site}/helper/libexec/helper`;
    assert.deepEqual(await findings('python3-helper'), [
      `warning: ${host} needs libraries that are not installed: libgone.so.1, liblost.so.2. It is packed, as no module or program loads it`,
    ]);
    assert.deepEqual(
      (await planFor('python3-helper')).missing,
      new Map([[host, ['libgone.so.1', 'liblost.so.2']]]),
    );
  });
});

describe('an error is', () => {
  const cases: { name: string; word: string; include?: string; code: string; names: string }[] = [
    {
      name: 'a truncated extension module',
      word: 'python3-cut',
      code: 'elf-malformed',
      names: 'cut/fast.so',
    },
    {
      name: 'a truncated extension module for any Python 3, also without modules beside it',
      word: 'python3-stable',
      code: 'elf-malformed',
      names: 'native/fast.abi3.so',
    },
    {
      name: 'a truncated extension module with the suffix of this Python, also without modules beside it',
      word: 'python3-own',
      code: 'elf-malformed',
      names: tagged('x86_64-linux-gnu'),
    },
    {
      name: 'a truncated library that an extension module needs',
      word: 'python3-needing',
      code: 'elf-malformed',
      names: '/usr/lib64/libcut.so.1',
    },
    {
      name: 'a library that is not installed, if an extension module needs it',
      word: 'python3-wanting',
      code: 'library-missing',
      names: 'libgone.so.1',
    },
    {
      name: 'a library that is not installed, if a program in bin needs it',
      word: 'tool',
      include: 'bin/tool',
      code: 'library-missing',
      names: 'libgone.so.1',
    },
  ];
  for (const { name, word, include, code, names } of cases) {
    it(name, async () => {
      await assert.rejects(planFor(word, include), (error) => {
        assert.ok(error instanceof RelopackError);
        assert.equal(error.code, code);
        assert.ok(error.message.includes(names), error.message);
        return true;
      });
    });
  }
});
