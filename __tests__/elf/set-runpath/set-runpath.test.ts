import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { ElfBytes } from '../../../src/elf/bytes.ts';
import { loads } from '../../../src/elf/segments.ts';
import { setRunpath } from '../../../src/elf/set-runpath/set-runpath.ts';
import { readTables } from '../../../src/elf/tables.ts';
import { compile, judgedRunpath, otherDynamicEntries, output, symbols } from '../../support/elf/tools.ts';
import { undo, type Way } from '../../support/elf/undo.ts';
import { run } from '../../support/run.ts';
import { scratch } from '../../support/scratch.ts';

const directory = scratch();
const wanted = '$ORIGIN/needed:$ORIGIN/../lib64';
/** A search path that is longer than any table but the symbols of `crowd`. */
const far = `${wanted}:$ORIGIN/${'far/'.repeat(200)}`;
const libraryCode = 'int answer(void); int ask(void) { return answer(); }';
const bigBss = 'static char big[2 << 20]; char *use_big(void) { return big; }';
/** A symbol name that is too long for any gap: a gap is smaller than a page, and a page is at most 64 KiB. */
const crowd = `int ${'x'.repeat(66_000)};`;

/** Puts strings, tables and code into one segment, as linkers did until 2018. */
const withCode = '-Wl,-z,noseparate-code';

interface Case {
  title: string;
  way: Way;
  flags: string[];
  code?: string;
  runpath?: string;
  /** Changes the file in a way that no flag of the linker does. */
  prepare?: (bytes: Buffer) => void;
  /** Whether the file has no section headers. patchelf and strip refuse such a file. */
  bare?: boolean;
}

const cases: Case[] = [
  { title: 'a library with a gap behind its strings', way: 'gap', flags: [] },
  {
    title: 'a library whose RPATH is the new path',
    way: 'in-place',
    flags: [`-Wl,-rpath,${wanted}`, '-Wl,--disable-new-dtags'],
  },
  {
    title: 'a library with a longer RUNPATH',
    way: 'in-place',
    flags: ['-Wl,-rpath,/a/directory/of/the/machine/that/built/this/library', '-Wl,--enable-new-dtags'],
  },
  {
    title: 'a library with a longer RPATH',
    way: 'in-place',
    flags: ['-Wl,-rpath,/a/directory/of/the/machine/that/built/this/library', '-Wl,--disable-new-dtags'],
  },
  {
    title: 'a library with a shorter RUNPATH',
    way: 'gap',
    flags: ['-Wl,-rpath,/short', '-Wl,--enable-new-dtags'],
  },
  {
    title: 'a library whose RUNPATH ends in the name of a symbol',
    way: 'gap',
    flags: ['-Wl,-rpath,/a/directory/of/the/machine/that/built/this:shared_tail', '-Wl,--enable-new-dtags'],
    code: 'int shared_tail(void) { return 1; }',
  },
  {
    title: 'a library without a spare entry, but with an RPATH',
    way: 'gap',
    flags: ['-Wl,-rpath,/short', '-Wl,--disable-new-dtags', '-Wl,--spare-dynamic-tags=0'],
  },
  {
    title: 'a library with both an RPATH and a RUNPATH',
    way: 'gap',
    flags: ['-Wl,-rpath,/short', '-Wl,--enable-new-dtags'],
    prepare: (bytes) => duplicateAsRpath(bytes),
  },
  { title: 'a library without a gap for its strings', way: 'shift', flags: [], code: crowd },
  {
    title: 'a library without a gap for its strings, with .bss and thread-local .tbss',
    way: 'shift',
    flags: [],
    code: `${crowd} static char some[3333]; char *use(void) { return some; } __thread int t[99]; int *use_t(void) { return t; }`,
  },
  {
    title: 'a library with code behind its strings',
    way: 'evict gap',
    flags: [withCode],
    code: crowd,
  },
  {
    title: 'a library with code behind its strings, no .bss and a long search path',
    way: 'tail',
    flags: [withCode, '-nostartfiles'],
    code: crowd.replace(';', ' = 1;'),
    runpath: far,
  },
  {
    title: 'a library with code behind its strings, a large .bss, a repeated note and a long search path',
    way: 'slot',
    runpath: far,
    flags: [withCode, '-Wl,-z,ibt'],
    code: crowd + bigBss,
  },
  {
    title: 'a library with code behind its strings, a large .bss, a PT_NULL and a long search path',
    way: 'slot',
    runpath: far,
    flags: [withCode],
    code: crowd + bigBss,
    prepare: (bytes) => turnNoteIntoNull(bytes),
  },
  {
    title: 'a library with code behind its strings, a large .bss and a long search path',
    way: 'header',
    runpath: far,
    flags: [withCode],
    code: crowd + bigBss,
  },
  {
    title: 'a library without section headers',
    way: 'gap',
    flags: [],
    bare: true,
    prepare: removeSectionHeaders,
  },
];

