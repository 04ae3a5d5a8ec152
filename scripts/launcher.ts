/** Builds src/launcher/launcher.c for every architecture into src/launcher/programs.ts: `node scripts/launcher.ts`. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { run } from '../__tests__/support/run.ts';

const folder = join(import.meta.dirname, '../src/launcher');
const architectures = ['aarch64', 'x86_64'] as const;

/** What makes the program depend on nothing but the source and the compiler. */
const flags = [
  ...['-std=gnu11', '-Wall', '-Wextra', '-Werror', '-Os', '-ffreestanding', '-fno-builtin'],
  ...['-fno-tree-loop-distribute-patterns', '-fno-stack-protector', '-fno-stack-clash-protection'],
  ...['-fno-asynchronous-unwind-tables', '-fcf-protection=none', '-mgeneral-regs-only'],
  ...['-fno-pic', '-fno-pie', '-no-pie', '-static', '-nostdlib'],
  // The largest page of a kernel for aarch64; x86_64 is content with it.
  ...['-Wl,--build-id=none', '-Wl,-z,max-page-size=65536', `-Wl,-T,${join(folder, 'launcher.ld')}`],
];

/** The fields of an ELF64 file that say where its section headers are, and where its first segment ends. */
const sectionHeaders = { offsetAt: 40, countAt: 60, indexAt: 62 };
const segmentSizeAt = 96;

export type Architecture = (typeof architectures)[number];

/** A program and the compiler that it comes from, in the compiler's own words. */
export interface Built {
  compiler: string;
  bytes: Buffer;
}

/** Compiles the launcher, cut down to its one segment. Throws where the compiler (Debian's gcc for it) is missing. */
export async function buildLauncher(architecture: Architecture): Promise<Built> {
  const compiler = `${architecture}-linux-gnu-gcc`;
  const scratch = mkdtempSync(join(tmpdir(), 'relopack-launcher-'));
  try {
    const program = join(scratch, 'launcher');
    await must(compiler, [...flags, '-o', program, join(folder, 'launcher.c')]);
    const [version = ''] = (await must(compiler, ['--version'])).split('\n');
    const [linker = ''] = (await must(`${architecture}-linux-gnu-ld`, ['--version'])).split('\n');
    return { compiler: `${version}, ${linker}`, bytes: withoutSections(readFileSync(program)) };
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

/** Builds all of them. */
export async function buildLaunchers(): Promise<Map<Architecture, Built>> {
  const built = new Map<Architecture, Built>();
  for (const architecture of architectures) built.set(architecture, await buildLauncher(architecture));
  return built;
}

/** A loader looks at segments alone; what stands behind the one that there is can go. */
function withoutSections(bytes: Buffer): Buffer {
  const program = Buffer.from(bytes.subarray(0, Number(bytes.readBigUInt64LE(segmentSizeAt))));
  program.writeBigUInt64LE(0n, sectionHeaders.offsetAt);
  program.writeUInt16LE(0, sectionHeaders.countAt);
  program.writeUInt16LE(0, sectionHeaders.indexAt);
  return program;
}

async function must(file: string, args: string[]): Promise<string> {
  const env = { PATH: process.env.PATH ?? '', LC_ALL: 'C' };
  const { code, stdout, stderr } = await run(file, args, { env });
  if (code !== 0) throw new Error(`${file} ends with exit code ${code}: ${stderr}`);
  return stdout.toString();
}

function moduleText(built: ReadonlyMap<Architecture, Built>): string {
  const rows = [...built].map(
    ([architecture, { compiler, bytes }]) =>
      `  ${architecture}: {\n    compiler: '${compiler}',\n    base64:\n      '${bytes.toString('base64')}',\n  },\n`,
  );
  return `/** launcher.c, compiled. Written by \`node scripts/launcher.ts\`; a test compares it with what the source builds. */
export const programs = {
${rows.join('')}};
`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  writeFileSync(join(folder, 'programs.ts'), moduleText(await buildLaunchers()));
}
