import type { Digest } from '../common/digest.ts';
import type { PthMoves } from '../python/pth.ts';
import type { Reason } from './reason.ts';

/** What changes in a file on its way in. */
export type Relocation =
  | { kind: 'none' }
  /** RUNPATH is set; libcrypto's module directories are made relative, libc cut off from the machine's locales. */
  | { kind: 'elf'; runpath: string; strings: 'libcrypto' | 'libc' | undefined }
  /** ld.so is closed against the host. */
  | { kind: 'loader' }
  /** A .pyc is made independent of mtimes. */
  | { kind: 'bytecode' }
  /** The HMAC of a library is taken again, of what becomes of the library. */
  | { kind: 'hmac'; library: string; relocation: Relocation }
  /** encodings/__init__.py calls the start-up code. */
  | { kind: 'startup' }
  /** The absolute paths of a .pth are made relative to it, or left out. */
  | { kind: 'pth'; moves: PthMoves }
  /** A Python script is made to start by the python3 beside it. */
  | { kind: 'script' };

/** Where the bytes of a file come from. They are read when its turn comes, and not before. */
export type Source =
  | {
      kind: 'host';
      /** Path inside the root, no link. */
      host: string;
      /** What the database says the file's digest is; undefined for a file that it has none for. */
      digest: Digest | undefined;
      relocation: Relocation;
    }
  | { kind: 'made'; bytes: Buffer };

/** One entry of the archive, decided once and for all. Directories follow from the paths. */
export type Entry = {
  /** Below the archive's top folder. */
  path: string;
  /** Permission bits, without setuid, setgid and sticky. */
  mode: number;
  /** Seconds since 1970. */
  mtime: number;
  reason: Reason;
  /** NEVRA of the package it is from. */
  package: string | undefined;
} & (
  | { type: 'file'; source: Source; size: number }
  /** `target` is relative to the link's directory. */
  | { type: 'symlink'; target: string }
  /** `target` is the path of an earlier entry. */
  | { type: 'hardlink'; target: string }
);

/** A file that relopack makes. */
export function madeFile(path: string, mode: number, mtime: number, bytes: Buffer): Entry {
  const source = { kind: 'made', bytes } as const;
  const reason = { kind: 'added' } as const;
  return { path, mode, mtime, reason, package: undefined, type: 'file', source, size: bytes.length };
}

/** The order of entries in an archive: that of UTF-16, whatever the locale. */
export function byPath(a: { path: string }, b: { path: string }): number {
  return a.path < b.path ? -1 : Number(a.path > b.path);
}