let asker: string;

before(async () => {
  await output('mkdir', '-p', '--', join(directory, 'needed'), join(directory, 'elsewhere'));
  const needed = join(directory, 'needed');
  await compile(
    needed,
    'libanswer.so',
    'int answer(void) { return 42; }',
    '-shared',
    '-fPIC',
    '-Wl,-soname,libanswer.so',
  );
  // Calls ask() of the library that is its argument, and exits with the result.
  asker = await compile(
    directory,
    'asker',
    `#include <dlfcn.h>
     #include <stdio.h>
     int main(int argc, char **argv) {
       void *library = dlopen(argv[1], RTLD_NOW);
       if (!library) { puts(dlerror()); return 1; }
       return ((int (*)(void))dlsym(library, "ask"))();
     }`,
    '-ldl',
  );
});

async function library(name: string, code: string, flags: string[]): Promise<string> {
  const answer = join(directory, 'needed', 'libanswer.so');
  return compile(
    directory,
    name,
    `${libraryCode} ${code}`,
    '-shared',
    '-fPIC',
    `-Wl,-soname,${name}`,
    answer,
    ...flags,
  );
}

for (const [
  index,
  { title, way, flags, code = '', runpath = wanted, prepare, bare = false },
] of cases.entries()) {
  test(`${title} finds what it needs by its new RUNPATH`, async () => {
    const path = await library(`libcase${index}.so`, code, flags);
    const original = readFileSync(path);
    prepare?.(original);
    writeFileSync(path, original);
    const kept = Buffer.from(original);
    const [entries, names] = [await otherDynamicEntries(path), await symbols(path)];

    const edited = setRunpath(original, runpath, path);

    assert.deepEqual(original, kept, 'the input was changed');
    assertOnlyChanges(way, original, edited, runpath);
    writeFileSync(path, edited);
    assert.equal((await run(asker, [path])).code, 42);
    assert.equal(setRunpath(edited, runpath, path), edited, 'a second run changes nothing');
    if (bare) return;
    assert.equal(await judgedRunpath(path), runpath);
    assert.deepEqual(await otherDynamicEntries(path), entries);
    assert.deepEqual(await symbols(path), names);
  });

  test(`${title} still loads after strip`, async () => {
    const path = join(directory, `libcase${index}.so`);
    const { code } = await run('strip', [path]);
    // strip refuses a file without sections, edited or not.
    assert.equal(code, bare ? 1 : 0);
    assert.equal((await run(asker, [path])).code, 42);
  });
}

