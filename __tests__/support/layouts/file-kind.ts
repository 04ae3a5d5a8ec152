import type { ElfIdentity } from '../../../src/elf/identity.ts';

/** What file(1) calls the machines of RPM distributions, and their e_machine. */
const machines: [name: RegExp, machine: number][] = [
  [/x86-64/, 62],
  [/80386/, 3],
  [/aarch64/, 183],
  [/\bARM\b/, 40],
  [/S\/390/, 22],
  [/64-bit PowerPC/, 21],
  [/PowerPC/, 20],
  [/RISC-V/, 243],
  [/LoongArch/, 258],
];

/** The kind of machine of a program or a shared library, from its description by file(1). */
export function elfKind(description: string): ElfIdentity | undefined {
  const [, bits, order, rest = ''] =
    /^(?:setuid |setgid |sticky )*ELF (32|64)-bit ([LM])SB (?:pie )?((?:executable|shared object).*)/.exec(
      description,
    ) ?? [];
  const machine = machines.find(([name]) => name.test(rest))?.[1];
  if (bits === undefined || machine === undefined) return undefined;
  return { class: bits === '32' ? 32 : 64, littleEndian: order === 'L', machine };
}

/** Whether a file that file(1) of older distributions described is a program: that does not name the interpreter. */
export function runsPrograms(description: string, path: string): boolean {
  return /dynamically linked/.test(description) && /\/(?:s?bin|libexec)\/[^/]+$/.test(path);
}
