import { isUtf8 } from 'node:buffer';

/**
 * Decodes the name of a file. File names are bytes, and rpm keeps the bytes that a package was built with.
 *
 * UTF-8 is decoded. Any other byte becomes a lone surrogate, U+DC80 to U+DCFF, as in Python's surrogateescape. So two
 * names never become equal, and isWellFormed() detects such a name. Node cannot open a file by a name with a lone
 * surrogate, so Root treats the file as absent.
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
