import { createHash } from 'node:crypto';

/** The digest of a file as its package has it. */
export interface Digest {
  /** The name of the hash in node:crypto. */
  algorithm: string;
  hex: string;
}

/** Whether these bytes have this digest. */
export function hasDigest(bytes: Buffer, { algorithm, hex }: Digest): boolean {
  return createHash(algorithm).update(bytes).digest('hex') === hex;
}
