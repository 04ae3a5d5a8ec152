import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { ElfBytes } from '../../../src/elf/bytes.ts';
import { dynamicValue } from '../../../src/elf/dynamic.ts';
import { maxPageSize, Tag } from '../../../src/elf/format.ts';
import { readImage } from '../../../src/elf/image.ts';
import { loads } from '../../../src/elf/segments.ts';
import { setRunpath } from '../../../src/elf/set-runpath/set-runpath.ts';
import { readTables } from '../../../src/elf/tables.ts';
import { type Form, facts, forms, type Shape } from '../../support/elf/synthetic/shape.ts';
import { synthetic } from '../../support/elf/synthetic/synthetic.ts';
import { otherDynamicEntries, output, symbols } from '../../support/elf/tools.ts';
import { undo, type Way } from '../../support/elf/undo.ts';
import { scratch } from '../../support/scratch.ts';

const directory = scratch();
const wanted = '$ORIGIN/../lib64:$ORIGIN';
const longer = '/a/directory/of/the/machine/that/built/it';
const large = 2 << 20;
const bothPaths: Shape['paths'] = [
  ['rpath', '/x'],
  ['runpath', '/y'],
];

const page = 4096;
/** A search path that is longer than any table of the synthetic files. */
const far = `${wanted}:$ORIGIN/of/many/directories/that/stand/far/away`;

/** The way by which a file of each shape gets its RUNPATH. */
const ways: [title: string, way: Way, shape: Shape, runpath?: string][] = [
  ['a gap for its strings', 'gap', { gap: page }],
  ['a gap for its strings in a program', 'gap', { gap: page, program: true }],
  ['a gap that is too small for its strings', 'shift', { gap: 48 }],
  ['a gap that is too small in a program', 'shift', { gap: 48, program: true }],
  ['a gap that is too small, and code behind its strings', 'evict gap', { gap: 48, code: true }],
  ['no gap and no .bss', 'evict tail', { bss: 0 }],
  ['no gap and no .bss, its strings last', 'evict tail', { bss: 0, stringsLast: true }],
  ['no gap and a PT_NULL', 'evict slot', { spare: 'null' }],
  ['no gap and a PT_NULL, its strings last', 'evict slot', { spare: 'null', stringsLast: true }],
  ['no gap', 'evict header', {}],
  ['no gap, its strings last', 'evict header', { stringsLast: true }],
  ['no gap in a program', 'evict header', { program: true }],
  [
    'no gap, and relocations that DT_RELASZ may count with others',
    'evict slot',
    { apart: true, spare: 'null' },
  ],
  ['no gap, no .bss and a long new path', 'tail', { bss: 0 }, far],
  ['no gap, a PT_NULL and a long new path', 'slot', { spare: 'null' }, far],
  ['no gap, a repeated note and a long new path', 'slot', { spare: 'note' }, far],
  ['no gap, a PT_NULL and a long new path in a program', 'slot', { spare: 'null', program: true }, far],
  ['no gap and a long new path', 'header', {}, far],
  ['no gap, a large .bss and a long new path', 'header', { bss: large }, far],
  ['no gap and a long new path in a program', 'header', { program: true }, far],
  ['the new path as its RPATH', 'in-place', { paths: [['rpath', wanted]] }],
  ['the new path at the end of its RUNPATH', 'in-place', { paths: [['runpath', `/x:${wanted}`]] }],
  ['a longer RPATH', 'in-place', { paths: [['rpath', longer]] }],
  ['a longer RUNPATH', 'in-place', { paths: [['runpath', longer]] }],
  ['a longer RUNPATH and no spare entry', 'in-place', { paths: [['runpath', longer]], nulls: 1 }],
  ['a shorter RUNPATH', 'gap', { gap: page, paths: [['runpath', '/x']] }],
  ['both RPATH and RUNPATH', 'gap', { gap: page, paths: bothPaths }],
  ['a RUNPATH that ends in a symbol', 'evict header', { paths: [['runpath', longer]], symbol: 'built/it' }],
  ['no section headers, and a gap', 'gap', { gap: page, sections: false }],
  ['no section headers, and a longer RPATH', 'tail', { bss: 0, sections: false, paths: [['rpath', longer]] }],
];

/** Why a file of each shape is refused. */
const refusals: [title: string, message: RegExp, shape: (form: Form) => Shape][] = [
  ['no spare entry', /no room in its dynamic section/, () => ({ gap: page, nulls: 1 })],
  [
    'no gap, and a note that its owner reads by address',
    /no room for a RUNPATH/,
    () => ({ noteOwner: 'Qt6\0' }),
  ],
  ['no gap and no section headers', /no room for a RUNPATH/, () => ({ sections: false })],
  ['no address left', /no room for a RUNPATH/, atTheEndOfMemory],
];

