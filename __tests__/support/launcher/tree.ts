import assert from 'node:assert/strict';
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ElfIdentity } from '../../../src/elf/identity.ts';
import { launcher } from '../../../src/launcher/launcher.ts';
import type { LauncherPaths } from '../../../src/launcher/paths.ts';
import { output } from '../elf/tools.ts';

/** The paths in an archive of Python 3.11. */
export const paths: LauncherPaths = {
  loader: 'libexec/loader/python3.11',
  interpreter: 'libexec/python3.11',
  libraries: ['lib64', 'lib64/mysql'],
  locales: undefined,
  argv0: true,
};

/** Machines with a static launcher, and s390x, whose launcher is in sh. */
export const identities = {
  x86_64: { class: 64, littleEndian: true, machine: 62 },
  aarch64: { class: 64, littleEndian: true, machine: 183 },
  s390x: { class: 64, littleEndian: false, machine: 22 },
} as const satisfies Record<string, ElfIdentity>;

/** Compiles one of the programs beside this file, for this machine. */
export async function compileProgram(directory: string, name: 'report' | 'start'): Promise<string> {
  const path = join(directory, name);
  await output('gcc', '-static', '-o', path, join(import.meta.dirname, `${name}.c`));
  return path;
}

/** Makes a tree with a launcher. Its ld.so is a program that reports its arguments and variables. */
export function makeTree(
  top: string,
  identity: ElfIdentity,
  report: string,
  own: LauncherPaths = paths,
): string {
  const bytes = launcher(identity, own);
  for (const folder of ['bin', 'lib64', dirname(own.loader)])
    mkdirSync(join(top, folder), { recursive: true });
  for (const name of ['python3', 'python3.11']) writeFileSync(join(top, 'bin', name), bytes, { mode: 0o755 });
  cpSync(report, join(top, 'libexec/ld.so'));
  symlinkSync('../ld.so', join(top, own.loader));
  writeFileSync(join(top, own.interpreter), '');
  return top;
}

/** What ld.so was started with. */
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
