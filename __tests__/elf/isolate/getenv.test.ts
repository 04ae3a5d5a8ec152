import assert from 'node:assert/strict';
import { cpSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import type { Architecture as Built } from '../../../scripts/native.ts';
import { extendGetenv } from '../../../src/elf/isolate/getenv.ts';
import { architectures as debians, foreignRoot } from '../../support/elf/architectures.ts';
import { output } from '../../support/elf/tools.ts';
import { olderHost } from '../../support/rpm-host/releases/bullseye.ts';
import { newerHost } from '../../support/rpm-host/releases/forky.ts';
import { run } from '../../support/run.ts';
import { scratch } from '../../support/scratch.ts';

const directory = scratch();
const source = join(import.meta.dirname, '../../support/launcher/getenv.c');

/** What getenv() of libc finds, and what it finds with the two lists if that is different. */
const values: Record<string, [string, string?]> = {
  'finds a variable': ['1'],
  'finds the first of two with one name': ['first'],
  'finds an empty value': [''],
  'does not find a name that is missing': ['(none)'],
  'does not find the empty name': ['(none)'],
  'does not find a name that begins another one': ['(none)'],
  'does not find a name that another one begins': ['(none)'],
  'finds a name of which others are the beginning and the end': ['3'],
  'finds a name of one character': ['Y=4'],
  'takes the part before the value for the name, even with an equals sign': ['4'],
  'takes a name that begins with an equals sign': ['5'],
  'does not find an entry without an equals sign': ['(none)'],
  'finds LOCPATH': ['/callers', '/tree/locale'],
  'finds LOCPATH by secure_getenv': ['/callers', '/tree/locale'],
  'finds TZDIR': ['(none)', '/tree/zones'],
  'finds a name in the first list with an empty value': ['(none)', ''],
  'finds TZDIR that setenv added': ['/own'],
  'finds TZDIR that setenv changed': ['/other'],
  'finds TZDIR after unsetenv removed it': ['(none)', '/tree/zones'],
  'finds a variable that putenv added': ['by putenv'],
  'finds LOCPATH that setenv changed': ['/own', '/tree/locale'],
  'finds nothing of the environment after clearenv': ['(none)', 'otherwise'],
  'finds LOCPATH after clearenv': ['(none)', '/tree/locale'],
  'finds nothing if there is no environment': ['(none)'],
};

/** A glibc of the tests: where its files are, and the compiler and emulator for it. */
interface Glibc {
  name: string;
  architecture: Built;
  /** A directory that contains libc.so.6 and ld.so, here or below. */
  folder: () => Promise<string>;
}

const debian = (name: string) => async () => {
  const found = debians.find((one) => one.name === name);
  assert.ok(found !== undefined);
  return foreignRoot(found, ['libc-bin', 'zlib1g', 'libstdc++6']);
};

const glibcs: Glibc[] = [
  { name: 'glibc 2.31 for x86_64', architecture: 'x86_64', folder: async () => (await olderHost()).root },
  { name: 'glibc 2.36 for x86_64', architecture: 'x86_64', folder: debian('amd64') },
  { name: 'glibc 2.43 for x86_64', architecture: 'x86_64', folder: async () => (await newerHost()).root },
  { name: 'glibc 2.36 for aarch64', architecture: 'aarch64', folder: debian('arm64') },
];

for (const { name, architecture, folder } of glibcs) {
  describe(name, () => {
    const at = join(directory, name);
    let original: Buffer;
    let edited: Buffer;
    let start: (kind: 'original' | 'edited', ...args: string[]) => Promise<string[]>;

    before(async () => {
      const root = await folder();
      const find = (pattern: string) => {
        const [found] = globSync([`${root}/{,usr/}lib*/${pattern}`, `${root}/{,usr/}lib*/*-gnu/${pattern}`]);
        assert.ok(found !== undefined, `${pattern} in ${root}`);
        return found;
      };
      const loader = find('ld-linux-*.so.*');
      for (const kind of ['original', 'edited']) {
        mkdirSync(join(at, kind), { recursive: true });
        writeFileSync(join(at, kind, 'libpthread.so.0'), readFileSync(find('libpthread.so.0')));
      }
      original = readFileSync(find('libc.so.6'));
      edited = extendGetenv(original, name);
      writeFileSync(join(at, 'original/libc.so.6'), original);
      writeFileSync(join(at, 'edited/libc.so.6'), edited);

      // The program is linked with this glibc, so that it needs no newer symbol.
      const libraries = [join(at, 'original/libpthread.so.0'), join(at, 'original/libc.so.6'), loader];
      const program = join(at, 'program');
      const compiler = [`${architecture}-linux-gnu-gcc`, '-O1', '-o', program, source, '-nodefaultlibs'];
      await output('env', ...compiler, ...libraries, '-lgcc');
      // The largest pages, so that segments that would share one are noticed.
      const emulator = architecture === 'aarch64' ? ['qemu-aarch64-static', '-p', '65536'] : [];
      start = async (kind, ...args) => {
        const [file = '', ...words] = [
          ...emulator,
          ...[loader, '--library-path', join(at, kind), program, ...args],
        ];
        const { code, stdout, stderr } = await run(file, words, { env: {} });
        assert.equal(code, 0, stderr);
        return stdout.toString().split('\n').slice(0, -1);
      };
    });

    const expected = (index: 0 | 1) =>
      Object.entries(values).map(([sentence, found]) => `${sentence}\t${found[index] ?? found[0]}`);

    test('finds the same after the edit as before', async () => {
      assert.deepEqual(await start('original'), expected(0));
      assert.deepEqual(await start('edited'), expected(0));
    });

    test('finds the variables of its lists too', async () => {
      assert.deepEqual(await start('edited', 'lists'), expected(1));
    });

    test('finds a variable while another thread removes others', async () => {
      assert.deepEqual(await start('edited', 'threads'), ['misses\t0']);
    });

    test('is edited once: a second edit changes nothing', () => {
      assert.equal(extendGetenv(edited, name), edited);
      assert.equal(edited.length, original.length);
    });

    test('keeps its code except for getenv, and describes it as a function without a frame', async () => {
      const listing = async (kind: string) => {
        const words = ['--disassemble', '--no-show-raw-insn', '--no-addresses', join(at, kind, 'libc.so.6')];
        const text = await output(`${architecture}-linux-gnu-objdump`, ...words);
        return text.replace(/^<getenv@@.*>:\n(?:.+\n)*/m, '').replace(/^.*file format.*$/m, '');
      };
      assert.equal(await listing('edited'), await listing('original'));
      const readelf = `${architecture}-linux-gnu-readelf`;
      const libc = join(at, 'edited/libc.so.6');
      const symbols = await output(readelf, '--dyn-syms', '--wide', libc);
      const [, address = ''] = / ([0-9a-f]{16}) .* getenv@/.exec(symbols) ?? [];
      const frames = await output(readelf, '--debug-dump=frames', '--debug-dump=no-follow-links', libc);
      const description = new RegExp(`pc=${address}.*\\n((?: .*\\n)*)`).exec(frames)?.[1];
      assert.match(description ?? '', /^(?: {2}DW_CFA_nop\n)+$/);
    });

    test('keeps its lists if it is stripped', async () => {
      const stripped = join(at, 'stripped');
      mkdirSync(stripped, { recursive: true });
      cpSync(join(at, 'edited/libpthread.so.0'), join(stripped, 'libpthread.so.0'));
      const libc = join(stripped, 'libc.so.6');
      await output(`${architecture}-linux-gnu-strip`, '-o', libc, join(at, 'edited/libc.so.6'));
      const writable = async (file: string) => {
        const text = await output(`${architecture}-linux-gnu-readelf`, '--segments', '--wide', file);
        const [, address, size] = /LOAD +\S+ (\S+) \S+ \S+ (\S+) RW /.exec(text) ?? [];
        return { address, size };
      };
      assert.deepEqual(await writable(libc), await writable(join(at, 'edited/libc.so.6')));
    });
  });
}

test('a libc of a machine without a static launcher stays as it is', async () => {
  const root = await debian('s390x')();
  const [libc = ''] = globSync(`${root}/{,usr/}lib/*/libc.so.6`);
  const bytes = readFileSync(libc);
  assert.equal(extendGetenv(bytes, libc), bytes);
});

describe('a library that is not a supported glibc is refused', () => {
  const refused = (bytes: Buffer, message: RegExp) =>
    assert.throws(() => extendGetenv(bytes, 'libc.so.6'), { code: 'elf-unsupported', message });
  const [own = ''] = globSync(['/usr/lib/x86_64-linux-gnu/libc.so.6', '/usr/lib64/libc.so.6']);
  const [math = ''] = globSync(['/usr/lib/x86_64-linux-gnu/libm.so.6', '/usr/lib64/libm.so.6']);

  test('if it does not define getenv', () => {
    refused(readFileSync(math), /it does not define getenv and __environ/);
  });
  test('if its getenv is too short', async () => {
    const bytes = readFileSync(own);
    const table = await output('readelf', '--sections', '--wide', own);
    const [, , start = '', size = ''] = / \.dynsym +DYNSYM +(\S+) (\S+) (\S+)/.exec(table) ?? [];
    const symbols = await output('readelf', '--dyn-syms', '--wide', own);
    const [, number = '', length = ''] = /^ +(\d+): \S+ +(\d+) FUNC .* getenv@/m.exec(symbols) ?? [];
    const at = Number.parseInt(start, 16) + Number(number) * 24 + 16;
    assert.ok(size !== '' && bytes.readBigUInt64LE(at) === BigInt(length));
    bytes.writeBigUInt64LE(100n, at);
    refused(bytes, /its getenv has 100 bytes, and 137 are needed/);
  });
  test('if it has no pointer to __environ', async () => {
    const bytes = readFileSync(own);
    const text = await output('readelf', '--relocs', '--wide', own);
    const [, info = ''] = /^[0-9a-f]+ +([0-9a-f]+) R_X86_64_GLOB_DAT .* __environ@/m.exec(text) ?? [];
    const record = Buffer.alloc(8);
    record.writeBigUInt64LE(BigInt(`0x${info}`));
    const at = bytes.indexOf(record);
    assert.ok(at > 0);
    bytes.writeUInt32LE(1, at);
    refused(bytes, /it does not read __environ by one pointer/);
  });
});