for (const [title, flags] of [
  ['a program', []],
  ['a program at a fixed address', ['-no-pie']],
  ['a program without a gap for its strings', ['-rdynamic', '-DCROWD']],
  ['a program at a fixed address without a gap for its strings', ['-rdynamic', '-DCROWD', '-no-pie']],
  ['a program with code behind its strings', ['-rdynamic', '-DCROWD', withCode, '-DBIG']],
  ['the same at a fixed address', ['-rdynamic', '-DCROWD', withCode, '-DBIG', '-no-pie']],
  ['the same with a repeated note', ['-rdynamic', '-DCROWD', withCode, '-DBIG', '-no-pie', '-Wl,-z,ibt']],
] as const) {
  test(`${title} starts with its new RUNPATH, and after strip`, async () => {
    const answer = join(directory, 'needed', 'libanswer.so');
    const source = `#ifdef CROWD
      ${crowd}
      #endif
      #ifdef BIG
      ${bigBss}
      #endif
      int answer(void); int main(void) { return answer(); }`;
    const path = await compile(directory, `program${flags.length}`, source, answer, ...flags);
    assert.equal((await run(path, [])).code, 127, 'it must not start without a RUNPATH');
    writeFileSync(path, setRunpath(readFileSync(path), wanted, path));
    assert.equal((await run(path, [])).code, 42);
    assert.equal(await judgedRunpath(path), wanted);
    await output('strip', '--', path);
    assert.equal((await run(path, [])).code, 42);
  });
}

test('a program that patchelf has edited starts, although its strings continue in the next segment', async () => {
  const answer = join(directory, 'needed', 'libanswer.so');
  const source = `${crowd} int answer(void); int main(void) { return answer(); }`;
  const path = await compile(directory, 'patched', source, answer, '-no-pie', '-rdynamic', withCode);
  await output('patchelf', '--set-rpath', '/a/directory/of/the/machine/that/built/it', path);
  const { segments, strings } = readTables(new ElfBytes(readFileSync(path), path));
  assert.ok(strings !== undefined);
  const { offset, size } = strings;
  assert.ok(loads(segments).some((one) => offset < one.offset && offset + size > one.offset));
  writeFileSync(path, setRunpath(readFileSync(path), wanted, path));
  assert.equal((await run(path, [])).code, 42);
  assert.equal(await judgedRunpath(path), wanted);
});

test('a library that patchelf has edited loads after strip, although its strings have a segment of their own', async () => {
  const path = await library('libalone.so', '', []);
  for (const length of [300, 600])
    await output('patchelf', '--set-soname', `lib${'x'.repeat(length)}.so`, path);
  const { segments, strings } = readTables(new ElfBytes(readFileSync(path), path));
  assert.ok(
    loads(segments).some(({ vaddr, filesz }) => vaddr === strings?.address && filesz - strings.size < 8),
  );
  writeFileSync(path, setRunpath(readFileSync(path), wanted, path));
  await output('strip', '--', path);
  assert.equal((await run(asker, [path])).code, 42);
  assert.equal(await judgedRunpath(path), wanted);
});

test('a longer search path can be set several times', async () => {
  const path = await library('libagain.so', '', []);
  let bytes: Buffer = readFileSync(path);
  for (const runpath of [
    '$ORIGIN',
    '$ORIGIN/a',
    '$ORIGIN/needed:$ORIGIN/and/some/more/that/is/longer',
    wanted,
  ]) {
    bytes = setRunpath(bytes, runpath, path);
    writeFileSync(path, bytes);
    assert.equal(await judgedRunpath(path), runpath);
  }
  assert.equal((await run(asker, [path])).code, 42);
});

for (const [title, name, flags] of [
  ['a static program', 'static', ['-static']],
  ['a static-pie program', 'static-pie', ['-static-pie']],
  ['a relocatable object', 'object.o', ['-c']],
  ['a library that needs nothing', 'libnothing.so', ['-shared', '-fPIC', '-nostdlib']],
] as const) {
  test(`${title} is not changed`, async () => {
    const bytes = readFileSync(await compile(directory, name, 'int main(void) { return 0; }', ...flags));
    assert.equal(setRunpath(bytes, wanted, name), bytes);
  });
}

