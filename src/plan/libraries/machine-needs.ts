import type { Root } from '../../host/root.ts';
import type { NativeFile } from './native-file.ts';

/** What the machine that the archive is unpacked on has to have, and the C library that it brings along. */
export interface Requirements {
  /** The least Linux kernel, such as `3.2.0`: ld.so refuses to start on an older one ("kernel too old"). */
  kernel: string | undefined;
  /** The x86-64 level, such as 2 for x86-64-v2: ld.so refuses to start below it ("CPU ISA level is lower than required"). */
  isaLevel: number | undefined;
  /** The version of the bundled glibc, such as `2.34`: what wheels installed later may need (PEP 600). */
  glibc: string | undefined;
}

/** What glibc's csu/version.c has in libc.so.6, and prints when that is run as a program. */
const banner = /GNU C Library [^\n]*? version (\d+\.\d+)/;

/** The most that any of the packed ELF files asks for, read from the files themselves. */
export function requirements(root: Root, natives: ReadonlyMap<string, NativeFile>): Requirements {
  const files = [...natives.values()];
  const libc = files.find(({ image }) => image.soname === 'libc.so.6');
  return {
    kernel: files
      .flatMap(({ image }) => image.abiTagKernel ?? [])
      .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
      .at(-1),
    isaLevel: files
      .flatMap(({ image }) => image.isaLevel ?? [])
      .sort((a, b) => a - b)
      .at(-1),
    glibc:
      libc === undefined ? undefined : banner.exec(root.read(libc.selected.host).toString('latin1'))?.[1],
  };
}
