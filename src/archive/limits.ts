import { statSync } from 'node:fs';

/** The limits for the contents of an archive. */
export interface Limits {
  /** Bytes after decompression. */
  maxSize: number;
  maxEntries: number;
  /** Bytes of its manifest. */
  maxManifestSize: number;
  /** Names that are looked up to follow its links and to find its libraries. */
  maxLookups: number;
}

const MiB = 1024 ** 2;

/**
 * The limits for an archive from elsewhere, by its size. They are several times what a real archive has: a packed Python
 * is three times as large when unpacked, with an entry for each 9 kB, and a manifest of 3 % of the archive's size.
 *
 * So an archive that costs little to send costs little to verify. `node bench/hostile/bombs.ts` measures it.
 */
export function limitsFor(archive: string): Limits {
  const size = statSync(archive, { throwIfNoEntry: false })?.size ?? 0;
  return {
    maxSize: 128 * MiB + 10 * size,
    maxEntries: 5000 + Math.floor(size / 1000),
    maxManifestSize: 4 * MiB + Math.floor(size / 2),
    maxLookups: 1_000_000 + Math.floor(size / 10),
  };
}

/** For an archive that this run packed: it contains what the host has. */
export const unlimited: Limits = {
  maxSize: Infinity,
  maxEntries: Infinity,
  maxManifestSize: Infinity,
  maxLookups: Infinity,
};
