/**
 * Whether a directory belongs to glibc-hwcaps: its libraries run on some CPUs only (glibc elf/dl-hwcaps.c). No library
 * search enters it, as the result would depend on the CPU of the host that packs. The rule has its own file, because
 * ld-so-conf.ts and search.ts both follow it.
 */
export function isHwcaps(directory: string): boolean {
  return `${directory}/`.includes('/glibc-hwcaps/');
}
