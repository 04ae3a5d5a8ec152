import { createHmac } from 'node:crypto';

/** What fipscheck and the libraries that check themselves in its way have compiled in (fipscheck's filehmac.c). */
const key = 'orboDeJITITejsirpADONivirpUkvarP';

/** HMAC-SHA256 in hexadecimal, on a line of its own. */
const form = /^[0-9a-f]{64}(\n?)$/;

/**
 * The content of a `.NAME.hmac` file, made anew for its library: in FIPS mode OpenSSL 1.1 and others compare it with
 * the library that they are, and refuse to work where it differs. One of another form is left as it is.
 */
export function hmac(original: Buffer, library: Buffer): Buffer {
  const found = form.exec(original.toString('latin1'));
  if (found === null) return original;
  return Buffer.from(createHmac('sha256', key).update(library).digest('hex') + found[1]);
}
