import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readImage } from '../../../src/elf/image.ts';
import { must } from '../run.ts';

/** An ELF file without code: a plan only reads what ld.so reads. */
export interface Elf {
  soname?: string;
  needed?: string[];
  runpath?: string;
  rpath?: string;
  /** The loader of a program. A library has none. */
  interpreter?: string;
  class?: 32 | 64;
  /** The oldest kernel that its ABI tag names, such as `5.10.0`. */
  kernel?: string;
  /** The text of a note about dlopen: JSON, if it is a good one. */
  dlopen?: string;
  /** Texts in its read-only data. */
  strings?: string[];
  /** An ISA level, such as `x86-64-v3`. */
  isa?: string;
}

/** Links ELF files with gcc. Equal files are linked once. */
export class Linker {
  readonly #directory: string;

  constructor(directory: string) {
    this.#directory = directory;
    mkdirSync(directory, { recursive: true });
  }

  /** Links a file and returns its path. */
  async link(elf: Elf): Promise<string> {
    const path = join(this.#directory, createHash('sha256').update(JSON.stringify(elf)).digest('hex'));
    if (existsSync(path)) return path;
    const machine = elf.class === 32 ? ['-m32'] : [];
    // Of the libraries that it is linked with, the file only contains the sonames.
    const libraries: string[] = [];
    for (const soname of elf.needed ?? [])
      libraries.push(await this.link({ soname, ...(elf.class === 32 ? { class: 32 } : {}) }));
    const flags = [
      '--no-as-needed',
      '--allow-shlib-undefined',
      ...(elf.soname === undefined ? [] : [`-soname=${elf.soname}`]),
      ...(elf.runpath === undefined ? [] : ['--enable-new-dtags', `-rpath=${elf.runpath}`]),
      ...(elf.rpath === undefined ? [] : ['--disable-new-dtags', `-rpath=${elf.rpath}`]),
      ...(elf.isa === undefined ? [] : ['-z', elf.isa]),
      ...(elf.interpreter === undefined ? [] : [`-dynamic-linker=${elf.interpreter}`, '--entry=0']),
    ].flatMap((flag) => ['-Xlinker', flag]);
    const kind = elf.interpreter === undefined ? '-shared' : '-pie';
    const objects = [await this.#object(machine)];
    if (elf.kernel !== undefined) {
      const words = elf.kernel.split('.').join(', ');
      // As in glibc's csu/abi-note.S: Linux, and the version of the kernel.
      objects.push(await this.#note('ABI-tag', 1, 'GNU', `.long 0, ${words}`));
    }
    if (elf.strings !== undefined) objects.push(await this.#strings(elf.strings));
    if (elf.dlopen !== undefined)
      objects.push(await this.#note('dlopen', 0x407c0c0a, 'FDO', `.asciz ${JSON.stringify(elf.dlopen)}`));
    await must('gcc', [kind, ...machine, '-nostdlib', '-o', path, ...flags, ...objects, ...libraries]);
    return path;
  }

  /** An object with one note. `description` is in the language of the assembler. */
  async #note(section: string, type: number, owner: string, description: string): Promise<string> {
    const text = [
      `.section .note.${section}, "a", %note`,
      `.balign 4`,
      `.long 2f - 1f, 4f - 3f, ${type}`,
      `1: .asciz "${owner}"`,
      `2: .balign 4`,
      `3: ${description}`,
      `4: .balign 4`,
      '',
    ].join('\n');
    return this.#assemble(text);
  }

  #strings(strings: string[]): Promise<string> {
    const lines = strings.map((text) => `.asciz ${JSON.stringify(text)}`);
    return this.#assemble(['.section .rodata.str1.1, "aMS", %progbits, 1', ...lines, ''].join('\n'));
  }

  /** An object from a text in the language of the assembler. */
  async #assemble(text: string): Promise<string> {
    const name = createHash('sha256').update(text).digest('hex');
    const object = join(this.#directory, `assembled-${name}.o`);
    const source = object.replace(/o$/, 's');
    writeFileSync(source, text);
    await must('gcc', ['-c', '-o', object, source]);
    return object;
  }

  async #object(machine: string[]): Promise<string> {
    const object = join(this.#directory, `empty${machine.join('')}.o`);
    if (!existsSync(object)) {
      const source = join(this.#directory, 'empty.c');
      writeFileSync(source, 'extern const int relopack;\nconst int relopack = 1;\n');
      await must('gcc', [...machine, '-fPIC', '-c', '-o', object, source]);
    }
    return object;
  }
}

/** The libc and the loader of this machine. A plan reads their content, so they must be real. */
export async function realGlibc(): Promise<{ loader: string; libc: string }> {
  const { stdout } = await must('gcc', ['-print-file-name=libc.so.6']);
  const libc = stdout.toString().trim();
  const loader = readImage(readFileSync(libc), libc).interpreter;
  if (loader === undefined) throw new Error(`${libc} names no loader`);
  return { loader, libc };
}
