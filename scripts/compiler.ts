/** Debian's gcc for each architecture that relopack has compiled programs for. */
import { must } from '../__tests__/support/run.ts';

/** The architectures that there is a static launcher for. */
export const architectures = ['aarch64', 'x86_64'] as const;
export type Architecture = (typeof architectures)[number];

/** A program, and the compiler and linker that it comes from, in their own words. */
export interface Built {
  compiler: string;
  bytes: Buffer;
}

/** Everything that gcc can say about a source, as an error. */
const warnings = ['-Wall', '-Wextra', '-Wpedantic', '-Wshadow', '-fanalyzer', '-Werror'];

/** Options that make a program depend on nothing but its source and the compiler. */
const flags = [
  ...['-std=gnu11', '-Os', '-ffreestanding', '-fno-builtin'],
  ...['-fno-tree-loop-distribute-patterns', '-fno-stack-protector', '-fno-stack-clash-protection'],
  ...['-fno-asynchronous-unwind-tables', '-mgeneral-regs-only'],
  ...['-fPIE', '-fno-jump-tables', '-fvisibility=hidden', '-no-pie', '-static', '-nostdlib'],
  '-Wl,--build-id=none',
];

/** Compiles and links a program of one source. Throws if Debian's gcc for this architecture is missing. */
export async function compile(
  architecture: Architecture,
  source: string,
  program: string,
  options: readonly string[],
): Promise<void> {
  await output(`${architecture}-linux-gnu-gcc`, ...warnings, ...flags, ...options, '-o', program, source);
}

/** The compiler and the linker for an architecture, in their own words. */
export async function compilerOf(architecture: Architecture): Promise<string> {
  const [compiler = ''] = (await output(`${architecture}-linux-gnu-gcc`, '--version')).split('\n');
  const [linker = ''] = (await output(`${architecture}-linux-gnu-ld`, '--version')).split('\n');
  return `${compiler}, ${linker}`;
}

/** Runs a tool, and returns its output in English. */
export async function output(file: string, ...args: string[]): Promise<string> {
  const env = { PATH: process.env.PATH ?? '', LC_ALL: 'C' };
  return (await must(file, args, { env })).stdout.toString();
}
