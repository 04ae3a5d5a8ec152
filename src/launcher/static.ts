import type { ElfIdentity } from '../elf/identity.ts';
import type { LauncherPaths } from './paths.ts';
import { programs } from './programs.ts';

/** e_machine of the ELF files that there is a program for. */
const machines = new Map([
  [62, programs.x86_64],
  [183, programs.aarch64],
]);

/** p_filesz and p_memsz of the first program header, which stands behind the header of 64 bytes. */
const segmentSizesAt = [96, 104];

/**
 * The launcher of launcher.c for a machine: a static program of some 4 kB. Undefined where there is none.
 *
 * What it has to know stands at its end, where its one segment ends as well, which grows by that.
 */
export function staticLauncher(
  { machine, class: elfClass }: ElfIdentity,
  paths: LauncherPaths,
): Buffer | undefined {
  const program = machines.get(machine);
  if (program === undefined || elfClass !== 64) return undefined;
  const { loader, interpreter, libraries, locales = '', argv0 } = paths;
  const naming = argv0 ? '--argv0' : '';
  const settings = [loader, interpreter, libraries.join(':'), locales, naming].map((text) => `${text}\0`);
  const bytes = Buffer.concat([Buffer.from(program.base64, 'base64'), Buffer.from(settings.join(''))]);
  for (const at of segmentSizesAt) bytes.writeBigUInt64LE(BigInt(bytes.length), at);
  return bytes;
}
