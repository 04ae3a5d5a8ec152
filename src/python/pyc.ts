/** The header: magic number, flags, and then mtime and size of the source or, if the flags say so, its hash (PEP 552). */
export const bytecodeHeaderSize = 16;

const magicAt = 0;
const flagsAt = 4;
const mtimeAt = 8;
const sizeAt = 12;

/** Python 3.7 added the flags, from this magic number on. Before, mtime and size follow the magic number. */
const firstWithFlags = 3392;
const uncheckedHash = 0b01;

/** Whether a .pyc has flags and is checked by mtime and size, so that `uncheck` can change it. */
export function isTimestamped(header: Buffer): boolean {
  return hasFlags(header) && header.readUInt32LE(flagsAt) === 0;
}

/**
 * Whether Python would load this .pyc for a source of that mtime and size. Only a fresh .pyc may be made unchecked, or
 * Python would run stale code. A .pyc with a hash counts as fresh, as Python compares the hash itself.
 */
export function isFresh(header: Buffer, source: { mtimeMs: number; size: number }): boolean {
  if (header.length < bytecodeHeaderSize) return false;
  if (hasFlags(header) && !isTimestamped(header)) return true;
  const at = hasFlags(header) ? mtimeAt : flagsAt;
  const mtime = Math.floor(source.mtimeMs / 1000) >>> 0;
  return (
    header.readUInt32LE(at) === mtime && header.readUInt32LE(at + sizeAt - mtimeAt) === source.size >>> 0
  );
}

/**
 * Makes a timestamped .pyc unchecked: Python then loads it whatever mtime its source has, so unpacking with other mtimes
 * cannot make it stale. Python does not read the hash of an unchecked .pyc, so the old bytes stay there.
 */
export function uncheck(bytecode: Buffer): Buffer {
  const bytes = Buffer.from(bytecode);
  bytes.writeUInt32LE(uncheckedHash, flagsAt);
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
