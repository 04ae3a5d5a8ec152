import { isUtf8 } from 'node:buffer';

/**
 * The name of a file as a string. File names are bytes, and rpm keeps whatever a package was built with.
 *
 * UTF-8 is decoded. A byte that is not part of any stands as a lone surrogate, U+DC80 to U+DCFF, as in Python's
 * surrogateescape: two names never become one, and such a name can be told by isWellFormed(). No string that
 * holds one can name a file to Node, so Root answers for it as for a file that is not there.
 */
export function fileName(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString('utf8');
  let name = '';
  let at = 0;
  while (at < bytes.length) {
    const start = at;
    const length = [1, 2, 3, 4].find((n) => isUtf8(bytes.subarray(start, start + n)));
    name +=
      length === undefined
        ? String.fromCharCode(0xdc00 + bytes.readUInt8(at))
        : bytes.toString('utf8', at, at + length);
    at += length ?? 1;
  }
  return name;
}
