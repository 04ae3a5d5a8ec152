import { readFileSync } from 'node:fs';
import type { ElfIdentity } from '../elf/identity.ts';

/**
 * The libraries that redirect/redirect.c compiles to, by e_machine. `node scripts/native.ts` builds them, and a test compares
 * them with their source. The build copies their folder beside the bundled command.
 */
const libraries: ReadonlyMap<number, string> = new Map([
  [62, 'redirect-x86_64.so'],
  [183, 'redirect-aarch64.so'],
]);

/** A path of the machine, and where the packed Python reads it: the first place that has something. */
export interface RedirectedPath {
  /** A file, or a directory as a whole. Absolute, without `.`, `..`, doubled slashes, and a slash at the end. */
  path: string;
  /** Archive paths, absolute paths of the machine, and `.` for `path` itself. */
  places: readonly string[];
}

/** The bytes of the empty table at the end of a compiled library: its fields `count` and `own`. */
const emptyTable = 8;
/** The offsets of p_filesz and p_memsz of the second program header, whose segment ends with the table. */
const segmentSizesAt = [152, 160];

/** Whether there is a redirect for a machine. */
export function hasRedirect({ machine, class: elfClass }: ElfIdentity): boolean {
  return libraries.has(machine) && elfClass === 64;
}

/**
 * The library that redirects reading, with its table. `own` is its archive path, by which it finds the tree. Undefined if
 * there is none for this machine.
 */
export function redirectLibrary(
  { machine, class: elfClass }: ElfIdentity,
  own: string,
  paths: readonly RedirectedPath[],
): Buffer | undefined {
  const library = libraries.get(machine);
  if (library === undefined || elfClass !== 64) return undefined;
  const compiled = readFileSync(new URL(`bin/${library}`, import.meta.url));
  const table = redirectTable(own, paths);
  const bytes = Buffer.concat([compiled.subarray(0, compiled.length - emptyTable), table]);
  const growth = BigInt(bytes.length - compiled.length);
  for (const at of segmentSizesAt) bytes.writeBigUInt64LE(bytes.readBigUInt64LE(at) + growth, at);
  return bytes;
}

/** The table of redirect/table.h: numbers of 32 bits, and then strings that each end with NUL. */
function redirectTable(own: string, paths: readonly RedirectedPath[]): Buffer {
  const rows = paths
    .map(({ path, places }) => Buffer.from(`${[path, ...places].join('\0')}\0\0`))
    .sort(Buffer.compare);
  const strings = [Buffer.from(`${own}\0`), ...rows];
  const head = Buffer.alloc(emptyTable + 4 * rows.length);
  head.writeUInt32LE(rows.length, 0);
  let at = head.length;
  for (const [index, string] of strings.entries()) {
    head.writeUInt32LE(at, 4 + 4 * index);
    at += string.length;
  }
  return Buffer.concat([head, ...strings]);
}
