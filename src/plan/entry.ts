import type { WrapperMoves } from '../launcher/wrapper.ts';
import type { PthMoves } from '../python/pth.ts';
import type { Digest } from '../rpm/digest.ts';
import type { Reason } from './reason.ts';

/** The change of a file when it is packed. */
export type Relocation =
  | { kind: 'none' }
  /** RUNPATH is set. In libcrypto the module directories become relative, and libc no longer reads the machine's locales. */
  | { kind: 'elf'; runpath: string; strings: 'libcrypto' | 'libc' | undefined }
  /** ld.so no longer searches the machine that it runs on. */
  | { kind: 'loader' }
  /** A .pyc becomes independent of mtimes. `source` is the host path of its source, and `script` the change of that. */
  | { kind: 'bytecode'; source: string; script?: Relocation }
  /** The HMAC of a library is computed again for the relocated library. */
  | { kind: 'hmac'; library: string; relocation: Relocation }
  /** encodings/__init__.py calls the start-up code. */
  | { kind: 'startup' }
  /** site.py ignores the user's own modules. */
  | { kind: 'site' }
  /** The absolute paths in a .pth file become relative to it, or are left out. */
  | { kind: 'pth'; moves: PthMoves }
  /** A Python script runs with the python3 of its tree. `path` is its archive path; absent if the two are both in bin. */
  | { kind: 'script'; path?: string }
  /** A script for sh starts the programs of its tree. `path` is its archive path, `moves` are the paths in it. */
  | { kind: 'wrapper'; path: string; moves: WrapperMoves }
  /** python3-config finds the script for the architecture beside it. */
  | { kind: 'config-script' };

/** The source of a file's bytes. They are read only when the file is written. */
export type Source =
  | {
      kind: 'host';
      /** Canonical path inside the root. It is not a link. */
      host: string;
      /** The digest in the RPM database; undefined if it has none for this file. */
      digest: Digest | undefined;
      relocation: Relocation;
    }
  | { kind: 'made'; bytes: Buffer };

/** One entry of the archive. Only empty directories have entries: the others follow from the paths. */
export type Entry = {
  /** Relative to the archive's top folder. */
  path: string;
  /** Permission bits, without setuid, setgid and sticky. */
  mode: number;
  /** Seconds since 1970. */
  mtime: number;
  reason: Reason;
  /** The NEVRA of the package that owns it. */
  package: string | undefined;
} & (
  | { type: 'file'; source: Source; size: number }
  /** `target` is relative to the link's directory. */
  | { type: 'symlink'; target: string }
  /** `target` is the path of an earlier entry. */
  | { type: 'hardlink'; target: string }
  | { type: 'directory' }
);

/** The entry of a file that relopack makes. */
export function madeFile(path: string, mode: number, mtime: number, bytes: Buffer): Entry {
  const source = { kind: 'made', bytes } as const;
  const reason = { kind: 'added' } as const;
  return { path, mode, mtime, reason, package: undefined, type: 'file', source, size: bytes.length };
}

/** Compares entries in the order of the archive: by UTF-16 code units, whatever the locale is. */
export function byPath(a: { path: string }, b: { path: string }): number {
  return a.path < b.path ? -1 : Number(a.path > b.path);
}
