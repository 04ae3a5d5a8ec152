import assert from 'node:assert/strict';
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { ElfIdentity } from '../../../src/elf/identity.ts';
import { launcher } from '../../../src/launcher/launcher.ts';
import type { LauncherPaths } from '../../../src/launcher/paths.ts';
import { output } from '../elf/tools.ts';

/** The paths in an archive of Python 3.11. */
export const paths: LauncherPaths = {
  loader: 'libexec/loader/python3.11',
  program: 'libexec/python3.11',
  libraries: ['lib64', 'lib64/mysql'],
  locales: undefined,
  zones: undefined,
  argv0: true,
};

/** Machines with a static launcher, and s390x, whose launcher is in sh. */
export const identities = {
  x86_64: { class: 64, littleEndian: true, machine: 62 },
  aarch64: { class: 64, littleEndian: true, machine: 183 },
  s390x: { class: 64, littleEndian: false, machine: 22 },
} as const satisfies Record<string, ElfIdentity>;

/** What is in a tree beside the launcher: paths of files on this machine. */
export interface Programs {
  loader: string;
  /** An empty file if absent. No launcher can map it, so each executes the loader. */
  interpreter?: string;
  libraries?: readonly string[];
}

/** Compiles one of the programs beside this file, for this machine. It is static. */
export async function compileProgram(directory: string, name: 'report' | 'start'): Promise<string> {
  const path = join(directory, name);
  await output('gcc', '-static', '-o', path, join(import.meta.dirname, `${name}.c`));
  return path;
}

/**
 * Compiles a program beside this file as the interpreter of a tree, with the ld.so and the libc of Debian's compiler.
 * `options` are of the linker.
 */
export async function compileInterpreter(
  directory: string,
  architecture: 'aarch64' | 'x86_64',
  options: readonly string[],
  name: 'report' | 'variables' = 'report',
): Promise<Required<Programs>> {
  const compiler = `${architecture}-linux-gnu-gcc`;
  const interpreter = join(directory, `${name}-${architecture}${options.join('')}`.replaceAll('/', ' '));
  const source = join(import.meta.dirname, `${name}.c`);
  await output(compiler, '-o', interpreter, source, '-Wl,-rpath,$ORIGIN/../lib64', ...options);
  const library = async (name: string) => (await output(compiler, `-print-file-name=${name}`)).trim();
  const loader = { aarch64: 'ld-linux-aarch64.so.1', x86_64: 'ld-linux-x86-64.so.2' }[architecture];
  return { loader: await library(loader), interpreter, libraries: [await library('libc.so.6')] };
}

/** Makes a tree with a launcher. `programs` report their arguments and variables. */
export function makeTree(
  top: string,
  identity: ElfIdentity,
  programs: Programs,
  own: LauncherPaths = paths,
): string {
  const bytes = launcher(identity, own);
  for (const folder of ['bin', 'lib64', dirname(own.loader)])
    mkdirSync(join(top, folder), { recursive: true });
  for (const name of ['python3', 'python3.11']) writeFileSync(join(top, 'bin', name), bytes, { mode: 0o755 });
  cpSync(programs.loader, join(top, 'libexec/ld.so'), { dereference: true });
  if (own.loader !== 'libexec/ld.so') symlinkSync('../ld.so', join(top, own.loader));
  if (programs.interpreter === undefined) writeFileSync(join(top, own.program), '');
  else cpSync(programs.interpreter, join(top, own.program));
  for (const library of programs.libraries ?? [])
    cpSync(library, join(top, 'lib64', basename(library)), { dereference: true });
  return top;
}

/** What a program was started with. */
export interface Started {
  argv: string[];
  env: string[];
}

/** Reads a report. A string has a character for each byte. */
export function readReport(stdout: Buffer): Started {
  const [count, ...strings] = stdout.toString('latin1').split('\0').slice(0, -1);
  assert.ok(Number(count) > 0, `no report: ${stdout}`);
  return { argv: strings.slice(0, Number(count)), env: strings.slice(Number(count)) };
}
