import type { Root } from '../../host/root.ts';
import { compareVersions } from '../../rpm/compare-versions.ts';
import type { NativeFile } from '../native-file.ts';

/** The needs of the packed Python, and the version of the packed C library. */
export interface Requirements {
  /** The oldest supported Linux kernel, such as `3.2.0`. ld.so does not start on an older one ("kernel too old"). */
  kernel: string | undefined;
  /** The x86-64 level, such as 2 for x86-64-v2. Below it ld.so does not start ("CPU ISA level is lower than required"). */
  isaLevel: number | undefined;
  /** The version of the packed glibc, such as `2.34`, which decides the wheels that can be installed later (PEP 600). */
  glibc: string | undefined;
}

/** The text of glibc's csu/version.c in libc.so.6. libc prints it if it is run as a program. */
const banner = /GNU C Library [^\n]*? version (\d+\.\d+)/;

/** The highest needs of all packed ELF files, read from the files themselves. */
export function requirements(root: Root, natives: ReadonlyMap<string, NativeFile>): Requirements {
  const files = [...natives.values()];
  const libc = files.find(({ image }) => image.soname === 'libc.so.6');
  return {
    kernel: files
      .flatMap(({ image }) => image.abiTagKernel ?? [])
      .sort(compareVersions)
      .at(-1),
    isaLevel: files
      .flatMap(({ image }) => image.isaLevel ?? [])
      .sort((a, b) => a - b)
      .at(-1),
    glibc:
      libc === undefined ? undefined : banner.exec(root.read(libc.selected.host).toString('latin1'))?.[1],
  };
}
