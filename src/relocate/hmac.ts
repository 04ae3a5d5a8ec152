import { createHmac } from 'node:crypto';

/** The key in fipscheck (its filehmac.c), and in libraries that check themselves in the same way. */
const key = 'orboDeJITITejsirpADONivirpUkvarP';

/** HMAC-SHA256 in hexadecimal, on a line of its own. */
const form = /^[0-9a-f]{64}(\n?)$/;

/**
 * The content of a `.NAME.hmac` file, computed again for the relocated library. In FIPS mode, OpenSSL 1.1 and other
 * libraries compare this file with themselves, and refuse to work if it differs. A file of another form is left as it
 * is.
 */
export function hmac(original: Buffer, library: Buffer): Buffer {
  const found = form.exec(original.toString('latin1'));
  if (found === null) return original;
  return Buffer.from(createHmac('sha256', key).update(library).digest('hex') + found[1]);
}
