/** Builds src/elf/isolate/program/getenv.c for every architecture into src/elf/isolate/bin: `node scripts/getenv.ts`. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Architecture, architectures, type Built, compile, compilerOf, output } from './compiler.ts';

const folder = join(import.meta.dirname, '../src/elf/isolate');

/** The compilers that the committed functions come from: by architecture, in their own words. */
const compilersFile = join(folder, 'bin/compilers.json');

/** Options for the function alone. It may be called by a pointer, so its first instruction says so. */
const options: Readonly<Record<Architecture, readonly string[]>> = {
  aarch64: ['-mbranch-protection=bti'],
  x86_64: ['-fcf-protection=branch'],
};

/** Reads a committed function, and the compiler that it comes from. */
export function readGetenv(architecture: Architecture): Built {
  const compilers: Record<Architecture, string> = JSON.parse(readFileSync(compilersFile, 'utf8'));
  return { compiler: compilers[architecture], bytes: readFileSync(functionFile(architecture)) };
}

/** Compiles the function, and keeps its code alone. Throws if Debian's gcc for this architecture is missing. */
export async function buildGetenv(architecture: Architecture): Promise<Built> {
  const directory = mkdtempSync(join(tmpdir(), 'relopack-getenv-'));
  try {
    const [program, code] = [join(directory, 'program'), join(directory, 'code')];
    const source = join(folder, 'program/getenv.c');
    await compile(architecture, source, program, [...options[architecture], '-Wl,-Ttext=0,-e,0']);
    await output(`${architecture}-linux-gnu-objcopy`, '-O', 'binary', '-j', '.text', program, code);
    return { compiler: await compilerOf(architecture), bytes: readFileSync(code) };
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function functionFile(architecture: Architecture): string {
  return join(folder, `bin/getenv-${architecture}`);
}

if (import.meta.main) {
  const compilers: Partial<Record<Architecture, string>> = {};
  for (const architecture of architectures) {
    const { compiler, bytes } = await buildGetenv(architecture);
    writeFileSync(functionFile(architecture), bytes, { mode: 0o644 });
    compilers[architecture] = compiler;
  }
  writeFileSync(compilersFile, `${JSON.stringify(compilers, undefined, 2)}\n`);
}
