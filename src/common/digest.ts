import { createHash } from 'node:crypto';

/** A digest as a package has it: the hash by its name in node:crypto, and its result. */
export interface Digest {
  algorithm: string;
  hex: string;
}

/** Whether that is the digest of these bytes. */
export function hasDigest(bytes: Buffer, { algorithm, hex }: Digest): boolean {
  return createHash(algorithm).update(bytes).digest('hex') === hex;
}
