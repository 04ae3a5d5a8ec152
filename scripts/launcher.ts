/** Builds the launcher and the redirect for every architecture into src/launcher/bin: `node scripts/launcher.ts`. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { must } from '../__tests__/support/run.ts';

const folder = join(import.meta.dirname, '../src/launcher');

/** The architectures that there is a static launcher for. */
export const architectures = ['aarch64', 'x86_64'] as const;
export type Architecture = (typeof architectures)[number];

/** The compilers that the committed files come from: by architecture, in their own words. */
const compilersFile = join(folder, 'bin/compilers.json');

/** Everything that gcc can say about the source, as an error. */
const warnings = ['-Wall', '-Wextra', '-Wpedantic', '-Wshadow', '-fanalyzer', '-Werror'];

/** Options that make a file depend on nothing but the source and the compiler. */
const flags = [
  ...['-std=gnu11', '-Os', '-ffreestanding', '-fno-builtin'],
  ...['-fno-tree-loop-distribute-patterns', '-fno-stack-protector', '-fno-stack-clash-protection'],
  ...['-fno-asynchronous-unwind-tables', '-fcf-protection=none', '-mgeneral-regs-only'],
  ...['-fvisibility=hidden', '-nostdlib', '-Wl,--build-id=none'],
];

/** The largest page of a kernel for each architecture. ld.so loads a library faster if it has no larger pages. */
const pageSizes: Record<Architecture, number> = { aarch64: 65536, x86_64: 4096 };

/** A file that is compiled from C. */
interface Recipe {
  /** Its source and its linker script, without their endings. */
  source: string;
  flags: readonly string[];
  /** The alignment of segments; if absent, the largest page of the architecture. */
  page?: number;
  /** The ending of its name. */
  extension: string;
  /** Keeps the parts that are wanted of what the linker made. */
  finish: (bytes: Buffer) => Buffer;
}

export type Native = 'launcher' | 'redirect';
const recipes: Record<Native, Recipe> = {
  launcher: {
    source: 'program/launcher',
    flags: ['-fPIE', '-fno-jump-tables', '-no-pie', '-static'],
    // The same for all: it costs nothing here.
    page: 65536,
    extension: '',
    finish: (bytes) => asMovable(withoutSections(bytes, 0)),
  },
  redirect: {
    source: 'redirect/redirect',
    flags: [
      ...['-fPIC', '-shared', '-Wl,-soname,librelopack.so', '-Wl,--hash-style=gnu', '-Wl,-z,now'],
      // A jump at the end of a function keeps its caller: see redirect/reader.h.
      '-foptimize-sibling-calls',
    ],
    extension: '.so',
    finish: (bytes) => withoutSections(bytes, 1),
  },
};

/** The field of an ELF64 header for the type, and the type of a file without fixed addresses. */
const fileType = { offset: 16, dynamic: 3 };
/** The fields of an ELF64 header that say where its section headers are. */
const sectionHeaders = { offsetAt: 40, countAt: 60, indexAt: 62 };
/** The size of the ELF64 header and of a program header, and the fields of that for its place in the file. */
const segments = { firstAt: 64, size: 56, offsetAt: 8, fileSizeAt: 32 };

/** A compiled file, and the compiler and linker that it comes from, in their own words. */
export interface Built {
  compiler: string;
  bytes: Buffer;
}

/** The path of a committed file. */
export function nativeFile(native: Native, architecture: Architecture): string {
  return join(folder, `bin/${native}-${architecture}${recipes[native].extension}`);
}

/** Reads a committed file, and the compiler that it comes from. */
export function readNative(native: Native, architecture: Architecture): Built {
  const compilers: Record<Architecture, string> = JSON.parse(readFileSync(compilersFile, 'utf8'));
  return { compiler: compilers[architecture], bytes: readFileSync(nativeFile(native, architecture)) };
}

/** Compiles a file. Throws if Debian's gcc for this architecture is missing. */
export async function buildNative(native: Native, architecture: Architecture): Promise<Built> {
  const recipe = recipes[native];
  const directory = mkdtempSync(join(tmpdir(), 'relopack-launcher-'));
  try {
    const target = join(directory, native);
    const source = join(folder, recipe.source);
    const page = recipe.page ?? pageSizes[architecture];
    const linker = [`-Wl,-z,max-page-size=${page}`, `-Wl,-T,${source}.ld`];
    const options = [...warnings, ...flags, ...recipe.flags, ...linker];
    await output(`${architecture}-linux-gnu-gcc`, ...options, '-o', target, `${source}.c`);
    const [compiler = ''] = (await output(`${architecture}-linux-gnu-gcc`, '--version')).split('\n');
    const [version = ''] = (await output(`${architecture}-linux-gnu-ld`, '--version')).split('\n');
    return { compiler: `${compiler}, ${version}`, bytes: recipe.finish(readFileSync(target)) };
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** Removes all that follows the last segment of the file: the kernel and ld.so read only segments. */
function withoutSections(bytes: Buffer, lastSegment: number): Buffer {
  const header = segments.firstAt + lastSegment * segments.size;
  const field = (at: number) => Number(bytes.readBigUInt64LE(header + at));
  const program = Buffer.from(bytes.subarray(0, field(segments.offsetAt) + field(segments.fileSizeAt)));
  program.writeBigUInt64LE(0n, sectionHeaders.offsetAt);
  program.writeUInt16LE(0, sectionHeaders.countAt);
  program.writeUInt16LE(0, sectionHeaders.indexAt);
  return program;
}

/**
 * Marks the launcher as a program without a fixed address, so that it never uses an address of the interpreter.
 * launcher.ld makes sure that it needs none.
 */
function asMovable(program: Buffer): Buffer {
  program.writeUInt16LE(fileType.dynamic, fileType.offset);
  return program;
}

async function output(file: string, ...args: string[]): Promise<string> {
  const env = { PATH: process.env.PATH ?? '', LC_ALL: 'C' };
  return (await must(file, args, { env })).stdout.toString();
}

if (import.meta.main) {
  const compilers: Partial<Record<Architecture, string>> = {};
  for (const architecture of architectures) {
    for (const native of ['launcher', 'redirect'] as const) {
      const { compiler, bytes } = await buildNative(native, architecture);
      writeFileSync(nativeFile(native, architecture), bytes, { mode: 0o644 });
      compilers[architecture] = compiler;
    }
  }
  writeFileSync(compilersFile, `${JSON.stringify(compilers, undefined, 2)}\n`);
}
