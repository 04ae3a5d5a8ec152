import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { hasSpareEntry, readImage } from '../../src/elf/image.ts';
import { elfHeader } from '../support/elf/synthetic/synthetic.ts';
import { compile, hostLoader, output } from '../support/elf/tools.ts';
import { scratch } from '../support/scratch.ts';

const directory = scratch();
const program = 'int main(void) { return 0; }';

async function read(name: string, source: string, ...flags: string[]) {
  const path = await compile(directory, name, source, ...flags);
  return readImage(readFileSync(path), path);
}

test('the soname, needed libraries and search path of a library are read', async () => {
  const image = await read(
    'libfull.so',
    'int f(void) { return 0; }',
    '-shared',
    '-fPIC',
    '-Wl,-soname,libfull.so.3',
    '-lm',
    '-Wl,-rpath,/a:$ORIGIN/b',
    '-Wl,--enable-new-dtags',
  );
  assert.equal(image.soname, 'libfull.so.3');
  assert.deepEqual(image.needed, ['libm.so.6', 'libc.so.6']);
  assert.deepEqual(image.runpath, ['/a', '$ORIGIN/b']);
  assert.deepEqual(image.rpath, []);
  assert.equal(image.interpreter, undefined);
  assert.equal(image.type, 3);
});

test('the RPATH of an old library is read', async () => {
  const image = await read(
    'libold.so',
    '',
    '-shared',
    '-fPIC',
    '-Wl,-rpath,/a:$ORIGIN/b',
    '-Wl,--disable-new-dtags',
  );
  assert.deepEqual(image.rpath, ['/a', '$ORIGIN/b']);
  assert.deepEqual(image.runpath, []);
});

test('the interpreter and the oldest kernel of a program are read', async () => {
  const path = await compile(directory, 'program', program);
  const image = readImage(readFileSync(path), path);
  assert.equal(image.interpreter, await hostLoader(directory));
  const [, kernel] = /OS: Linux, ABI: ([\d.]+)/.exec(await output('readelf', '-nW', path)) ?? [];
  assert.ok(kernel !== undefined);
  assert.equal(image.abiTagKernel, kernel);
});

test('the highest needed version of glibc is the highest number, not the last in alphabetical order', async () => {
  // It needs __libc_start_main@GLIBC_2.34 or 2.17. In alphabetical order, GLIBC_2.4 or 2.2.5 would be the highest.
  const source =
    '#include <stdio.h>\nint main(int argc, char **argv) { char s[8]; sprintf(s, "%s", argv[0]); return s[0]; }';
  const path = await compile(directory, 'fortified', source, '-fstack-protector-all');
  const versions = [...(await output('readelf', '-VW', path)).matchAll(/GLIBC_(\d+)\.(\d+)/g)];
  const highest = versions
    .map(([, major, minor]) => [Number(major), Number(minor)] as const)
    .sort(([, a], [, b]) => b - a)[0];
  assert.equal(readImage(readFileSync(path), path).glibcNeeded, highest?.join('.'));
});

for (const [name, flags] of [
  ['object.o', ['-c']],
  ['static', ['-static']],
] as const) {
  test(`${name} needs no library`, async () => {
    const image = await read(name, program, ...flags);
    assert.deepEqual(image.needed, []);
    assert.equal(image.soname, undefined);
  });
}

for (const [title, bytes] of [
  ['text', Buffer.from('text')],
  ['an empty file', Buffer.alloc(0)],
  ['a class that does not exist', elfHeader(3, 1, 62)],
  ['a byte order that does not exist', elfHeader(2, 3, 62)],
] as const) {
  test(`${title} is refused with an error that names the file`, () => {
    assert.throws(() => readImage(bytes, '/lib/libx.so'), {
      name: 'RelopackError',
      code: 'elf-malformed',
      message: /^\/lib\/libx\.so /,
    });
  });
}

test('an image is read from the middle of a larger buffer', async () => {
  const path = join(directory, 'libfull.so');
  const bytes = readFileSync(path);
  const larger = Buffer.concat([Buffer.alloc(33), bytes]);
  assert.deepEqual(readImage(larger.subarray(33), path), readImage(bytes, path));
});

test('a dynamic section has a spare entry if the linker left one', async () => {
  const found: boolean[] = [];
  for (const count of [1, 2, 5]) {
    const flags = ['-shared', '-fPIC', `-Wl,--spare-dynamic-tags=${count}`];
    const path = await compile(directory, `libspare${count}.so`, 'int f(void) { return 0; }', ...flags);
    found.push(hasSpareEntry(readFileSync(path), path));
  }
  assert.deepEqual(found, [false, true, true]);
});
