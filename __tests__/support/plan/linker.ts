import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readImage } from '../../../src/elf/image.ts';
import { command } from '../rpm/command.ts';

/** An ELF file without any code: all that a plan looks at is what ld.so reads. */
export interface Elf {
  soname?: string;
  needed?: string[];
  runpath?: string;
  rpath?: string;
  /** The loader of a program; a library has none. */
  interpreter?: string;
  class?: 32 | 64;
  /** The least kernel that its ABI tag names, such as `5.10.0`. */
  kernel?: string;
  /** `x86-64-v3`, where the linker knows such levels. */
  isa?: string;
}

/** Links ELF files with gcc, each kind once. */
export class Linker {
  readonly #directory: string;

  constructor(directory: string) {
    this.#directory = directory;
    mkdirSync(directory, { recursive: true });
  }

  /** The path of a linked file. */
  link(elf: Elf): string {
    const path = join(this.#directory, createHash('sha256').update(JSON.stringify(elf)).digest('hex'));
    if (existsSync(path)) return path;
    const machine = elf.class === 32 ? ['-m32'] : [];
    // Only the sonames of what is linked against end up in the file.
    const libraries = (elf.needed ?? []).map((soname) =>
      this.link({ soname, ...(elf.class === 32 ? { class: 32 } : {}) }),
    );
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
    const objects = [this.#object(machine), ...(elf.kernel === undefined ? [] : [this.#abiTag(elf.kernel)])];
    command('gcc', [kind, ...machine, '-nostdlib', '-o', path, ...flags, ...objects, ...libraries]);
    return path;
  }

  /** A note as glibc's csu/abi-note.S has it: Linux, and the version of the kernel. */
  #abiTag(kernel: string): string {
    const object = join(this.#directory, `kernel-${kernel}.o`);
    const source = object.replace(/o$/, 's');
    const words = [4, 16, 1].join(', ');
    writeFileSync(
      source,
      `.section .note.ABI-tag, "a", %note\n.long ${words}\n.asciz "GNU"\n.long 0, ${kernel.replaceAll('.', ', ')}\n`,
    );
    command('gcc', ['-c', '-o', object, source]);
    return object;
  }

  #object(machine: string[]): string {
    const object = join(this.#directory, `empty${machine.join('')}.o`);
    if (!existsSync(object)) {
      const source = join(this.#directory, 'empty.c');
      writeFileSync(source, 'extern const int relopack;\nconst int relopack = 1;\n');
      command('gcc', [...machine, '-fPIC', '-c', '-o', object, source]);
    }
    return object;
  }
}

/** The libc of this machine, and the loader that programs here name: real ones, as a plan looks into them. */
export function realGlibc(): { loader: string; libc: string } {
  const libc = command('gcc', ['-print-file-name=libc.so.6']).trim();
  const loader = readImage(readFileSync(libc), libc).interpreter;
  if (loader === undefined) throw new Error(`${libc} names no loader`);
  return { loader, libc };
}