test('a .debug file is not changed', async () => {
  const path = await library('libdebugged.so', '', ['-g']);
  await output('objcopy', '--only-keep-debug', path, `${path}.debug`);
  const bytes = readFileSync(`${path}.debug`);
  assert.equal(setRunpath(bytes, wanted, path), bytes);
});

for (const [title, flags, message, prepare] of [
  [
    'a library without a spare entry',
    ['-shared', '-fPIC', '-nostartfiles', '-Wl,--spare-dynamic-tags=0'],
    /no room in its dynamic section/,
    (_: Buffer) => undefined,
  ],
  [
    'a program without any room',
    ['-rdynamic', '-DMAIN', '-nostartfiles', '-Wl,-e,main', withCode],
    /no room for a RUNPATH/,
    removeSectionHeaders,
  ],
] as const) {
  test(`${title} is refused`, async () => {
    const answer = join(directory, 'needed', 'libanswer.so');
    const source = `${libraryCode} ${crowd} ${bigBss}
      #ifdef MAIN
      int main(void) { return ask(); }
      #endif`;
    const path = await compile(directory, `refused${flags.length}`, source, answer, ...flags);
    const bytes = readFileSync(path);
    prepare(bytes);
    assert.throws(() => setRunpath(bytes, wanted, path), {
      name: 'RelopackError',
      code: 'elf-unsupported',
      message,
    });
  });
}

test('a library without a spare entry loses the count of its relative relocations', async () => {
  const path = await library('libhint.so', 'int *p = (int[]){ 42 };', ['-Wl,--spare-dynamic-tags=0']);
  const entries = await otherDynamicEntries(path);
  writeFileSync(path, setRunpath(readFileSync(path), wanted, path));
  assert.equal(await judgedRunpath(path), wanted);
  assert.deepEqual(
    await otherDynamicEntries(path),
    entries.filter((line) => !/\((RELACOUNT|RELCOUNT)\)/.test(line)),
  );
  assert.equal((await run(asker, [path])).code, 42);
});

function removeSectionHeaders(bytes: Buffer): void {
  bytes.fill(0, 40, 48).fill(0, 60, 64);
}

/** Inserts a DT_RPATH with the same string before the DT_RUNPATH. A spare DT_NULL is lost. */
function duplicateAsRpath(bytes: Buffer): void {
  const { dynamic } = readTables(new ElfBytes(bytes, 'fixture'));
  const last = dynamic.at(-1);
  const runpath = dynamic.find(({ tag }) => tag === 29);
  assert.ok(last !== undefined && runpath !== undefined);
  bytes.copy(bytes, runpath.at + 16, runpath.at, last.at + 16);
  bytes.writeBigUInt64LE(15n, runpath.at);
}

function turnNoteIntoNull(bytes: Buffer): void {
  const note = readTables(new ElfBytes(bytes, 'fixture')).segments.find(({ type }) => type === 4);
  assert.ok(note !== undefined);
  bytes.fill(0, note.at, note.at + 56);
}

/** Checks that only the declared changes were made, and that the file grew no more than they need. */
function assertOnlyChanges(way: Way, before: Buffer, after: Buffer, runpath: string): void {
  assert.deepEqual(undo(before, after), { way, undeclared: [] });
  const { strings } = readTables(new ElfBytes(before, 'before'));
  assert.ok(strings !== undefined);
  assertGrowth(way, after.length - before.length, strings.size + runpath.length + 1);
}

function assertGrowth(way: Way, growth: number, needed: number): void {
  const inPlace: Way[] = ['in-place', 'gap', 'shift', 'evict gap'];
  if (inPlace.includes(way)) assert.equal(growth, 0);
  if (way === 'slot') assert.equal(growth, needed);
  // Both are aligned. The way "header" also moves what is behind the program headers.
  if (way === 'tail') assert.ok(growth >= needed && growth < needed + 64, `it grew by ${growth} bytes`);
  if (way === 'header') assert.ok(growth > needed && growth < needed + 512, `it grew by ${growth} bytes`);
}
