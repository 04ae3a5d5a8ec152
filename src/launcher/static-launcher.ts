import { readFileSync } from 'node:fs';
import type { ElfIdentity } from '../elf/identity.ts';
import type { LauncherPaths } from './paths.ts';

/**
 * The programs that program/launcher.c compiles to, by e_machine of the ELF files that they start. `node scripts/native.ts`
 * builds them, and a test compares them with their source. The build copies their folder beside the bundled command.
 */
const programs: ReadonlyMap<number, string> = new Map([
  [62, 'launcher-x86_64'],
  [183, 'launcher-aarch64'],
]);

/** The offsets of p_filesz and p_memsz of the first program header, which follows the ELF header of 64 bytes. */
const segmentSizesAt = [96, 104];

/** Whether there is a static launcher for a machine. */
export function hasStaticLauncher({ machine, class: elfClass }: ElfIdentity): boolean {
  return programs.has(machine) && elfClass === 64;
}

/**
 * The static launcher for a machine: a program of about 9 kB. Undefined if there is none for this machine.
 *
 * Its settings are appended as nine strings: see program/settings.h. Its one segment grows by them.
 */
export function staticLauncher(
  { machine, class: elfClass }: ElfIdentity,
  paths: LauncherPaths,
): Buffer | undefined {
  const file = programs.get(machine);
  if (file === undefined || elfClass !== 64) return undefined;
  const { loader, program, libraries, locales = '', zones = '', argv0, redirect = '', own } = paths;
  const nameOption = argv0 ? '--argv0' : '';
  const strings = [
    ...[loader, program, libraries.join(':'), locales, zones, nameOption, redirect],
    ...[own?.place ?? '', own?.libraries.join(':') ?? ''],
  ];
  const compiled = readFileSync(new URL(`bin/${file}`, import.meta.url));
  const bytes = Buffer.concat([compiled, Buffer.from(strings.map((text) => `${text}\0`).join(''))]);
  for (const at of segmentSizesAt) bytes.writeBigUInt64LE(BigInt(bytes.length), at);
  return bytes;
}
