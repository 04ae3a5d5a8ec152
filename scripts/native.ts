/** Builds all that relopack compiles from C, for every architecture: `node scripts/native.ts`. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { must } from '../__tests__/support/run.ts';

const sources = join(import.meta.dirname, '../src');

/** The architectures that there are compiled files for. */
export const architectures = ['aarch64', 'x86_64'] as const;
export type Architecture = (typeof architectures)[number];

/** The compilers that the committed files come from: by architecture, in their own words. */
const compilersFile = join(import.meta.dirname, 'compilers.json');

/** Everything that gcc can say about the source, as an error. */
const warnings = ['-Wall', '-Wextra', '-Wpedantic', '-Wshadow', '-fanalyzer', '-Werror'];

/** Options that make a file depend on nothing but the source and the compiler. */
const common = [
  ...['-std=gnu11', '-Os', '-ffreestanding', '-fno-builtin'],
  ...['-fno-tree-loop-distribute-patterns', '-fno-stack-protector', '-fno-stack-clash-protection'],
  ...['-fno-asynchronous-unwind-tables', '-mgeneral-regs-only'],
  ...['-fvisibility=hidden', '-nostdlib', '-Wl,--build-id=none'],
  // The largest page of a kernel, which aarch64 has.
  '-Wl,-z,max-page-size=65536',
];

/** A program without a fixed place, in which nothing calls by a pointer. */
const position = ['-fPIE', '-fno-jump-tables', '-no-pie', '-static'];

/** A file that is compiled from C. */
interface Recipe {
  /** The folder of `bin`, which contains the result. */
  folder: string;
  /** Its source and its linker script there, without their endings. */
  source: string;
  flags: readonly string[];
  /** More flags for one architecture. */
  architectureFlags?: Readonly<Record<Architecture, readonly string[]>>;
  /** The ending of its name. */
  extension?: string;
  /** Keeps the parts that are wanted of what the linker made. */
  finish: (bytes: Buffer) => Buffer;
}

export const natives = ['launcher', 'redirect', 'getenv'] as const;
export type Native = (typeof natives)[number];
const recipes: Readonly<Record<Native, Recipe>> = {
  launcher: {
    folder: 'launcher',
    source: 'program/launcher',
    flags: [...position, '-fcf-protection=none'],
    finish: (bytes) => asMovable(withoutSections(bytes, 0)),
  },
  redirect: {
    folder: 'launcher',
    source: 'redirect/redirect',
    flags: [
      '-fcf-protection=none',
      ...['-fPIC', '-shared', '-Wl,-soname,librelopack.so', '-Wl,--hash-style=gnu', '-Wl,-z,now'],
      // A jump at the end of a function keeps its caller: see redirect/reader.h.
      '-foptimize-sibling-calls',
    ],
    // ld.so loads a library faster if it has no larger pages than the kernel.
    architectureFlags: { aarch64: [], x86_64: ['-Wl,-z,max-page-size=4096'] },
    extension: '.so',
    finish: (bytes) => withoutSections(bytes, 1),
  },
  getenv: {
    folder: 'elf/isolate',
    source: 'program/getenv',
    flags: position,
    // It may be called by a pointer, so its first instruction says so.
    architectureFlags: { aarch64: ['-mbranch-protection=bti'], x86_64: ['-fcf-protection=branch'] },
    finish: (bytes) => bytes.subarray(...extent(bytes, 0)),
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
  const { folder, extension = '' } = recipes[native];
  return join(sources, folder, `bin/${native}-${architecture}${extension}`);
}

/** Reads a committed file, and the compiler that it comes from. */
export function readNative(native: Native, architecture: Architecture): Built {
  const compilers: Record<Architecture, string> = JSON.parse(readFileSync(compilersFile, 'utf8'));
  return { compiler: compilers[architecture], bytes: readFileSync(nativeFile(native, architecture)) };
}

/** Compiles a file. Throws if Debian's gcc for this architecture is missing. */
export async function buildNative(native: Native, architecture: Architecture): Promise<Built> {
  const { folder, source, flags, architectureFlags, finish } = recipes[native];
  const directory = mkdtempSync(join(tmpdir(), 'relopack-native-'));
  try {
    const target = join(directory, native);
    const stem = join(sources, folder, source);
    const options = [
      ...warnings,
      ...common,
      ...flags,
      ...(architectureFlags?.[architecture] ?? []),
      `-Wl,-T,${stem}.ld`,
    ];
    await output(`${architecture}-linux-gnu-gcc`, ...options, '-o', target, `${stem}.c`);
    const [compiler = ''] = (await output(`${architecture}-linux-gnu-gcc`, '--version')).split('\n');
    const [version = ''] = (await output(`${architecture}-linux-gnu-ld`, '--version')).split('\n');
    return { compiler: `${compiler}, ${version}`, bytes: finish(readFileSync(target)) };
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** The beginning and the end of a segment in the file. */
function extent(bytes: Buffer, segment: number): [start: number, end: number] {
  const header = segments.firstAt + segment * segments.size;
  const start = Number(bytes.readBigUInt64LE(header + segments.offsetAt));
  return [start, start + Number(bytes.readBigUInt64LE(header + segments.fileSizeAt))];
}

/** Removes all that follows the last segment of the file: the kernel and ld.so read only segments. */
function withoutSections(bytes: Buffer, lastSegment: number): Buffer {
  const [, end] = extent(bytes, lastSegment);
  const program = Buffer.from(bytes.subarray(0, end));
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
    for (const native of natives) {
      const { compiler, bytes } = await buildNative(native, architecture);
      writeFileSync(nativeFile(native, architecture), bytes, { mode: 0o644 });
      compilers[architecture] = compiler;
    }
  }
  writeFileSync(compilersFile, `${JSON.stringify(compilers, undefined, 2)}\n`);
}