for (const [title, form] of forms) {
  describe(title, () => {
    test('is read', () => {
      const { class: elfClass, littleEndian, machine } = form;
      const { needed, soname, abiTagKernel, glibcNeeded } = facts;
      assert.deepEqual(readImage(synthetic(form, { program: true, paths: [['runpath', '/a:/b']] }), 'x'), {
        ...{ class: elfClass, littleEndian, machine, type: 3, isPie: false, interpreter: '/lib/ld.so.1' },
        ...{ needed, soname, abiTagKernel, glibcNeeded, isaLevel: undefined },
        ...{ runpath: ['/a', '/b'], rpath: [], dlopens: [], dlopensMalformed: false },
      });
    });

    for (const [what, way, shape, runpath = wanted] of ways) {
      test(`with ${what} gets its RUNPATH by the way "${way}"`, async () => {
        const original = synthetic(form, shape);
        const edited = setRunpath(original, runpath, 'x');
        assert.deepEqual(undo(original, edited), { way, undeclared: [] });
        assert.ok(original.equals(synthetic(form, shape)), 'the input was changed');
        assert.equal(setRunpath(edited, runpath, 'x'), edited, 'a second run changes nothing');
        assertMappable(edited);

        const [before, after] = [join(directory, 'before'), join(directory, 'after')];
        writeFileSync(before, original);
        writeFileSync(after, edited);
        const dynamic = await output('readelf', '-dW', after);
        assert.deepEqual(
          [...dynamic.matchAll(/\((?:RPATH|RUNPATH)\).*\[(.*)\]/g)].map(([, path]) => path),
          [runpath],
        );
        assert.deepEqual(await otherDynamicEntries(after), await otherDynamicEntries(before));
        const distances = [original, edited].map(betweenRelocations);
        assert.equal(
          distances[0],
          distances[1],
          'the distance between relocations that DT_RELASZ may count together',
        );
        if (shape.sections === false) return;
        assert.deepEqual(await symbols(after), await symbols(before));
        assert.deepEqual(await addressesBySymbol(after), await addresses(after));
      });
    }

    test('with no spare entry loses its DT_RELACOUNT', async () => {
      const path = join(directory, 'hint');
      const original = synthetic(form, { gap: page, nulls: 1, hint: true });
      writeFileSync(path, original);
      const entries = await otherDynamicEntries(path);
      writeFileSync(path, setRunpath(original, wanted, 'x'));
      assert.deepEqual(
        await otherDynamicEntries(path),
        entries.filter((line) => !line.includes('(RELACOUNT)')),
      );
      assert.deepEqual(readImage(readFileSync(path), path).runpath, wanted.split(':'));
    });

    for (const [what, message, shape] of refusals) {
      test(`with ${what} is refused`, () => {
        const bytes = synthetic(form, shape(form));
        assert.throws(() => setRunpath(bytes, wanted, 'x'), { code: 'elf-unsupported', message });
        assert.ok(bytes.equals(synthetic(form, shape(form))), 'the input was changed');
      });
    }
  });
}

/** The addresses of the mapped sections by their symbols in .symtab. */
async function addressesBySymbol(path: string): Promise<string[]> {
  const printed = await output('readelf', '--syms', '--wide', path);
  return [...printed.matchAll(/^ *\d+: ([0-9a-f]+) +\d+ SECTION /gm)].map(([, value = '']) => value);
}

/** The addresses of the mapped sections by their headers. */
async function addresses(path: string): Promise<string[]> {
  const printed = await output('readelf', '--sections', '--wide', path);
  return [...printed.matchAll(/^ *\[ *\d+\] \S+ +\S+ +([0-9a-f]+) .* W?A/gm)].map(([, value = '']) => value);
}

/** The distance between the two tables of relocations in bytes, or 0 if there is only one. */
function betweenRelocations(bytes: Buffer): number {
  const file = new ElfBytes(bytes, 'x');
  const { dynamic } = readTables(file);
  const plt = dynamicValue(file, dynamic, Tag.jmprel);
  return plt === undefined ? 0 : (dynamicValue(file, dynamic, Tag.rela) ?? 0) - plt;
}

/** A shape whose last segment ends eight bytes before the last address of the class. */
function atTheEndOfMemory(form: Form): Shape {
  const file = new ElfBytes(synthetic(form, { bss: 0, spare: 'null' }), 'x');
  const last = loads(readTables(file).segments).at(-1);
  const free = file.format.maxAddress - 8 - ((last?.vaddr ?? 0) + (last?.memsz ?? 0));
  const bss = free % maxPageSize(form.machine);
  return { bss, base: free - bss, spare: 'null' };
}

/** Checks what mmap() and ld.so require of each segment, with the largest pages of the machine. */
function assertMappable(bytes: Buffer): void {
  const { segments, machine } = readTables(new ElfBytes(bytes, 'x'));
  const page = maxPageSize(machine);
  let end = 0;
  for (const { offset, vaddr, memsz } of loads(segments)) {
    assert.equal(vaddr % page, offset % page, 'the address and the offset are equally far into their pages');
    assert.ok(Math.floor(vaddr / page) * page >= end, 'a page is shared with the segment before');
    end = vaddr + memsz;
  }
}
