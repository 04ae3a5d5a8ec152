import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { elfIdentity, isElf, readImage } from '../../src/elf/image.ts';
import { compile, hostLoader, output, scratch } from '../support/elf/tools.ts';

const directory = scratch();
const program = 'int main(void) { return 0; }';

async function read(name: string, source: string, ...flags: string[]) {
  const path = await compile(directory, name, source, ...flags);
  return readImage(readFileSync(path), path);
}

test('a library tells its soname, what it needs and its search path', async () => {
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

test('an old library tells its RPATH', async () => {
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

test('a program tells its interpreter and the least kernel', async () => {
  const path = await compile(directory, 'program', program);
  const image = readImage(readFileSync(path), path);
  assert.equal(image.interpreter, await hostLoader(directory));
  const [, kernel] = /OS: Linux, ABI: ([\d.]+)/.exec(await output('readelf', '-nW', path)) ?? [];
  assert.ok(kernel !== undefined);
  assert.equal(image.abiTagKernel, kernel);
});

test('a program tells the glibc that it needs, by number and not by letter', async () => {
  // With __libc_start_main@GLIBC_2.34 or 2.17 in it, GLIBC_2.4 or 2.2.5 would win by letter.
  const source =
    '#include <stdio.h>\nint main(int argc, char **argv) { char s[8]; sprintf(s, "%s", argv[0]); return s[0]; }';
  const path = await compile(directory, 'fortified', source, '-fstack-protector-all');
  const versions = [...(await output('readelf', '-VW', path)).matchAll(/GLIBC_(\d+)\.(\d+)/g)];
  const highest = versions
    .map(([, major, minor]) => [Number(major), Number(minor)] as const)
    .sort(([, a], [, b]) => b - a)[0];
  assert.equal(readImage(readFileSync(path), path).glibcNeeded, highest?.join('.'));
});

const x86Levels =
  process.arch === 'x64'
    ? ([
        [undefined, ['-nostdlib']],
        [2, ['-Wl,-z,x86-64-v2']],
        [3, ['-Wl,-z,x86-64-v3']],
      ] as const)
    : [];
for (const [level, flags] of x86Levels) {
  test(`a library linked for x86-64 level ${level ?? 'none'} says so`, async () => {
    const path = await compile(
      directory,
      `liblevel${level}.so`,
      'int f(void) { return 0; }',
      '-shared',
      '-fPIC',
      ...flags,
    );
    const bytes = readFileSync(path);
    assert.equal(readImage(bytes, path).isaLevel, level);
    // EM_AARCH64, where the number of that property means nothing.
    bytes.writeUInt16LE(183, 18);
    assert.equal(readImage(bytes, path).isaLevel, undefined);
  });
}

for (const [name, flags] of [
  ['object.o', ['-c']],
  ['static', ['-static']],
] as const) {
  test(`${name} needs nothing`, async () => {
    const image = await read(name, program, ...flags);
    assert.deepEqual(image.needed, []);
    assert.equal(image.soname, undefined);
  });
}

test('a file is told by its first four bytes', () => {
  assert.equal(isElf(Buffer.from('\x7fELF', 'latin1')), true);
  assert.equal(isElf(Buffer.from('\x7fEL', 'latin1')), false);
  assert.equal(isElf(Buffer.from('#!/bin/sh\n')), false);
  assert.equal(isElf(Buffer.alloc(0)), false);
});

/** e_ident and e_machine of the System V ABI. */
function header(elfClass: number, order: number, machine: number): Buffer {
  const bytes = Buffer.alloc(64);
  bytes.set([0x7f, 0x45, 0x4c, 0x46, elfClass, order, 1]);
  if (order === 1) bytes.writeUInt16LE(machine, 18);
  else bytes.writeUInt16BE(machine, 18);
  return bytes;
}

for (const [title, bytes, expected] of [
  ['x86-64', header(2, 1, 62), { class: 64, littleEndian: true, machine: 62 }],
  ['i386', header(1, 1, 3), { class: 32, littleEndian: true, machine: 3 }],
  ['s390x', header(2, 2, 22), { class: 64, littleEndian: false, machine: 22 }],
  ['a class that does not exist', header(3, 1, 62), undefined],
  ['a header of 19 bytes', header(2, 1, 62).subarray(0, 19), undefined],
  ['a script', Buffer.from('#!/usr/bin/python3 -s\nimport sys\n'), undefined],
] as const) {
  test(`${title} is told apart`, () => assert.deepEqual(elfIdentity(bytes), expected));
}

for (const [title, bytes] of [
  ['text', Buffer.from('text')],
  ['an empty file', Buffer.alloc(0)],
  ['a class that does not exist', header(3, 1, 62)],
  ['a byte order that does not exist', header(2, 3, 62)],
] as const) {
  test(`${title} is refused by name`, () => {
    assert.throws(() => readImage(bytes, '/lib/libx.so'), {
      name: 'RelopackError',
      code: 'elf-malformed',
      message: /^\/lib\/libx\.so /,
    });
  });
}

test('a name in the middle of a larger buffer is read at its place', async () => {
  const path = join(directory, 'libfull.so');
  const bytes = readFileSync(path);
  const larger = Buffer.concat([Buffer.alloc(33), bytes]);
  assert.deepEqual(readImage(larger.subarray(33), path), readImage(bytes, path));
  assert.deepEqual(elfIdentity(larger.subarray(33)), elfIdentity(bytes));
});
