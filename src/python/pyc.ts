import { sourceHash } from './source-hash.ts';

/** The header: magic number, flags, and then mtime and size of the source or, if the flags say so, its hash (PEP 552). */
export const bytecodeHeaderSize = 16;

const magicAt = 0;
const flagsAt = 4;
const mtimeAt = 8;
const sizeAt = 12;
const hashAt = 8;

/** Python 3.7 added the flags, from this magic number on. Before, mtime and size follow the magic number. */
const firstWithFlags = 3392;

/** The flags: how Python finds out whether a .pyc is for the present source. It ignores a .pyc with other flags. */
const byTimestamp = 0b00;
const uncheckedHash = 0b01;
const checkedHash = 0b11;

/** Whether Python compares the mtime and size of the source or nothing, so that `checkByHash` changes the .pyc. */
export function lacksHashCheck(header: Buffer): boolean {
  return hasFlags(header) && [byTimestamp, uncheckedHash].includes(header.readUInt32LE(flagsAt));
}

/**
 * Whether Python would load this .pyc for a source of that mtime and size. Only a fresh .pyc may get a hash of that
 * source, or Python would run stale code. A .pyc with a hash counts as fresh, as Python compares the hash itself.
 */
export function isFresh(header: Buffer, source: { mtimeMs: number; size: number }): boolean {
  if (header.length < bytecodeHeaderSize) return false;
  if (hasFlags(header) && header.readUInt32LE(flagsAt) !== byTimestamp) return true;
  const at = hasFlags(header) ? mtimeAt : flagsAt;
  const mtime = Math.floor(source.mtimeMs / 1000) >>> 0;
  return (
    header.readUInt32LE(at) === mtime && header.readUInt32LE(at + sizeAt - mtimeAt) === source.size >>> 0
  );
}

/**
 * Makes Python compare the hash of the source (PEP 552). Then a .pyc is valid whatever mtime its source has after
 * unpacking, and an edited source takes effect at the next start. A .pyc that is unchecked has its hash already.
 *
 * Python reads and hashes each source at each start. `bench/start.ts` measured 0.93 × the host's own start for an empty
 * program, 1.00 × for json and ssl, 0.92 × for requests and yaml; without the check 0.94, 0.96 and 0.88. So an edit that
 * has no effect would be a worse price.
 *
 * `source` is the packed one. If its first lines were changed, the .pyc is of `original`: then a hash of that is replaced,
 * and a Python before 3.7 compares the new size.
 */
export function checkByHash(bytecode: Buffer, source: Buffer, original: Buffer = source): Buffer {
  const bytes = Buffer.from(bytecode);
  if (!hasFlags(bytes)) {
    bytes.writeUInt32LE(source.length >>> 0, flagsAt + sizeAt - mtimeAt);
    return bytes;
  }
  const isByTime = bytes.readUInt32LE(flagsAt) === byTimestamp;
  const present = bytes.subarray(hashAt, bytecodeHeaderSize);
  const isOfOriginal = () => source !== original && present.equals(sourceHash(bytes, original));
  if (isByTime || isOfOriginal()) sourceHash(bytes, source).copy(bytes, hashAt);
  bytes.writeUInt32LE(checkedHash, flagsAt);
  return bytes;
}

function hasFlags(header: Buffer): boolean {
  return header.length >= bytecodeHeaderSize && header.readUInt16LE(magicAt) >= firstWithFlags;
}

const cached = /^(.*)\/__pycache__\/([^/]+?)\.[^/.]+(?:\.opt-[12])?\.pyc$/;

/** The path of the source of a .pyc in __pycache__. Undefined for any other file, such as a .pyc that replaces its source. */
export function sourceOf(path: string): string | undefined {
  const [, directory, module] = cached.exec(path) ?? [];
  return directory === undefined ? undefined : `${directory}/${module}.py`;
}
