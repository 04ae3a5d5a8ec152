/** Builds src/launcher/program for every architecture into src/launcher/bin: `node scripts/launcher.ts`. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Architecture, architectures, type Built, compile, compilerOf } from './compiler.ts';

const folder = join(import.meta.dirname, '../src/launcher');

/** The compilers that the committed programs come from: by architecture, in their own words. */
const compilersFile = join(folder, 'bin/compilers.json');

/** Options for the launcher alone. */
const options = [
  '-fcf-protection=none',
  // The largest page of a kernel for aarch64. x86_64 has no need of it, and no harm from it.
  ...['-Wl,-z,max-page-size=65536', `-Wl,-T,${join(folder, 'program/launcher.ld')}`],
];

/** The field of an ELF64 header for the type, and the type of a file without fixed addresses. */
const fileType = { offset: 16, dynamic: 3 };
/** The fields of an ELF64 header that say where its section headers are. */
const sectionHeaders = { offsetAt: 40, countAt: 60, indexAt: 62 };
/** The offset of p_filesz of the first segment, which begins with the file. */
const segmentSizeAt = 96;

/** The path of a committed program. */
export function launcherFile(architecture: Architecture): string {
  return join(folder, `bin/launcher-${architecture}`);
}

/** Reads a committed program, and the compiler that it comes from. */
export function readLauncher(architecture: Architecture): Built {
  const compilers: Record<Architecture, string> = JSON.parse(readFileSync(compilersFile, 'utf8'));
  return { compiler: compilers[architecture], bytes: readFileSync(launcherFile(architecture)) };
}

/** Compiles the launcher, and keeps only its one segment. Throws if Debian's gcc for this architecture is missing. */
export async function buildLauncher(architecture: Architecture): Promise<Built> {
  const directory = mkdtempSync(join(tmpdir(), 'relopack-launcher-'));
  try {
    const program = join(directory, 'launcher');
    const source = join(folder, 'program/launcher.c');
    await compile(architecture, source, program, options);
    return { compiler: await compilerOf(architecture), bytes: withoutSections(readFileSync(program)) };
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/**
 * Removes all that follows the one segment: a kernel reads only segments. Marks the program as one without a fixed
 * address, so that it never uses an address of the interpreter. launcher.ld makes sure that it needs none.
 */
function withoutSections(bytes: Buffer): Buffer {
  const program = Buffer.from(bytes.subarray(0, Number(bytes.readBigUInt64LE(segmentSizeAt))));
  program.writeUInt16LE(fileType.dynamic, fileType.offset);
  program.writeBigUInt64LE(0n, sectionHeaders.offsetAt);
  program.writeUInt16LE(0, sectionHeaders.countAt);
  program.writeUInt16LE(0, sectionHeaders.indexAt);
  return program;
}

if (import.meta.main) {
  const compilers: Partial<Record<Architecture, string>> = {};
  for (const architecture of architectures) {
    const { compiler, bytes } = await buildLauncher(architecture);
    writeFileSync(launcherFile(architecture), bytes, { mode: 0o644 });
    compilers[architecture] = compiler;
  }
  writeFileSync(compilersFile, `${JSON.stringify(compilers, undefined, 2)}\n`);
}
